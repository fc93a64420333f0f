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


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants done."""

    kind: Kind
    at: float
    who: str
    why: str = ""
    technician: bool = False
    """The one who asks may reconnect."""


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
    =========== ========= ============================== =======================
    """
    if order.kind is Kind.ISOLATE:
        return _isolate(replace(latch, isolate_asked_at=order.at), order)
    if not order.technician:
        return _refuse(latch, "only_technician")
    if not latch.isolated:
        return Outcome(latch=latch, effects=(Effect.DRIVE,), what="reconnected_again")
    if _within(ISOLATE_WINS, latch.isolate_asked_at, order.at):
        return _refuse(latch, "just_isolated")
    if _within(RECONNECT_EVERY, latch.reconnected_at, order.at):
        return _refuse(latch, "too_soon")
    connected = Latch(since=order.at, who=order.who, why=order.why, reconnected_at=order.at)
    return Outcome(latch=connected, effects=(Effect.SAVE, Effect.DRIVE), what="reconnected")


def _isolate(latch: Latch, order: Order) -> Outcome:
    if latch.isolated and not latch.doubt:
        return Outcome(latch=latch, effects=(Effect.DRIVE,), what="isolated_again")
    isolated = replace(
        latch, isolated=True, since=order.at, who=order.who, why=order.why, doubt=False
    )
    return Outcome(latch=isolated, effects=(Effect.SAVE, Effect.DRIVE), what="isolated")


def _refuse(latch: Latch, why: str) -> Outcome:
    return Outcome(latch=latch, what=f"refused_{why}", refused=why)


def _within(seconds: float, before: float | None, now: float) -> bool:
    """Tell whether *before* is that close to *now*, on either side: the clock may step back."""
    return before is not None and abs(now - before) < seconds
