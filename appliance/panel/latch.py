"""The latch: whether the uplink is to be cut, and which orders may change that.

After the emergency stop (ISO 13850): isolating is one act, never refused, and holds until a
technician takes it back on purpose, or somebody at the box by the sequence on its button where the
technician allows that; nothing takes it back by itself. All of it is in `TABLE`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

RECONNECT_EVERY = 60.0
"""Seconds between two reconnections: spares relay and disk when somebody toggles."""

ISOLATE_WINS = 5.0
"""Seconds for which an order to isolate outweighs one to reconnect: of two at once, it wins."""


class Kind(StrEnum):
    """What can be ordered."""

    ISOLATE = "isolate"
    RECONNECT = "reconnect"
    TEST = "test"
    """Cut for a proof test, which ends by itself."""
    END_TEST = "end_test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants done."""

    kind: Kind
    at: float
    who: str
    why: str = ""
    technician: bool = False
    """The one who asks may reconnect."""
    until: float | None = None
    """Of a test: when it is over at the latest."""
    on_site: bool = False
    """By the sequence on the button (`sequence`), which the technician allowed."""
    after_isolate: float | None = None
    after_reconnect: float | None = None
    """Seconds since the latest of these orders, by a clock that never steps; None when there was
    none since the start."""

    def may_reconnect(self) -> bool:
        """Tell whether the one who asks may reconnect at all."""
        return self.technician or self.on_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Latch:
    """What was ordered last; all of it is kept on disk."""

    isolated: bool = False
    since: float | None = None
    """When that began; None when nothing was ever ordered."""
    who: str = ""
    why: str = ""
    isolate_asked_at: float | None = None
    """The latest order to isolate, also one that changed nothing."""
    reconnected_at: float | None = None
    doubt: bool = False
    """The kept state was damaged: taken for isolated until somebody orders something."""
    test_until: float | None = None
    """Cut by a proof test and by nobody else: it joins again then, or when the panel restarts."""


class Effect(StrEnum):
    """What an order makes the panel do, in the order given."""

    SAVE = "save"
    """Write the latch to disk: before the relay moves."""
    DRIVE = "drive"
    """Drive the relay to where the latch is; harmless when it is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an order."""

    latch: Latch
    effects: tuple[Effect, ...] = ()
    what: str
    """For the journal: a key of ``[panel.log]``."""
    refused: str = ""
    """Why not, a key of ``[panel.error]``; empty when the order was carried out."""


class State(StrEnum):
    """Where the latch is, as far as orders are concerned."""

    CONNECTED = "connected"
    ISOLATED = "isolated"
    DOUBT = "doubt"
    """Isolated, because the kept state was damaged."""
    TESTED = "tested"
    """Isolated by a proof test, and by nobody else."""


class When(StrEnum):
    """How things are with an order."""

    ALWAYS = "always"
    NOT_ALLOWED = "only_technician"
    """It is to reconnect or to test, from somebody who may not."""
    JUST_ISOLATED = "just_isolated"
    """It is to reconnect, and somebody ordered to isolate within `ISOLATE_WINS`."""
    TOO_SOON = "too_soon"
    """It is to reconnect or to test, within `RECONNECT_EVERY` of the last reconnection."""
    CUT_ALREADY = "test_isolated"
    """It is to test, and the line is cut."""
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `TABLE`: in this state, on this order, like this; then."""

    state: State
    kind: Kind
    when: When
    then: State
    effects: tuple[Effect, ...]
    what: str
    """For the journal: a key of ``[panel.log]``."""

    def refused(self) -> str:
        """Give why it is refused, a key of ``[panel.error]``; empty when it is carried out."""
        return str(self.when) if self.what.startswith("refused_") else ""


_C, _I, _D, _T = State.CONNECTED, State.ISOLATED, State.DOUBT, State.TESTED
_MOVE, _HOLD = (Effect.SAVE, Effect.DRIVE), (Effect.DRIVE,)

TABLE = (
    Row(_C, Kind.ISOLATE, When.ALWAYS, _I, _MOVE, "isolated"),
    Row(_I, Kind.ISOLATE, When.ALWAYS, _I, _HOLD, "isolated_again"),
    Row(_D, Kind.ISOLATE, When.ALWAYS, _I, _MOVE, "isolated"),
    Row(_T, Kind.ISOLATE, When.ALWAYS, _I, _MOVE, "isolated"),
    Row(_C, Kind.RECONNECT, When.NOT_ALLOWED, _C, (), "refused_only_technician"),
    Row(_I, Kind.RECONNECT, When.NOT_ALLOWED, _I, (), "refused_only_technician"),
    Row(_D, Kind.RECONNECT, When.NOT_ALLOWED, _D, (), "refused_only_technician"),
    Row(_T, Kind.RECONNECT, When.NOT_ALLOWED, _T, (), "refused_only_technician"),
    Row(_C, Kind.RECONNECT, When.ALLOWED, _C, _HOLD, "reconnected_again"),
    Row(_I, Kind.RECONNECT, When.JUST_ISOLATED, _I, (), "refused_just_isolated"),
    Row(_D, Kind.RECONNECT, When.JUST_ISOLATED, _D, (), "refused_just_isolated"),
    Row(_T, Kind.RECONNECT, When.JUST_ISOLATED, _T, (), "refused_just_isolated"),
    Row(_I, Kind.RECONNECT, When.TOO_SOON, _I, (), "refused_too_soon"),
    Row(_D, Kind.RECONNECT, When.TOO_SOON, _D, (), "refused_too_soon"),
    Row(_T, Kind.RECONNECT, When.TOO_SOON, _T, (), "refused_too_soon"),
    Row(_I, Kind.RECONNECT, When.ALLOWED, _C, _MOVE, "reconnected"),
    Row(_D, Kind.RECONNECT, When.ALLOWED, _C, _MOVE, "reconnected"),
    Row(_T, Kind.RECONNECT, When.ALLOWED, _C, _MOVE, "reconnected"),
    Row(_C, Kind.TEST, When.NOT_ALLOWED, _C, (), "refused_only_technician"),
    Row(_I, Kind.TEST, When.NOT_ALLOWED, _I, (), "refused_only_technician"),
    Row(_D, Kind.TEST, When.NOT_ALLOWED, _D, (), "refused_only_technician"),
    Row(_T, Kind.TEST, When.NOT_ALLOWED, _T, (), "refused_only_technician"),
    Row(_I, Kind.TEST, When.CUT_ALREADY, _I, (), "refused_test_isolated"),
    Row(_D, Kind.TEST, When.CUT_ALREADY, _D, (), "refused_test_isolated"),
    Row(_T, Kind.TEST, When.CUT_ALREADY, _T, (), "refused_test_isolated"),
    Row(_C, Kind.TEST, When.TOO_SOON, _C, (), "refused_too_soon"),
    Row(_C, Kind.TEST, When.ALLOWED, _T, _MOVE, "test_cut"),
    Row(_T, Kind.END_TEST, When.ALWAYS, _C, _MOVE, "test_joined"),
    Row(_C, Kind.END_TEST, When.ALWAYS, _C, (), "test_over"),
    Row(_I, Kind.END_TEST, When.ALWAYS, _I, (), "test_over"),
    Row(_D, Kind.END_TEST, When.ALWAYS, _D, (), "test_over"),
)
"""Every order in every state, and what comes of it. A test is ordered, and ended, by the panel's
own proof test, which a technician asked for."""

_ROWS = {(row.state, row.kind, row.when): row for row in TABLE}


def state(latch: Latch) -> State:
    """Give where *latch* is."""
    if not latch.isolated:
        return State.CONNECTED
    if latch.test_until is not None:
        return State.TESTED
    return State.DOUBT if latch.doubt else State.ISOLATED


def when(latch: Latch, order: Order) -> When:
    """Tell how things are with *order*, *latch* being what it is.

    The presses of the sequence isolate, too, each by itself; so for an order on site only what
    others ordered counts, in `Order.after_isolate`.
    """
    if order.kind in (Kind.ISOLATE, Kind.END_TEST):
        return When.ALWAYS
    if not order.may_reconnect():
        return When.NOT_ALLOWED
    return _when_to_test(latch, order) if order.kind is Kind.TEST else _when_to_join(latch, order)


def _when_to_join(latch: Latch, order: Order) -> When:
    if not latch.isolated:
        return When.ALLOWED
    asked_at = None if order.on_site else latch.isolate_asked_at
    if _within(ISOLATE_WINS, asked_at, order.at) or _less(order.after_isolate, ISOLATE_WINS):
        return When.JUST_ISOLATED
    return When.TOO_SOON if _just_joined(latch, order) else When.ALLOWED


def _when_to_test(latch: Latch, order: Order) -> When:
    if latch.isolated:
        return When.CUT_ALREADY
    return When.TOO_SOON if _just_joined(latch, order) else When.ALLOWED


def _just_joined(latch: Latch, order: Order) -> bool:
    """Tell whether the last reconnection was a moment ago, by either clock."""
    return _within(RECONNECT_EVERY, latch.reconnected_at, order.at) or _less(
        order.after_reconnect, RECONNECT_EVERY
    )


def obey(latch: Latch, order: Order) -> Outcome:
    """Give the latch after *order*, and what is to be done about it."""
    row = _ROWS[state(latch), order.kind, when(latch, order)]
    return Outcome(
        latch=_after(latch, order, row), effects=row.effects, what=row.what, refused=row.refused()
    )


def _after(latch: Latch, order: Order, row: Row) -> Latch:
    if order.kind is Kind.ISOLATE:
        latch = replace(latch, isolate_asked_at=order.at)
    if Effect.SAVE not in row.effects:
        return latch
    if order.kind is Kind.END_TEST:
        return resumed(latch, order.at)
    if row.then is State.CONNECTED:
        latch = Latch(reconnected_at=order.at)
    return replace(
        latch,
        isolated=row.then is not State.CONNECTED,
        doubt=False,
        since=order.at,
        who=order.who,
        why=order.why,
        test_until=(order.until or order.at) if row.then is State.TESTED else None,
    )


def resumed(latch: Latch, now: float) -> Latch:
    """Give the latch that a panel begins with, when *latch* is on the disk.

    A proof test that was interrupted is over: nobody else had cut the line, so it is joined.
    """
    if latch.test_until is None:
        return latch
    return Latch(since=now, who=latch.who, why=latch.why, reconnected_at=now)


def _within(seconds: float, before: float | None, now: float) -> bool:
    """Tell whether *before* is that close to *now*, on either side: the clock may step back."""
    return before is not None and abs(now - before) < seconds


def _less(seconds: float | None, limit: float) -> bool:
    return seconds is not None and seconds < limit
