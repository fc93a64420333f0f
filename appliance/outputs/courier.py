"""Carries what waits in the outbox for one way, one message after the other.

Each way has a courier with a thread of its own, so that one that hangs or is dead keeps nobody else
waiting. What was not taken is tried again after 5 s, 10 s, 20 s and so on up to a quarter of an
hour, and what waits behind it keeps its place, but for dangers, which go first.
"""

import logging
from dataclasses import dataclass, field
from threading import Event, Thread

from appliance.outputs.way import Clock, Later, Refused, State, Way
from appliance.store import StoreTrouble
from appliance.store.outbox import Outbox

FIRST_WAIT = 5.0
"""Seconds after a first attempt that failed."""

LONGEST_WAIT = 900.0
"""Seconds between two attempts at most."""

IDLE = 20.0
"""Seconds after which it is looked again if nobody calls, also after a broker that has gone."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Conditions:
    """What couriers must know of the box; one thread writes, they read."""

    isolated: bool = False
    state: State | None = None
    """None: nobody knows."""
    over: bool = False


@dataclass(kw_only=True)
class Courier:
    """Serves the way called *name*."""

    name: str
    way: Way
    outbox: Outbox
    conditions: Conditions
    now: Clock
    bell: Event = field(default_factory=Event)
    """Rung when there may be something to do."""
    _taken: set[str] = field(default_factory=set)
    """Messages that were sent and could not be marked so: the card is full, say."""
    _trouble: str = ""

    def thread(self) -> Thread:
        """Give the thread that works until the conditions say that it is over."""
        return Thread(target=self._work, name=f"way {self.name}", daemon=True)

    def turn(self) -> float:
        """Do what there is to do first; give the seconds until there may be more."""
        if self.conditions.isolated and not self.way.local:
            return IDLE
        self._show()
        item = self.outbox.next(self.name)
        if item is None:
            return IDLE
        early = item.due - self.now()
        if 0 < early <= LONGEST_WAIT:  # more: the clock was put back
            return min(early, IDLE)
        try:
            if item.id not in self._taken:
                self.way.send(item)
        except Later as why:
            self._say(str(why))
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2**item.attempts)
            self.outbox.failed(item, self.now() + wait, str(why))
        except Refused as why:
            self._say(str(why))
            self.outbox.refused(item, str(why))
        else:
            self._say("")
            self._taken.add(item.id)
            self.outbox.delivered(item, self.now())
            self._taken.discard(item.id)
        return 0.0

    def _work(self) -> None:
        while not self.conditions.over:
            self.bell.clear()
            try:
                wait = self.turn()
            except StoreTrouble as trouble:
                log.warning("%s", trouble)
                wait = IDLE
            if wait:
                self.bell.wait(wait)
        self.way.close()

    def _show(self) -> None:
        if self.conditions.state is None:
            return
        try:
            self.way.show(self.conditions.state)
        except Later as why:
            self._say(str(why))

    def _say(self, why: str) -> None:
        """Log what goes wrong once, and once that it is over."""
        if why and why != self._trouble:
            log.warning("%s: %s", self.name, why)
        elif not why and self._trouble:
            log.info("%s: messages go out again", self.name)
        self._trouble = why
