"""What may be wrong around the panel while somebody orders a cut."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from tests.kit.panel_process import Running

Freed: TypeAlias = Callable[[], AbstractContextManager[None]]
"""Makes room on the disk for a while: joining the uplink again is refused without."""

TALKS = """
import sys
from pathlib import Path
from appliance.panel.client import PanelClient
from tests.kit.front_panel import beat
client = PanelClient(Path(sys.argv[1]))
while True:
    client.heartbeat(beat())
    print("beat", flush=True)
"""
WATCHES = """
import os, signal, sys
from pathlib import Path
from appliance.panel.client import PanelClient
for _ in PanelClient(Path(sys.argv[1])).watch():
    print("watching", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
"""
ASKS_IN_VAIN = """
import socket, sys
from dataclasses import replace
from pathlib import Path
from appliance.config_switch import Switch
from appliance.switch.service import serve
from tests.kit.panel_process import config_in
deaf = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
deaf.bind(("127.0.0.1", 0))
folder = Path(sys.argv[1]).parent.parent
word = folder / "community"
word.write_text("mot")
switch = Switch(
    address="127.0.0.1", port=deaf.getsockname()[1], uplink="1", version="2c",
    community_file=str(word),
)
print("asking", flush=True)
serve(replace(config_in(folder), switch=switch))
"""
SPINS = "print('spinning', flush=True)\nwhile True: pass"


@contextmanager
def nothing(panel: Running) -> Iterator[Freed]:
    """All is well."""
    yield _no_need


@contextmanager
def web_dead(panel: Running) -> Iterator[Freed]:
    """The pages hang: they watch the panel and read no more."""
    with _child(WATCHES, panel.path):
        yield _no_need


@contextmanager
def database_locked(panel: Running) -> Iterator[Freed]:
    """Somebody holds the database and does not let go."""
    base = sqlite3.connect(panel.folder / "state" / "state.db", isolation_level=None)
    try:
        base.execute("CREATE TABLE IF NOT EXISTS held (it)")
        base.execute("BEGIN EXCLUSIVE")
        yield _no_need
    finally:
        base.close()


@contextmanager
def disk_full(panel: Running) -> Iterator[Freed]:
    """Not one byte more goes onto the disk; *state* is one of its own (`disk`)."""
    filler = panel.folder / "state" / "filler"

    @contextmanager
    def freed() -> Iterator[None]:
        filler.unlink()
        try:
            yield
        finally:
            _fill(filler)

    _fill(filler)
    yield freed
    filler.unlink()


@contextmanager
def switch_deaf(panel: Running) -> Iterator[Freed]:
    """A switch is to be shut, too, and does not answer."""
    with _child(ASKS_IN_VAIN, panel.path):
        yield _no_need


@contextmanager
def sensor_dead(panel: Running) -> Iterator[Freed]:
    """The sensor was there, and is killed in the middle of its sentence."""
    with _child(TALKS, panel.path) as sensor:
        sensor.kill()
        sensor.wait()
        yield _no_need


@contextmanager
def processors_busy(panel: Running) -> Iterator[Freed]:
    """Twice as many programs as processors want all of them."""
    with ExitStack() as stack:
        for _ in range(2 * (os.cpu_count() or 1)):
            stack.enter_context(_child(SPINS, panel.path))
        yield _no_need


TROUBLES: Mapping[str, Callable[[Running], AbstractContextManager[Freed]]] = {
    "nothing wrong": nothing,
    "web dead": web_dead,
    "database locked": database_locked,
    "disk full": disk_full,
    "sensor dead": sensor_dead,
    "switch deaf": switch_deaf,
    "CPU saturated": processors_busy,
}


@contextmanager
def disk(folder: Path) -> Iterator[None]:
    """Give *folder* a disk of its own, of 256 KiB (tmpfs); only root can."""
    folder.mkdir(exist_ok=True)
    options = "size=256k,mode=755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def _no_need() -> Iterator[None]:
    yield


@contextmanager
def _child(program: str, panel: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run *program* until the block ends; it has said something when the block begins."""
    command = [sys.executable, "-c", program, str(panel)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        child.stdout.readline()
        try:
            yield child
        finally:
            child.kill()


def _fill(file: Path) -> None:
    with suppress(OSError), file.open("ab", buffering=0) as full:
        while True:
            full.write(bytes(512))
