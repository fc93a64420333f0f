"""The box in the lab: its real processes in its own namespace, and what asks them questions."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from appliance.config_switch import Switch
from appliance.decisions import Verdict
from appliance.model import Level, Mac
from appliance.panel.client import PanelClient, PanelUnreachable
from appliance.panel.status import PanelStatus
from appliance.store import Office, Role
from tests.lab import managed as managing
from tests.lab.awaiting import until
from tests.lab.cast import BAD_NAME, HOSTS, LAN, MAKER, MAKER_NAME, NAMESERVER, WEB
from tests.lab.pages import Pages
from tests.lab.practice import Practice
from tests.lab.relay import WELL_WIRED, Wiring
from tests.lab.wiring import CAPTURE_CARD, CARD, port
from web.access.passwords import hashed

TECHNICIAN, PHRASE = "technicien", "une phrase de passe pour le labo"
PARTS = ("panel", "probe", "sensor", "web")
_PORT = 8080
_VIGIE = (sys.executable, "-m", "appliance")


@dataclass(slots=True)
class Box:
    """Panel, sensor and pages, one process each, as on an installed box."""

    practice: Practice
    wiring: Wiring
    folder: Path
    parts: dict[str, subprocess.Popen[bytes]]
    cut: str = "lan"
    """Where the relay sits, as the configuration says."""
    switch: Switch | None = None
    """The managed switch whose port is shut, too."""
    agent: subprocess.Popen[bytes] | None = None
    """What answers for it."""

    @property
    def config(self) -> Path:
        """The configuration all parts are given."""
        return self.folder / "vigie.toml"

    def configure(self) -> None:
        """Write what an installer would, of the box as it is wired now."""
        self.config.write_text(
            f'[paths]\nstate = "{self.folder}/state"\nrun = "{self.folder}/run"\n'
            f'[capture]\ncard = "{CAPTURE_CARD}"\n'
            f'[home]\nnetworks = ["{LAN}"]\nlearning_days = 0\n'
            f'[panel]\nmanagement_card = "{CARD}"\ncut = "{self.cut}"\n'
            f"{self.wiring.settings()}"
            f'anchors = ["{WEB}", "{NAMESERVER}", "{MAKER}"]\nanchor_names = ["{MAKER_NAME}"]\n'
            f'[web]\nlisten = "127.0.0.1:{_PORT}"\n'
            f"{managing.written(self.switch) if self.switch else ''}"
        )

    def start(self, part: str) -> None:
        """Start one part, as the box is wired now."""
        self.configure()
        self.parts[part] = self.practice.start("box", self._command(part), log=f"{part}.log")

    def kill(self, part: str) -> None:
        """Kill one part, with no chance to tidy up; its children find out by themselves."""
        self.parts[part].send_signal(signal.SIGKILL)
        self.parts[part].wait()

    def press(self, seconds: float) -> None:
        """Hold the button of the panel down for so long."""
        panel = self.parts["panel"]
        panel.send_signal(signal.SIGUSR1)
        Event().wait(seconds)
        panel.send_signal(signal.SIGUSR2)

    def run(self, *words: str, timeout: float = 20.0) -> subprocess.CompletedProcess[str]:
        """Run ``vigie`` with *words*."""
        return self.practice.run(
            "box", [*_VIGIE, words[0], "--config", str(self.config), *words[1:]], timeout
        )

    def status(self) -> PanelStatus | None:
        """Give what the panel says; None while it does not answer."""
        try:
            return PanelClient(self.folder / "run/panel.sock").status()
        except PanelUnreachable:
            return None

    def light(self) -> Level | None:
        """Give what the light shows; None while no panel answers."""
        status = self.status()
        return status.light if status else None

    def sign_in(self) -> Pages:
        """Open the pages as the technician."""
        pages = Pages(self.practice.names["box"], _PORT)
        pages.sign_in(TECHNICIAN, PHRASE)
        return pages

    def await_up(self) -> None:
        """Wait until every part does its work."""
        self.practice.await_ports("box", _PORT)
        until("the panel is up", 10, self.status)
        self.await_seeing()

    def await_seeing(self) -> None:
        """Wait until the box sees the practice; somebody is at work meanwhile."""
        until("the box sees", 20, self._sees)

    def said(self) -> str:
        """Give what all parts wrote."""
        logs = [self.practice.folder / f"{part}.log" for part in (*PARTS, "switch", "snmpd")]
        return "".join(f"--- {log.name}\n{log.read_text()}" for log in logs if log.exists())

    def resident(self) -> dict[str, int]:
        """Give the proportional resident memory in KiB of every part, children included."""
        found = {}
        for part, program in self.parts.items():
            group = [pid for pid in _pids() if _group(pid) == program.pid]
            found[part] = sum(_pss(pid) for pid in group)
        return found

    def _sees(self) -> bool:
        self.practice.run("reception", ["ping", "-c", "1", "-W", "1", HOSTS["nas"].ip])
        self.practice.run("reception", ["ping", "-c", "1", "-W", "1", WEB])
        return self.light() in (Level.WELL, Level.LEARNING, Level.LOOK, Level.DANGER)

    def _command(self, part: str) -> Sequence[str]:
        config = str(self.config)
        if part != "panel":
            return [*_VIGIE, part, "--config", config]
        where = (self.practice.names["switch"], port("router"))
        if self.wiring.beyond:
            where = (self.practice.names["router"], "wan")
        return [sys.executable, "-m", "tests.lab.panel", config, *where, self.wiring.spelled()]


@contextmanager
def installed(
    practice: Practice, *, wiring: Wiring = WELL_WIRED, cut: str = "lan", managed: bool = False
) -> Iterator[Box]:
    """Have a box at work in *practice*: it knows every device, and nothing is amiss."""
    box = Box(practice, wiring, practice.folder / "box", {}, cut)
    if managed:
        box.switch = managing.manage(practice)
        box.agent = managing.start(practice)
    _install(box)
    try:
        for part in (*PARTS, *(("switch",) if managed else ())):
            box.start(part)
        box.await_up()
        yield box
    except BaseException as problem:
        problem.add_note(box.said())
        raise
    finally:
        practice.stop(*box.parts.values())


def _install(box: Box) -> None:
    box.folder.mkdir()
    state = box.folder / "state"
    state.mkdir()
    box.configure()
    bad = box.folder / "lab.csv"
    bad.write_text(f"{BAD_NAME},the lab's own\n")
    said = box.run("lists", "add", str(bad))
    assert said.returncode == 0, said.stderr
    office = Office(state, time.time)
    try:
        for host in HOSTS.values():
            if host.role or host.name == "box":
                mac = Mac(host.mac)
                office.decide(author="lab", verdict=Verdict.APPROVE, mac=mac)
                office.decide(
                    author="lab",
                    verdict=Verdict.DESCRIBE,
                    mac=mac,
                    name=host.given_name,
                    role=host.role,
                )
        office.add_user(TECHNICIAN, hashed(PHRASE), role=Role.TECHNICIAN, language="fr")
    finally:
        office.close()


def _pids() -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            yield int(entry.name)


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _pss(pid: int) -> int:
    """Give a process's memory in KiB, what it shares with others counted in part; 0 when dead."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except ProcessLookupError:
        return 0
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
