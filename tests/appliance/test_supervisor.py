"""Three parts, kept running: the whole box by one command, for a trial."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from select import select
from subprocess import Popen
from urllib.request import build_opener

import pytest

from appliance import supervisor
from appliance.config import Capture, Config, Practice, Web
from appliance.model import Level
from appliance.panel.client import PanelClient, PanelUnreachable
from appliance.panel.status import PanelStatus
from appliance.supervisor import CannotRun, supervise, why_deaf
from appliance.texts import say
from tests.kit.serving import free_port
from tests.kit.vigie import WITHOUT_RIGHTS, config_in, started
from tests.lab.awaiting import until

PARTS = ("panel", "probe", "sensor", "web")
STARTS_WITHIN = 60.0


@pytest.fixture
def config(tmp_path: Path) -> Config:
    listen = f"127.0.0.1:{free_port('127.0.0.1')}"
    return Config(
        state=tmp_path / "state",
        run=tmp_path / "run",
        practice=Practice(language="en"),
        web=Web(listen=listen),
    )


def file_of(config: Config) -> Path:
    return config_in(config.state.parent, web={"listen": config.web.listen})


@contextmanager
def running(config: Config, *words: str, within: tuple[str, ...] = ()) -> Iterator[Popen[str]]:
    with started("run", "--config", file_of(config), *words, within=within) as box:
        yield box


def parts(box: Popen[str]) -> dict[str, int]:
    """Give the process of each part that runs now."""
    found = {}
    for child in children(box.pid):
        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        found |= {part: child for part in PARTS if part.encode() in words}
    return found


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(child) for child in listed.split()]


def status(config: Config) -> PanelStatus | None:
    try:
        return PanelClient(config.state / "demo/run/panel.sock").status()
    except PanelUnreachable:
        return None


def light(config: Config) -> Level | None:
    now = status(config)
    return now.light if now else None


def lines(box: Popen[str], last: str) -> list[str]:
    """Give the lines that the box prints, up to the one that begins with *last*."""
    assert box.stdout is not None
    found = []
    while not (found and found[-1].startswith(last)):
        found.append(box.stdout.readline())
        assert found[-1], "it ended"
    return found


def all_ended(handles: list[int]) -> bool:
    """Wait for processes to end; tell whether all did (pidfd_open(2): readable then)."""
    return all(select([handle], [], [], 10)[0] for handle in handles)


def test_the_box_starts_is_mended_and_ends_without_a_trace(config: Config) -> None:
    """One story, for starting three programs takes its time: started, killed, killed, stopped."""
    with running(config, "--demo") as box:
        url = lines(box, "http")[-1].strip()
        assert url.startswith(f"http://{config.web.listen}/setup?code=")
        with build_opener().open(url, timeout=10) as page:
            assert page.status == 200
        until("the stranger is told", STARTS_WITHIN, lambda: light(config) is Level.LOOK)
        first = parts(box)
        assert set(first) == set(PARTS)

        for part in PARTS:
            os.kill(first[part], signal.SIGKILL)
        again = until("all run again", STARTS_WITHIN, lambda: _all_new(parts(box), first))
        assert lines(box, "http")[-1].startswith(f"http://{config.web.listen}/setup?code=")
        until("the box watches again", STARTS_WITHIN, lambda: light(config) is Level.LOOK)

        workers = [worker for part in again.values() for worker in children(part)]
        handles = [os.pidfd_open(pid) for pid in (*again.values(), *workers)]
        try:
            box.terminate()
            assert box.wait(30) == 0
            assert all_ended(handles)
        finally:
            for handle in handles:
                os.close(handle)
    assert status(config) is None
    socket.create_server(("127.0.0.1", int(config.web.listen.rpartition(":")[2]))).close()


def _all_new(now: dict[str, int], before: dict[str, int]) -> dict[str, int] | None:
    return now if len(now) == len(before) and not set(now.values()) & set(before.values()) else None


def test_an_ordinary_user_is_shown_the_recorded_day_and_told_so(config: Config) -> None:
    """In one sentence, before anything else; then the box runs as it always does."""
    with running(config, within=WITHOUT_RIGHTS) as box:
        printed = lines(box, "http")
        assert printed[0] == f"{say('en', 'run.no_right')}\n"
        until("the stranger is told", STARTS_WITHIN, lambda: light(config) is Level.LOOK)
        assert set(parts(box)) == set(PARTS)


def test_a_second_start_is_refused_in_a_sentence(config: Config) -> None:
    """And leaves the first alone, whose demonstration it would have emptied."""
    with supervisor._alone(config):
        (config.state / "demo").mkdir()
        with pytest.raises(CannotRun) as caught:
            supervise(config, None, demo=True)
        assert (config.state / "demo").exists()
    assert str(caught.value) == say("en", "run.running", folder=config.state)


def test_an_address_that_is_taken_is_told_in_a_sentence(config: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CannotRun) as caught:
            supervise(replace(config, web=Web(listen=listen)), None, demo=True)
    words = {"address": listen, "why": "Address already in use"}
    assert str(caught.value) == say("en", "run.taken", **words)
    assert not (config.state / "demo").exists()


@pytest.mark.parametrize("listen", ["203.0.113.9:8080", "[2001:db8::1]:8080"])
def test_an_address_of_some_other_machine_is_told_in_a_sentence(
    config: Config, listen: str
) -> None:
    """RFC 5737 and RFC 3849: nobody has these."""
    with pytest.raises(CannotRun, match=re.escape(f"address {listen} (")):
        supervise(replace(config, web=Web(listen=listen)), None, demo=True)


@pytest.mark.parametrize("spoiled", ["state", "state/demo"])
def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(
    config: Config, spoiled: str
) -> None:
    place = config.state.parent / spoiled
    place.parent.mkdir(exist_ok=True)
    place.write_text("a file where a folder should be")
    with pytest.raises(CannotRun) as caught:
        supervise(config, None, demo=True)
    assert str(caught.value) == say("en", "run.no_folder", folder=config.state, why="File exists")


def test_a_card_that_is_named_is_taken_at_its_word(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be plugged in later; without one there must be a default route."""

    class Anything:
        def close(self) -> None: ...

    monkeypatch.setattr("appliance.supervisor.socket.socket", lambda *_: Anything())
    monkeypatch.setattr("appliance.supervisor.default_card", lambda: "eth7")
    assert why_deaf(config) == ""
    monkeypatch.setattr("appliance.supervisor.default_card", _no_card)
    assert why_deaf(config) == "run.no_card"
    assert why_deaf(replace(config, capture=Capture(card="usb0"))) == ""


def _no_card() -> str:
    raise supervisor.CaptureError("none")


@pytest.mark.parametrize("demo", [True, False])
def test_nobody_is_told_of_what_is_only_played(
    demo: bool, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[dict[str, list[str]]] = []
    monkeypatch.setattr(supervisor, "_keep_running", kept.append)
    monkeypatch.setattr(supervisor, "why_deaf", lambda config: "")
    supervise(config, None, demo=demo)
    for part in ("outputs", "switch"):
        assert (part in kept[0]) is not demo


def test_a_part_that_does_not_stop_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE", 0.05)
    told = ["sh", "-c", "trap '' TERM; echo ready; while :; do read line; done"]
    with Popen(told, stdin=-1, stdout=-1) as deaf:
        assert deaf.stdout is not None
        assert deaf.stdout.readline() == b"ready\n"
        supervisor._end([deaf])
        assert deaf.returncode == -signal.SIGKILL
