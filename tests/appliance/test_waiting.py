"""A part without work hands its process to a smaller program, and takes it back."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from appliance.waiting import stamp
from tests.kit.vigie import ROOT

PART = """
import sys
from pathlib import Path
from appliance.waiting import hand_over, stamp
file = Path(sys.argv[1])
if file.exists():
    print("at work", flush=True)
else:
    hand_over(file, stamp(file), "nothing to do")
"""


def part(folder: Path, **more: str) -> "subprocess.Popen[str]":
    program = folder / "part.py"
    program.write_text(PART, "utf-8")
    return subprocess.Popen(
        [sys.executable, program, folder / "settings.json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        stdout=subprocess.PIPE,
        text=True,
    )


def line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_it_says_that_there_is_nothing_to_do_until_there_is(tmp_path: Path) -> None:
    with part(tmp_path) as process:
        assert line_of(process) == "nothing to do"
        (tmp_path / "settings.json").write_text("{}", "utf-8")
        assert line_of(process) == "at work"
        assert process.wait(30) == 0


def test_it_loads_next_to_nothing(tmp_path: Path) -> None:
    """A third of what a part weighs that only waits; no package of others is in it."""
    with part(tmp_path) as process:
        assert line_of(process) == "nothing to do"
        maps = Path(f"/proc/{process.pid}/maps").read_text("utf-8")
        process.terminate()
        assert process.wait(30) == 0
    assert "site-packages" not in maps
    assert "libssl" not in maps


def test_it_ends_in_order_when_it_is_told_to(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with part(tmp_path) as process:
            assert line_of(process) == "nothing to do"
            process.send_signal(number)
            assert process.wait(30) == 0


def test_whoever_started_it_hears_that_it_is_there_and_alive(tmp_path: Path) -> None:
    address = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(address))
        listener.settimeout(30)
        with part(tmp_path, NOTIFY_SOCKET=str(address)) as process:
            heard = [listener.recv(64) for _ in range(3)]
            process.terminate()
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]


def test_a_file_that_is_written_whole_has_another_stamp(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert stamp(file) == ()
    file.write_bytes(b"1")
    first = stamp(file)
    beside = tmp_path / "file.new"
    beside.write_bytes(b"2")
    beside.replace(file)
    assert stamp(file) != first
