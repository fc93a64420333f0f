"""A box whose parts are pretended: builds, links and databases are real files, systemd is a list.

Which build a part runs is what its link in the system's folder leads to when it starts, as with
the real one. Also a program, which switches and is killed before the n-th change to the disk.

python -m tests.kit.switched FOLDER BUILD N
"""

import os
import signal
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from appliance.services import PANEL, WATCHING
from appliance.store import Office
from appliance.update.builds import Builds
from appliance.update.signs import Signs
from appliance.update.switching import Box, switch

PLACES = """
*.service   /etc/systemd/system
*.target    /etc/systemd/system
*.target    /etc/systemd/system/multi-user.target.wants
vigie-judge.service /etc/systemd/system former
"""
UNITS = (PANEL, *WATCHING)
NOON = 1_767_268_800.0


class Pretended:
    """systemd, as far as a switch asks it; a build whose folder has ``broken`` does not run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.runs: dict[str, str] = {}
        self.started: list[str] = []
        self.looks = 0

    def running(self) -> bool:
        return True

    def boot(self) -> None:
        """Start the machine: whatever its links lead to."""
        self.runs.clear()
        self.start(["vigie.target"])

    def active(self, units: Sequence[str]) -> tuple[str, ...]:
        return tuple(unit for unit in units if unit in self.runs)

    def processes(self, units: Sequence[str]) -> Mapping[str, str]:
        return {unit: self.runs[unit] for unit in units if unit in self.runs}

    def stop(self, units: Sequence[str]) -> None:
        for unit in units:
            self.runs.pop(unit, None)

    def start(self, units: Sequence[str]) -> None:
        for unit in UNITS:
            if unit not in self.runs:
                self.restart(unit)

    def restart(self, unit: str) -> None:
        self.runs.pop(unit, None)
        file = self.root / "etc/systemd/system" / unit
        if file.exists() and not (file.resolve().parent.parent / "broken").exists():
            self.runs[unit] = file.resolve().parent.parent.name
            self.started.append(unit)

    def reload(self, links: Collection[Path]) -> None:
        pass


def build(root: Path, name: str, *extra: str, broken: bool = False, rehearses: bool = True) -> None:
    """Have a build beside the others, with units of the names *extra* besides the usual."""
    folder = root / "opt/vigie" / name
    (folder / "systemd").mkdir(parents=True)
    for unit in (*UNITS, "vigie.target", "vigie-judge.service", *extra):
        (folder / "systemd" / unit).write_text(name)
    (folder / "systemd/places").write_text(PLACES)
    (folder / "bin").mkdir()
    (folder / "bin/vigie").write_text(f"#!/bin/sh\nexit {0 if rehearses else 1}\n")
    (folder / "bin/vigie").chmod(0o755)
    if broken:
        (folder / "broken").touch()
    (folder / "complete").touch()


def box_in(root: Path, services: Pretended, **changed: object) -> Box:
    """Give the box in *root*, at noon for ever; panel and sensor show signs while they run."""

    def look() -> Signs:
        watches = WATCHING[0] in services.runs
        services.looks += watches
        return Signs(
            state="isolated" if PANEL in services.runs else "",
            since=NOON - 60,
            looked_at=NOON + services.looks,
            seeing=watches,
        )

    state = root / "var/lib/vigie"
    state.mkdir(parents=True, exist_ok=True)
    given = {"look": look, "patience": 2.0, **changed}
    return Box(
        builds=Builds(root / "opt/vigie"),
        state=state,
        services=services,
        wait=lambda seconds: None,
        root=root,
        **given,
    )


def say(box: Box, who: str) -> None:
    """Have *who* written down in the database."""
    office = Office(box.state, lambda: NOON)
    office.audit(who, "sign_in")
    office.close()


CHANGES = frozenset(
    {
        *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link"),
        *("os.chmod", "os.chown", "os.truncate", "shutil.rmtree", "shutil.copyfile"),
        *("subprocess.Popen", "sqlite3.connect"),
    }
)
"""Events of the interpreter before it changes something on the disk (PEP 578)."""


def kill_before(number: int) -> None:
    """Have this process killed before the *number*-th change that it makes from now on."""
    seen = 0

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal seen
        if event == "open" and isinstance(given[2], int):
            changes = bool(given[2] & (os.O_WRONLY | os.O_RDWR))
        else:
            changes = event in CHANGES
        if changes:
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def main() -> None:
    root, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    services = Pretended(root)
    services.boot()
    box = box_in(root, services)
    kill_before(number)
    sys.stdout.write(switch(box, name).name)


if __name__ == "__main__":
    main()
