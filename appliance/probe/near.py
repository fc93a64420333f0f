"""Asking the gateways whether they are there, and other machines too: the control.

Without the control, "no answer" may only mean that the box's own cable is out.
"""

from typing import Protocol

from appliance.memory import Memory
from appliance.panel.question import TRIES, TRY_SECONDS, WAIT
from appliance.panel.signs import Round
from appliance.probe.neighbour import Heard

CONTROLS = 4
"""Other machines asked in one round, those heard last."""

REMEMBERED = 64
"""Other machines remembered."""


class Medium(Protocol):
    """What questions go through (`wire.Wire`)."""

    def ask(self, wanted: str) -> bool:
        """Ask who has *wanted*; False when the question cannot be sent."""

    def read(self) -> list[Heard]:
        """Give the neighbours heard since the last time."""

    def lost(self) -> bool:
        """Tell whether frames were lost since this was last asked."""


class Near:
    """Rounds of questions, step by step and without waiting; *now* is a clock that never steps."""

    def __init__(self, medium: Medium) -> None:
        self._medium = medium
        self._near: Memory[str, str] = Memory(REMEMBERED)
        self._gateways: tuple[str, ...] = ()
        self._controls: tuple[str, ...] = ()
        self._answered: dict[str, str] = {}
        self._sound = True
        self._left = 0
        self.due = 0.0
        """When there is something to do again in a round."""
        self.busy = False
        """A round is under way."""

    def begin(self, gateways: tuple[str, ...], now: float) -> None:
        """Start a round of questions to *gateways*; one that is under way is dropped."""
        self._listen()
        self._medium.lost()
        near = [ip for ip in self._near if ip not in gateways]
        self._gateways, self._controls = gateways, tuple(near[-CONTROLS:])
        self._answered = {}
        self._sound, self._left, self.due, self.busy = True, TRIES, now, True

    def poll(self, now: float) -> Round | None:
        """Read and ask what is due; give the round once it is finished.

        A gateway's answer ends it at once; silence takes `TRIES` times `TRY_SECONDS`.
        """
        self._listen()
        if not self.busy:
            return None
        if not self._answers(self._gateways):
            if now < self.due:
                return None
            if self._left:
                self._left, self.due = self._left - 1, max(self.due + TRY_SECONDS, now + WAIT)
                self._ask()
                return None
        self.busy = False
        return Round(
            asked=self._gateways,
            answered=self._answers(self._gateways),
            controls=self._answers(self._controls),
            sound=self._sound and not self._medium.lost(),
        )

    def _ask(self) -> None:
        silent = [ip for ip in self._gateways + self._controls if ip not in self._answered]
        sent = [self._medium.ask(ip) for ip in silent]
        self._sound = self._sound and all(sent)

    def _answers(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{ip} ({self._answered[ip]})" for ip in asked if ip in self._answered)

    def _listen(self) -> None:
        for one in self._medium.read():
            self._near.put(one.ip, one.mac)
            # A gateway that asks is alive too; a control must show that our questions get out.
            if self.busy and (one.answers or one.ip in self._gateways):
                self._answered[one.ip] = one.mac
