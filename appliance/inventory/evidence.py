"""All that speaks for what one device is: bounded, and weighed only when somebody asks.

Of too much the lightest leaves for a heavier one; for one as light only when it was not seen for
long, else a device that says something new all the time would never be at rest. No source may have
more than its share: one that is chatty, or makes things up, cannot push the others out.
"""

from collections.abc import Iterable

from appliance.durations import DAY
from appliance.inventory.clues.clue import Clue
from appliance.inventory.identity import Identity, identify
from appliance.model import Evidence

PIECES = 48
"""Kept of one device; a computer that speaks all protocols has some thirty."""
OF_ONE_SOURCE = 8
"""Of them; `identify` counts a source once for each thing it votes for."""
STALE = DAY
"""Seconds after which a piece that was not seen again leaves for one as light."""
_NOTHING = identify(())


class _Piece:
    """When a clue was seen; changed in place, for most are seen again and again."""

    __slots__ = ("clue", "first_at", "last_at")

    def __init__(self, clue: Clue, first_at: float, last_at: float) -> None:
        self.clue = clue
        self.first_at = first_at
        self.last_at = last_at


class Reasons:
    """See the module's text."""

    __slots__ = ("_identity", "_pieces")

    def __init__(self) -> None:
        self._pieces: dict[Clue, _Piece] = {}
        self._identity: Identity | None = None

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> "Reasons":
        """Take up *evidence* again, oldest first as it came."""
        reasons = cls()
        for each in sorted(evidence, key=lambda each: each.first_at):
            clue = Clue(
                each.source,
                each.says,
                each.weight,
                kind=each.kind,
                maker=each.maker,
                model=each.model,
                os=each.os,
            )
            reasons._pieces[clue] = _Piece(clue, each.first_at, each.last_at)
        return reasons

    def add(self, clue: Clue, at: float) -> bool:
        """Note *clue*; tell whether it is new and stays."""
        known = self._pieces.get(clue)
        if known is not None:
            known.last_at = at
            return False
        of_source = [it for it in self._pieces.values() if it.clue.source == clue.source]
        if not self._has_room(of_source, OF_ONE_SOURCE, clue, at):
            return False
        if not self._has_room(list(self._pieces.values()), PIECES, clue, at):
            return False
        self._pieces[clue] = _Piece(clue, at, at)
        self._identity = None
        return True

    def _has_room(self, pieces: list[_Piece], limit: int, clue: Clue, at: float) -> bool:
        """Tell whether *clue* has room beside *pieces*, made where it must be."""
        if len(pieces) < limit:
            return True
        lightest = min(pieces, key=lambda it: (it.clue.weight, it.last_at))
        if clue.weight <= lightest.clue.weight and at - lightest.last_at <= STALE:
            return False
        del self._pieces[lightest.clue]
        self._identity = None
        return True

    def evidence(self) -> tuple[Evidence, ...]:
        """Give all pieces, weightiest first."""
        pieces = sorted(self._pieces.values(), key=lambda it: (-it.clue.weight, it.first_at))
        return tuple(_evidence(piece) for piece in pieces)

    def identity(self) -> Identity:
        """Give what the device is by all of them, worked out anew only when they changed."""
        if self._identity is None:
            pieces = self._pieces.values()
            self._identity = identify(map(_evidence, pieces)) if pieces else _NOTHING
        return self._identity


def _evidence(piece: _Piece) -> Evidence:
    clue = piece.clue
    return Evidence(
        source=str(clue.source),
        says=clue.says,
        weight=clue.weight,
        first_at=piece.first_at,
        last_at=piece.last_at,
        kind=str(clue.kind),
        maker=clue.maker,
        model=clue.model,
        os=clue.os,
    )
