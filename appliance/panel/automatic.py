"""Automatic isolation: the count-down that runs, if any, and since when none may.

When one begins, the time at which it is to end is on the card, so that after a restart no other
follows within the hour. The count-down itself is not kept: a panel that starts again cuts
nothing, for nobody could have followed the count, or stopped it, in between.
"""

import json
import logging
import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from appliance import durable
from appliance.config import Automatic as Settings
from appliance.panel.clocks import Clocks
from appliance.panel.countdown import (
    REST,
    Announcement,
    CountDown,
    Effect,
    Event,
    Row,
    State,
    row,
    state,
)
from appliance.panel.journal import Entry
from appliance.panel.status import CountDownShown

KEPT = "automatic.json"

LONGEST = 600.0
"""Seconds of the longest count-down that can be set."""

LINGER = 5.0
"""Seconds after its end within which a count-down that was over has cut, and the latch says so."""

_SHIFT = 1.0
"""Seconds by which the time of day may go wrong before the end that is shown is put right."""

_BEGUN = "announced"
_SAID = frozenset({_BEGUN, "stopped", "isolated", "count_down_broken_off"})
"""What the journal says of the beginning and the end of one."""

_DAMAGED = (ValueError, TypeError, KeyError, RecursionError)

_log = logging.getLogger(__name__)


def says_quiet(folder: Path, now: float) -> bool:
    """Tell whether, by what *folder* keeps, no count-down can be running at *now*.

    One that was stopped still counts until it was to end. A file that cannot be read says nothing
    of one, nor does one that ends later than any could: the clock was put back.
    """
    try:
        left = _read(folder / KEPT) - now
    except (OSError, *_DAMAGED):
        return True
    return not -LINGER < left <= LONGEST


def _read(path: Path) -> float:
    """Give when the last count-down was to end; raises OSError, and what is in `_DAMAGED`."""
    ends_at = float(json.loads(path.read_bytes())["ends_at"])
    if not math.isfinite(ends_at):
        raise ValueError(f"{ends_at} is no time")
    return ends_at


class Automatic:
    """What *settings* allow, kept in *folder*."""

    def __init__(self, folder: Path, clocks: Clocks, settings: Settings) -> None:
        """Go on from what *folder* keeps."""
        self._path = folder / KEPT
        self._now, self._steady = clocks.now, clocks.steady
        self._named = frozenset(settings.detectors)
        self._seconds = float(settings.seconds)
        self._running: CountDown | None = None
        self._ends_at = 0.0
        left = self._kept() - self._now()
        self._was_to_go_on = left > 0
        # Whatever the time of day is now, an hour on our own clock is enough.
        self._rests_until = self._steady() + min(left + REST, REST)

    @property
    def counting(self) -> bool:
        """A count-down runs."""
        return self._running is not None

    def broken_off(self, log: Iterable[Entry]) -> bool:
        """Tell whether one ran when the panel ended, and *log* (newest first) says no end of it."""
        of_it = (entry.what for entry in log if entry.what in _SAID)
        return self._was_to_go_on and next(of_it, _BEGUN) == _BEGUN

    def happens(
        self,
        event: Event,
        announced: Announcement | None = None,
        *,
        isolated: bool = False,
        tested: bool = False,
    ) -> Row:
        """Take in *event*; give its row, of which the effect to cut is left to the caller."""
        named = announced is None or announced.detector in self._named
        found = row(self._state(), event, named=named, isolated=isolated, tested=tested)
        if found.effect is Effect.BEGIN and announced is not None:
            return self._begin(announced, found)
        if found.then is State.RESTING:
            self._running = None
        return found

    def is_over(self) -> bool:
        """Tell whether a count-down runs and its time has come."""
        return self._running is not None and self._steady() >= self._running.ends

    def shown(self) -> CountDownShown | None:
        """Give what people are told; the time of day may have been set meanwhile."""
        if self._running is None:
            return None
        ends_at = self._now() + self._running.ends - self._steady()
        if abs(ends_at - self._ends_at) > _SHIFT:
            self._ends_at = ends_at
        why = self._running.why
        return CountDownShown(ends_at=self._ends_at, detector=why.detector, alert=why.alert)

    @property
    def why(self) -> str:
        """The detector that is the reason of the count-down."""
        return self._running.why.detector if self._running is not None else ""

    def _state(self) -> State:
        return state(self._running, self._rests_until, self._steady())

    def _begin(self, announced: Announcement, found: Row) -> Row:
        """Count, once it is written down; what cannot be remembered is not begun."""
        ends_at, ends = self._now() + self._seconds, self._steady() + self._seconds
        try:
            durable.write(self._path, json.dumps({"ends_at": ends_at}).encode())
        except OSError as error:
            _log.warning("The count-down cannot be written down: %s.", error)
            return replace(
                found,
                then=found.state,
                effect=None,
                what="announce_refused",
                refused="announce_unsaved",
            )
        self._running = CountDown(why=announced, ends=ends)
        self._ends_at, self._rests_until = ends_at, ends + REST
        return found

    def _kept(self) -> float:
        """Give when the last count-down was to end; long ago when there was none.

        A file that cannot be read stands for one that ended just now.
        """
        try:
            return _read(self._path)
        except FileNotFoundError:
            return float("-inf")
        except (OSError, *_DAMAGED) as error:
            _log.warning("When the last count-down ended cannot be read: %s.", error)
            return self._now()
