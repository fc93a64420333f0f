"""The latch: whether the uplink is to be cut, and which orders may change that.

After the emergency stop (ISO 13850): isolating is one act, never refused, and holds until a
technician takes it back on purpose; nothing takes it back by itself.
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


def obey(latch: Latch, order: Order) -> Outcome:
    """Give the latch after *order*, and what is to be done about it.

    =========== ========= ============================== =======================
    latch       order     when                           then
    =========== ========= ============================== =======================
    connected   isolate   always                         isolated: save, drive
    isolated    isolate   always                         no change: drive
    in doubt    isolate   always                         isolated: save, drive
    any         reconnect not a technician               refused
    connected   reconnect technician                     no change: drive
    isolated    reconnect technician, too soon           refused
    isolated    reconnect technician                     connected: save, drive
    connected   test      technician                     under test: save, drive
    connected   test      technician, too soon           refused
    isolated    test      always                         refused
    under test  isolate   always                         isolated: save, drive
    under test  reconnect technician                     connected: save, drive
    under test  end_test  always                         connected: save, drive
    any other   end_test  always                         no change
    =========== ========= ============================== =======================

    *Under test* is isolated in every other row. ``test`` and ``end_test`` come from the panel's
    own proof test, which a technician asked for.
    """
    if order.kind is Kind.ISOLATE:
        return _isolate(replace(latch, isolate_asked_at=order.at), order)
    if order.kind is Kind.END_TEST:
        return _end(latch, order)
    if not order.technician:
        return _refuse(latch, "only_technician")
    return _test(latch, order) if order.kind is Kind.TEST else _reconnect(latch, order)


def _reconnect(latch: Latch, order: Order) -> Outcome:
    if not latch.isolated:
        return Outcome(latch=latch, effects=(Effect.DRIVE,), what="reconnected_again")
    if _within(ISOLATE_WINS, latch.isolate_asked_at, order.at):
        return _refuse(latch, "just_isolated")
    if _within(RECONNECT_EVERY, latch.reconnected_at, order.at):
        return _refuse(latch, "too_soon")
    connected = Latch(since=order.at, who=order.who, why=order.why, reconnected_at=order.at)
    return Outcome(latch=connected, effects=(Effect.SAVE, Effect.DRIVE), what="reconnected")


def resumed(latch: Latch, now: float) -> Latch:
    """Give the latch that a panel begins with, when *latch* is on the disk.

    A proof test that was interrupted is over: nobody else had cut the line, so it is joined.
    """
    if latch.test_until is None:
        return latch
    return Latch(since=now, who=latch.who, why=latch.why, reconnected_at=now)


def _test(latch: Latch, order: Order) -> Outcome:
    if latch.isolated:
        return _refuse(latch, "test_isolated")
    if _within(RECONNECT_EVERY, latch.reconnected_at, order.at):
        return _refuse(latch, "too_soon")
    tested = replace(
        latch,
        isolated=True,
        since=order.at,
        who=order.who,
        why=order.why,
        test_until=order.until or order.at,
    )
    return Outcome(latch=tested, effects=(Effect.SAVE, Effect.DRIVE), what="test_cut")


def _end(latch: Latch, order: Order) -> Outcome:
    if latch.test_until is None:
        return Outcome(latch=latch, what="test_over")
    connected = resumed(latch, order.at)
    return Outcome(latch=connected, effects=(Effect.SAVE, Effect.DRIVE), what="test_joined")


def _isolate(latch: Latch, order: Order) -> Outcome:
    if latch.isolated and not latch.doubt and latch.test_until is None:
        return Outcome(latch=latch, effects=(Effect.DRIVE,), what="isolated_again")
    isolated = replace(
        latch,
        isolated=True,
        since=order.at,
        who=order.who,
        why=order.why,
        doubt=False,
        test_until=None,
    )
    return Outcome(latch=isolated, effects=(Effect.SAVE, Effect.DRIVE), what="isolated")


def _refuse(latch: Latch, why: str) -> Outcome:
    return Outcome(latch=latch, what=f"refused_{why}", refused=why)


def _within(seconds: float, before: float | None, now: float) -> bool:
    """Tell whether *before* is that close to *now*, on either side: the clock may step back."""
    return before is not None and abs(now - before) < seconds
