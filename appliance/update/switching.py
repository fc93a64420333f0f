"""The one way from a build to another, for the installer, an update, and back.

Up to the moment in which ``current`` leads elsewhere the old build runs; from then on the new one,
on trial. Killed anywhere, the box starts with one or the other, and `judge` ends the trial: the
build stays, or the former one comes back with the databases as it left them.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from appliance.services import PANEL, QUIETED, Services
from appliance.store import StoreTrouble
from appliance.store.copying import copy
from appliance.store.swap import DATABASES, replace, schema_of
from appliance.update import links, trial
from appliance.update.builds import Builds
from appliance.update.signs import Signs
from appliance.update.trial import Trial

KEPT = "before-upgrade"
"""In the state directory: the databases as the former build left them."""

TARGET = "vigie.target"

LOOK = 1.0
"""Seconds between two looks whether all runs."""

_REHEARSAL = "rehearsal"
_WITHIN = 1800.0
"""Seconds for a rehearsal: a database of gigabytes on a slow card."""


class Ended(Enum):
    """How a switch ended."""

    WELL = auto()
    LATER = auto()
    """Nothing runs here; the build begins with the machine."""
    UNWELL = auto()
    """Not every part runs, and there is nothing to go back to."""
    BACK = auto()
    """The new build did not run well; the former one is in use again."""
    UNDONE = auto()
    """It was cut off before the switch, or after it was taken back."""


class CannotSwitch(Exception):  # noqa: N818 - what it was given is wrong, not the box
    """Nothing was changed; `key` is that of the reason in ``[update]``."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the build cannot be switched to: {key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """All that a switch touches."""

    builds: Builds
    state: Path
    services: Services
    look: Callable[[], Signs]
    wait: Callable[[float], object]
    root: Path = Path("/")
    patience: float = 180.0
    """Seconds for the parts to start; a slow card takes one minute."""
    settle: float = 15.0
    """Seconds in which they must then go on running."""


def switch(box: Box, name: str) -> Ended:
    """Put the build *name* in use, or go back; raises CannotSwitch before anything is changed."""
    if not box.builds.is_complete(name):
        raise CannotSwitch("no_build")
    if not box.services.running():
        _put(box, name)
        return Ended.LATER
    judge(box)  # a trial that a kill interrupted
    old = box.builds.current
    _rehearse(box, name)
    begun = _begun(box, old, name)
    try:
        if old:
            if old != name:
                box.builds.point("former", old)
            trial.begin(box.builds.base, begun)
            box.services.stop(QUIETED)
            _keep_databases(box)
        _put(box, name)
        box.services.start([TARGET])
        well = _works(box, begun, panel=False)
        if well and old:
            box.services.restart(PANEL)
            well = _works(box, begun, panel=True)
    except (OSError, StoreTrouble):
        well = False
    return _end(box, begun, well=well)


def judge(box: Box) -> Ended:
    """End a trial that a kill interrupted, if there is one."""
    begun = trial.running(box.builds.base)
    if begun is None or box.builds.current != begun.new:
        trial.end(box.builds.base)  # the old build is in use: it was begun, and nothing came of it
        return Ended.WELL if begun is None else Ended.UNDONE
    return _end(box, begun, well=_works(box, begun, panel=True))


def _end(box: Box, begun: Trial, *, well: bool) -> Ended:
    if not well and begun.old not in {"", begun.new} and box.builds.is_complete(begun.old):
        box.services.stop(QUIETED)
        _bring_databases_back(box)
        _put(box, begun.old)
        box.services.restart(PANEL)
        box.services.start([TARGET])
        trial.end(box.builds.base)
        return Ended.BACK
    trial.end(box.builds.base)
    if well:
        box.builds.tidy()
    return Ended.WELL if well else Ended.UNWELL


def _begun(box: Box, old: str, name: str) -> Trial:
    if not old:
        return Trial(old="", new=name)
    signs = box.look()
    return Trial(
        old=old,
        new=name,
        units=box.services.active(Trial(old=old, new=name).units) or (PANEL,),
        state=signs.state,
        since=signs.since,
        saw=signs.seeing,
    )


def _put(box: Box, name: str) -> None:
    """Have the system use the build *name*: at the moment in which ``current`` leads there."""
    base = box.builds.base
    told = links.wanted(base, name, box.root)
    links.put(told)
    if not box.builds.former:
        box.builds.point("former", name)  # the first one: nobody else can judge it
    os.sync()  # what the link leads to is on the medium before the link is
    box.builds.point("current", name)
    links.remove_others(base, told)
    box.services.reload(tuple(told))


def _works(box: Box, begun: Trial, *, panel: bool) -> bool:
    """Tell whether all that must run does in time, and still does, as it was, a while later.

    A part counts as running when it said so itself: the pages after a request that went through
    server, database and panel, the sensor after packets were taken in and saved.
    """
    units, first = begun.units, box.look()

    def shows() -> bool:
        runs = box.services.active(units) == units
        return runs and trial.holds(begun, first, box.look(), panel=panel)

    left = box.patience
    while not shows():
        if left <= 0:
            return False
        box.wait(LOOK)
        left -= LOOK
    before = box.services.processes(units)
    box.wait(box.settle)
    return shows() and box.services.processes(units) == before


def _rehearse(box: Box, name: str) -> None:
    """Have the new build take its steps in a copy of the database, while the box runs."""
    path = box.state / DATABASES[0]
    if not path.exists():
        return
    folder = box.state / _REHEARSAL
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
        copy(path, folder / path.name)
        command = (box.builds.base / name / "bin/vigie", "update", "--rehearse", folder / path.name)
        done = subprocess.run(command, check=False, timeout=_WITHIN, capture_output=True)  # noqa: S603 - a build of ours
    except (OSError, StoreTrouble, subprocess.TimeoutExpired):
        raise CannotSwitch("no_rehearsal") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if done.returncode != 0:
        raise CannotSwitch("no_rehearsal")


def _keep_databases(box: Box) -> None:
    kept = box.state / KEPT
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(mode=0o700)
    for name in DATABASES:
        if (box.state / name).exists():
            copy(box.state / name, kept / name)


def _bring_databases_back(box: Box) -> None:
    """Where the new build took steps, go back to what the old one left; else lose nothing."""
    for name in DATABASES:
        kept, path = box.state / KEPT / name, box.state / name
        if kept.exists() and schema_of(kept) != schema_of(path):
            beside = path.with_name(f"{name}.former.new")
            shutil.copyfile(kept, beside)
            beside.chmod(0o660)  # for all parts, by the group that the directory gives it
            os.sync()
            replace(path, beside)
