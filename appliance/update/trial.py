"""A build on trial: what is noted before the switch, so that it can be judged after a power cut."""

from pathlib import Path

import msgspec

from appliance import durable
from appliance.services import PANEL, WATCHING
from appliance.update.signs import Signs

NAME = "trial.json"


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the box before the switch."""

    old: str
    """The build that was in use; empty: there was none."""
    new: str
    units: tuple[str, ...] = (PANEL, *WATCHING)
    """What must run; what did not run before is not the new build's fault."""
    state: str = ""
    """Of the line; empty: the panel did not answer."""
    since: float = 0.0
    """Since when it is so."""
    saw: bool = False
    """Packets came in."""


def begin(base: Path, trial: Trial) -> None:
    """Note *trial* in *base*, durably when this returns."""
    durable.write(base / NAME, msgspec.json.encode(trial), mode=0o644)


def running(base: Path) -> Trial | None:
    """Give the trial that was begun in *base* and did not end."""
    try:
        return msgspec.json.decode((base / NAME).read_bytes(), type=Trial)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def end(base: Path) -> None:
    """Note that the trial is over, whichever build is in use."""
    (base / NAME).unlink(missing_ok=True)
    durable.flush(base)


def holds(trial: Trial, first: Signs, signs: Signs, *, panel: bool) -> bool:
    """Tell whether *signs* are those of a box that works; *panel*: its panel is the new one too.

    The sensor must have looked again since the *first* signs; the line may be another only where a
    person ordered that meanwhile. No two clocks are compared: after a power cut that of the box
    may be behind.
    """
    if PANEL in trial.units and not signs.state:
        return False
    if panel and trial.state and signs.state != trial.state and signs.since == trial.since:
        return False
    if WATCHING[0] not in trial.units:
        return True
    return signs.looked_at != first.looked_at and (signs.seeing or not trial.saw)
