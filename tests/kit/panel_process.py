"""A panel in a process of its own, as a test starts it; its relay writes down every move.

``python -m tests.kit.panel_process FOLDER [--cut COMMAND] [--join COMMAND] [--counts DETECTOR]
[--switch]``: the commands are what the relay does when it opens and closes, the detector is one
whose dangers begin a count-down of a minute; with a switch its port is to be shut, too. On SIGUSR1
a minute passes by its clocks, so that a test need not wait for the next reconnection. With ``--asks
CARD`` it is what asks on that card for the panel of the folder instead.
"""

import argparse
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from appliance.config import Automatic, Capture, Config, Panel
from appliance.config_switch import Switch
from appliance.panel import latch_file
from appliance.panel.client import PanelClient, PanelUnreachable
from appliance.panel.clocks import Clocks
from appliance.panel.control import LATCH
from appliance.panel.pins import SimulatedPins
from appliance.panel.service import serve
from appliance.probe import service


def config_in(folder: Path, card: str = "lo") -> Config:
    """Give the configuration of a panel that keeps everything in *folder* and asks on *card*."""
    return Config(
        state=folder / "state",
        run=folder / "run",
        capture=Capture(card="nosuchcard0"),
        panel=Panel(management_card=card, pins="simulated"),
    )


class WritingPins(SimulatedPins):
    """A relay that writes each move to a file, with what the disk said, and then runs a command."""

    simulated = False

    def __init__(self, folder: Path, commands: dict[bool, str]) -> None:
        super().__init__()
        self._folder = folder
        self._commands = commands
        with suppress(FileNotFoundError):  # the coil stays where a killed process left it
            self.isolated = (folder / "moves").read_text("ascii").splitlines()[-1][0] == "1"

    def drive(self, isolated: bool) -> None:
        if isolated != self.isolated:
            at = time.monotonic_ns()
            try:
                kept = f"{latch_file.load(self._folder / 'state' / LATCH).isolated:d}"
            except latch_file.DamagedLatch:
                kept = "?"
            with (self._folder / "moves").open("a", encoding="ascii") as file:
                file.write(f"{isolated:d} {kept}\n")
            with (self._folder / "edges").open("a", encoding="ascii") as file:
                file.write(f"{at} {isolated:d}\n")
            if self._commands[isolated]:
                subprocess.run(shlex.split(self._commands[isolated]), check=True)
        super().drive(isolated)


class Skipping:
    """The machine's clocks, and the minutes that were let pass."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def minute(self) -> None:
        self.skipped += 61.0

    def clocks(self) -> Clocks:
        return Clocks(
            now=lambda: time.time() + self.skipped, steady=lambda: time.monotonic() + self.skipped
        )


@dataclass
class Running:
    """A panel that runs, and how to talk to it."""

    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def client(self) -> PanelClient:
        return PanelClient(self.path)

    @property
    def path(self) -> Path:
        return config_in(self.folder).run / "panel.sock"

    def moves(self) -> list[str]:
        """Give the relay's moves: where it went, and what the disk said then."""
        path = self.folder / "moves"
        return path.read_text("ascii").splitlines() if path.exists() else []

    def edges(self) -> list[tuple[int, bool]]:
        """Give when the relay moved, in nanoseconds of CLOCK_MONOTONIC, and where it went."""
        lines = (self.folder / "edges").read_text("ascii").splitlines()
        return [(int(at), where == "1") for at, where in map(str.split, lines)]

    def minute(self) -> None:
        """Let a minute pass by the panel's clocks; who is at its door meanwhile is sent away."""
        self.process.send_signal(signal.SIGUSR1)
        for _ in range(3):
            with suppress(PanelUnreachable):
                self.client.status()
                return

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def resident(self) -> float:
        """Give the memory it holds, in MiB (VmRSS)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) / 1024


@contextmanager
def panel(folder: Path, *more: str, quiet: bool = False) -> Iterator[Running]:
    """Run a panel in *folder* until the block ends; it is ready when the block begins.

    *quiet*: what it complains of, as the test provokes it, goes to the file ``said`` there.
    """
    with _ready(folder, folder / "ready", *more, quiet=quiet) as process:
        yield Running(process, folder)


@contextmanager
def probe(folder: Path, card: str, within: Sequence[str] = ()) -> Iterator[None]:
    """Run what asks on *card* for the panel in *folder*; it listens when the block begins.

    *within* is put before its command line (``ip netns exec …``).
    """
    with _ready(folder, folder / "asks", "--asks", card, within=within):
        yield


@contextmanager
def _ready(
    folder: Path, address: Path, *more: str, within: Sequence[str] = (), quiet: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    command = [*within, sys.executable, "-m", "tests.kit.panel_process", str(folder), *more]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
        address.unlink(missing_ok=True)
        ready.bind(str(address))
        ready.settimeout(30)
        environment = {**os.environ, "NOTIFY_SOCKET": str(address)}
        with (folder / "said").open("ab") if quiet else nullcontext() as said:
            process = subprocess.Popen(command, env=environment, stderr=said)
        try:
            assert ready.recv(64) == b"READY=1"
            yield process
        finally:
            process.terminate()
            process.wait(10)


def main() -> int:
    """Run the panel that the command line describes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cut", default="")
    parser.add_argument("--join", default="")
    parser.add_argument("--switch", action="store_true")
    parser.add_argument("--asks", default="")
    parser.add_argument("--counts", action="append", default=[])
    given = parser.parse_args()
    if given.asks:
        return service.serve(config_in(given.folder, given.asks))
    automatic = Automatic(detectors=tuple(given.counts))
    config = replace(config_in(given.folder), automatic=automatic)
    if given.switch:
        config = replace(config, switch=Switch(address="127.0.0.1"))
    skipping = Skipping()
    signal.signal(signal.SIGUSR1, lambda *_: skipping.minute())
    pins = WritingPins(given.folder, {True: given.cut, False: given.join})
    return serve(config, pins, clocks=skipping.clocks())


if __name__ == "__main__":
    sys.exit(main())
