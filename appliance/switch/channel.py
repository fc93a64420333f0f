"""What is due at the switch: the port is brought to what the latch orders, and looked at.

===================== =========================================================================
the latch orders      done
===================== =========================================================================
cut, just now         shut the port, read it back; again with back-off until it says *down*
cut, and it was shut  look every `WATCH`; one that somebody opened is shut again, and that is said
joined, just now      open the port, read it back; again with back-off until it says *up*
joined, and it was    look every `LOOK`; one that somebody shut is left to them, and that is said
===================== =========================================================================

"Just now" is also the first order after a start: what happened meanwhile is not known. Opening a
port that is open moves nothing, and shows while all is well that writing is allowed.

A port behind which the box itself is, is never shut: no order could reach the switch any more to
open it again. Where the gateway is, is only said: a switch need not tell whom it has learnt where.
"""

from collections.abc import Mapping
from typing import Protocol

from appliance.panel.second import Said
from appliance.switch.agent import Refused, Unanswered, Unusable
from appliance.switch.bridge import DOWN, UP, NoPort, Port

WATCH = 5.0
"""Seconds between two looks at a port that is shut: as soon as another way out is told."""
LOOK = 60.0
"""Seconds between two looks at a port that is open: nobody waits for it."""
GUARD = 600.0
"""Seconds between two looks who is behind the port: a busy switch has a long table."""
AGAIN, LONGEST = 0.5, 30.0
"""Seconds to the next attempt at what failed; twice as long each time, up to the second."""
LONGEST_CUT = 8.0
"""The same while the line is to be cut."""
LET_GO = 300.0
"""Seconds after which a port that could not be opened again is left as it is for another."""
CALM = 2
"""Failures in a row after which a switch that does not answer is said: one may be chance."""


class Switch(Protocol):
    """What is asked (`bridge.Bridge`)."""

    def find(self, uplink: str) -> int:
        """Give the number of a port."""

    def port(self, number: int) -> Port:
        """Give a port."""

    def set(self, number: int, *, up: bool) -> None:
        """Open or shut a port."""

    def behind(self, macs: tuple[str, ...]) -> Mapping[str, int]:
        """Give behind which port each of *macs* is."""


class Neighbourhood(Protocol):
    """Who is near (`near.Near`)."""

    def own(self) -> str:
        """Give the hardware address of the box itself on the card that asks; or nothing."""

    def gateway(self) -> str:
        """Give that of the gateway; or nothing."""


class Channel:
    """The port *uplink* of *switch*; *now* is a clock that never steps."""

    def __init__(self, switch: Switch, uplink: str, near: Neighbourhood) -> None:
        self._switch = switch
        self._uplink = uplink
        self._near = near
        self._shut: bool | None = None
        """What the latch orders; None before that is known."""
        self._settled = False
        """The port was seen as ordered since the order."""
        self._number = 0
        """That of the port; 0 until it was found."""
        self._own: bool | None = None
        """The box is behind that port; None while that is not known."""
        self._elsewhere = False
        self._guard_at = 0.0
        self._remark = ""
        self._failures = 0
        self._held = False
        """The port is shut for a cut, or may be, and was not seen open since."""
        self._ordered_at = 0.0
        self.due = 0.0
        """When `turn` is to be called."""
        self.said = Said(shut=False, what="asking")

    def order(self, shut: bool, now: float) -> None:
        """Take in what the latch orders."""
        if shut is not self._shut:
            self._shut, self._settled, self._remark, self._failures = shut, False, "", 0
            self.due = self._ordered_at = now
            self.said = Said(shut=shut, what="asking")

    def free(self, now: float) -> bool:
        """Tell whether this port may be left for another: no cut stands, and it was opened again.

        A switch that no longer answers, perhaps because it was replaced, holds nobody up for long.
        """
        return not self._shut and (not self._held or now - self._ordered_at > LET_GO)

    def turn(self, now: float) -> None:
        """Do what is due, and tell of it in `said`."""
        if self._shut is None or now < self.due:
            return
        try:
            self._go_on(self._shut, now)
        except Unanswered as error:
            self._failed("unanswered", str(error), now)
        except Refused as error:
            self._failed("refused", str(error), now)
        except NoPort as error:
            self._failed("unknown_port", str(error), now)
        except Unusable as error:
            self._failed("unusable", str(error), now)

    def _go_on(self, shut: bool, now: float) -> None:
        guarded = self._own is not None and (shut or now < self._guard_at)
        if not (self._number and guarded):
            self._number = self._switch.find(self._uplink)
        if not guarded:
            self._guard(shut, now)
        if shut and self._own:
            self._failed("own_port", f"{self._uplink}: {self._near.own()}", now)
            return
        wanted = DOWN if shut else UP
        self._held = self._held or shut
        port = self._switch.port(self._number)
        if self._settled:
            by_hand = "turned_up" if shut else "shut_by_hand"
            self._remark = by_hand if port.admin != wanted else self._remark if shut else ""
        if port.admin != wanted if shut else not self._settled:
            self._switch.set(self._number, up=not shut)
            port = self._switch.port(self._number)
        if port.admin == wanted:
            self._settled, self._held = True, shut
        if port.admin == wanted or (self._settled and not shut):
            self._failures, self.due = 0, now + (WATCH if shut else LOOK)
        else:
            self._failures += 1
            self.due = now + self._again()
        self._tell("shut" if port.admin == DOWN else "open", str(port))

    def _guard(self, shut: bool, now: float) -> None:
        """Look who is behind the port; of one that is shut only the box itself is known.

        A switch that does not tell, or not us, has not said that the box is there.
        """
        self._guard_at = now + GUARD
        own, gateway = self._near.own(), self._near.gateway()
        try:
            where = self._switch.behind(tuple(mac for mac in (own, gateway) if mac))
        except (Unanswered, Refused):
            where = {}
        if own in where or self._own is None:
            self._own = where.get(own) == self._number
        if gateway in where and not shut:
            self._elsewhere = where[gateway] != self._number

    def _failed(self, what: str, words: str, now: float) -> None:
        """Find the port anew next time: a switch that was restarted may number its ports anew."""
        self._number = 0
        self._failures += 1
        self.due = now + self._again()
        if what != "unanswered" or self._failures >= CALM:
            self._tell(what, words)

    def _again(self) -> float:
        longest = LONGEST_CUT if self._shut else LONGEST
        return float(min(AGAIN * 2 ** min(self._failures - 1, 10), longest))

    def _tell(self, what: str, detail: str) -> None:
        remarks = ("elsewhere",) * self._elsewhere + ((self._remark,) if self._remark else ())
        self.said = Said(shut=bool(self._shut), what=what, detail=detail, remarks=remarks)
