"""What is wrong with the panel at this moment."""

import logging
from collections.abc import Iterable

from appliance.panel.pins import PinError

FAULTS = (
    "relay_failed",
    "relay_partial",
    "contact_stuck",
    "contact_torn",
    "latch_damaged",
    "latch_unsaved",
    "pins_busy",
    "pins_forbidden",
    "pins_wrong_chip",
    "pins_failed",
    "pins_missing",
    "button_stuck",
    "switch_own_port",
    "switch_unknown_port",
    "switch_unusable",
    "switch_refused",
    "switch_disobeys",
    "switch_turned_up",
    "switch_unanswered",
    "switch_unheard",
    "switch_shut_by_hand",
    "switch_elsewhere",
    "journal_unsaved",
    "journal_damaged",
    "test_failed",
    "test_differs",
    "test_overdue",
)
"""Every fault there is, the worst first; each is a key of ``[panel.fault]``."""

REMARK_LENGTH = 200
"""Characters kept of what a pin or the disk says."""

_log = logging.getLogger(__name__)


class Faults:
    """The faults that are there, each with what is known of it."""

    def __init__(self, lasting: Iterable[str] = ()) -> None:
        """Begin with those that last until a new start."""
        self._there: dict[str, tuple[str, str]] = dict.fromkeys(lasting, ("", ""))
        """What is said of each, and the fault behind it."""

    def __contains__(self, fault: str) -> bool:
        return fault in self._there

    def any_of(self, *faults: str) -> bool:
        """Tell whether one of *faults* is there."""
        return any(fault in self._there for fault in faults)

    def set(self, fault: str, there: bool, error: Exception | None = None) -> None:
        """Remember whether *fault* is there; say it once when it comes."""
        if not there:
            self._there.pop(fault, None)
            return
        if fault not in self._there:
            _log.warning("Fault %s%s", fault, f": {error}" if error else ".")
        behind = error.fault if isinstance(error, PinError) else ""
        self._there[fault] = (str(error)[:REMARK_LENGTH] if error else "", behind)

    def all(self, more: Iterable[str] = ()) -> tuple[str, ...]:
        """Give those that are there, what is behind them, and *more*; the worst first."""
        there = {*self._there, *(behind for _, behind in self._there.values()), *more}
        return tuple(fault for fault in FAULTS if fault in there)

    def remarks(self) -> tuple[str, ...]:
        """Give what pins and disk say of them, each once."""
        return tuple(dict.fromkeys(words for words, _ in self._there.values() if words))
