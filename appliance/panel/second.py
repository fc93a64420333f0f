"""The second channel of the cut: what the process that shuts a switch's port says of it.

The panel asks no switch itself. It moves the relay and says in its status whether the port is to
be shut; the process `appliance.switch` follows, and tells. What it tells is shown beside the signs
of the cut and never weighed with them: a switch that says *down* proves nothing, and one that says
nothing hinders nothing.

A proof test is of one channel: of the relay, or, when that was asked for or there is no relay, of
the port. With both at once, a relay that is welded would not show.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from appliance.panel.latch import Latch
from appliance.panel.signs import Says
from appliance.panel.status import Shown

SHUT, OPEN, ASKING = "shut", "open", "asking"
TROUBLES = ("unanswered", "refused", "unknown_port", "own_port", "unusable")
"""Why the port cannot be moved: each is a fault, ``switch_…``."""
REMARKS = ("turned_up", "shut_by_hand", "elsewhere")
"""What else is amiss: the same."""
SAID = (SHUT, OPEN, ASKING, *TROUBLES)

SAY_EVERY = 5.0
"""Seconds after which the process says the same again."""
FRESH = 20.0
"""Seconds for which that counts: some questions to a switch that does not answer take as long."""
PATIENCE = 30.0
"""Seconds after a start or an order; then silence, or a port that does not follow, is a fault."""

DETAIL = 120
"""Characters kept of what the switch says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the process says of the port."""

    shut: bool
    """The order that it follows."""
    what: str
    """One of `SAID`."""
    detail: str = ""
    """The port, or what is wrong, in the switch's words: hostile text, escape it when shown."""
    remarks: tuple[str, ...] = ()
    """Of `REMARKS`."""


def to_json(said: Said) -> dict[str, Any]:
    """Give *said* as it goes over the socket."""
    return asdict(said)


def from_json(given: Mapping[str, Any]) -> Said:
    """Give what came over the socket; raises ValueError for anything else."""
    what, detail, remarks = given.get("what"), given.get("detail"), given.get("remarks")
    if not isinstance(given.get("shut"), bool) or what not in SAID or not isinstance(detail, str):
        raise ValueError("nothing that a switch is told of by")
    if not isinstance(remarks, list) or any(one not in REMARKS for one in remarks):
        raise ValueError("no remarks")
    words = "".join(sign if sign.isprintable() else " " for sign in detail[:DETAIL]).strip()
    found = tuple(one for one in REMARKS if one in remarks)
    return Said(shut=bool(given["shut"]), what=str(what), detail=words, remarks=found)


class Second:
    """The port of a switch, as far as the panel knows; *steady* is a clock that never steps."""

    def __init__(self, *, fitted: bool = False, alone: bool = False, steady: float = 0.0) -> None:
        """*fitted*: a switch is set up; *alone*: and there is no relay."""
        self.fitted = fitted
        self.alone = alone
        self._said: Said | None = None
        self._heard_at = self._ordered_at = steady
        self._shut = False
        self._noted: Said | None = None

    def follow(self, latch: Latch, *, tested: bool, steady: float) -> None:
        """Take in what is ordered; *tested*: the proof test that runs is of the port."""
        shut = latch.isolated and (self.alone or tested or latch.test_until is None)
        if shut is not self._shut:
            self._shut, self._ordered_at = shut, steady

    def refuses(self, *, tested: bool) -> str:
        """Give the key of the reason why it cannot be *tested*; nothing where it can."""
        return "test_no_switch" if tested and not self.fitted else ""

    @property
    def shut(self) -> bool | None:
        """Whether the port is to be shut; None where no switch is set up."""
        return self._shut if self.fitted else None

    def turn(self, latch: Latch, tested: bool, steady: float) -> tuple[tuple[str, str], ...]:
        """Do `follow`, and give the `news`."""
        self.follow(latch, tested=tested, steady=steady)
        return tuple(self.news())

    def news(self) -> Iterator[tuple[str, str]]:
        """Give what is to be noted, once: keys of ``[panel.log]``, and the switch's words."""
        said, before = self._said, self._noted
        if said is None or said == before or said.what == ASKING or said.shut is not self._shut:
            return
        self._noted = said
        if before is None and not said.shut and said.what == OPEN and not said.remarks:
            return  # nobody has ordered anything
        if before is None or (said.what, said.shut) != (before.what, before.shut):
            yield f"switch_{said.what}", said.detail
        for one in said.remarks:
            if before is None or one not in before.remarks:
                yield f"switch_{one}", said.detail

    def hear(self, said: Said, steady: float) -> None:
        """Take in what the process says."""
        self._said, self._heard_at = said, steady

    def evidence(self, steady: float) -> tuple[Shown, ...]:
        """Give what the switch says of a cut that is ordered."""
        if not self.shut:
            return ()
        said = self._said
        if said is None or steady - self._heard_at > FRESH:
            return (Shown(what="switch_unheard", says=Says.UNKNOWN),)
        if not said.shut:
            return (Shown(what="switch_asking", says=Says.UNKNOWN),)
        says = {SHUT: Says.YES, OPEN: Says.NO if self.alone else Says.UNKNOWN}
        return (
            Shown(
                what=f"switch_{said.what}",
                says=says.get(said.what, Says.UNKNOWN),
                detail=said.detail,
            ),
        )

    def faults(self, steady: float) -> set[str]:
        """Give what is amiss: keys of ``[panel.fault]``."""
        shut, said = self._shut, self._said
        if not self.fitted:
            return set()
        if steady - self._heard_at > PATIENCE:
            return {"switch_unheard"}
        if said is None or said.shut is not shut:
            return set()
        found = {f"switch_{one}" for one in said.remarks}
        if said.what in TROUBLES:
            found.add(f"switch_{said.what}")
        elif said.what == (OPEN if shut else SHUT) and steady - self._ordered_at > PATIENCE:
            found.add("switch_disobeys")
        return found

    def remarks(self, steady: float) -> tuple[str, ...]:
        """Give what the switch says of these, for the technician."""
        said = self._said
        return (said.detail,) if said and said.detail and self.faults(steady) else ()
