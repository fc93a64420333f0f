"""Whether something begins on many devices together, where it was not in use before."""

from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.memory import Memory
from appliance.model import Mac

_USUAL = 14 * DAY
"""Seconds for which what was once used on a device is usual there."""
_STATIONS = 64
"""Devices counted at most."""


class Deployment:
    """What is in use where, since when somebody watches."""

    def __init__(self, *, stations: int, together: float, pairs: int) -> None:
        self._stations = stations
        self._used: Memory[tuple[Mac, str], float] = Memory(pairs)
        """By device and what, when it was last used."""
        self._begun: Distinct[str, Mac] = Distinct(seconds=together, keys=pairs, values=_STATIONS)
        self._began: float | None = None

    @property
    def dropped(self) -> int:
        """Pairs forgotten early."""
        return self._used.dropped + self._begun.dropped

    def watch(self, at: float) -> None:
        """Note that the network is watched, at the latest since *at*."""
        if self._began is None:
            self._began = at

    def note(self, mac: Mac, what: str, at: float) -> tuple[bool, int]:
        """Tell whether *what*, in use on *mac* now, begins on many together, and count them.

        That needs a day of watching first.
        """
        used = self._used.get((mac, what))
        self._used.put((mac, what), at)
        if used is not None and 0 <= at - used < _USUAL:
            return False, max(1, self._begun.count(what, at))
        stations, _ = self._begun.add(what, mac, at)
        watched = self._began is not None and at - self._began >= DAY
        return watched and stations >= self._stations, stations
