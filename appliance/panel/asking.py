"""Having somebody asked: rounds of questions that the panel wants, and what it is told of them.

The panel itself asks nobody; it says in its status which round it wants, and whoever may tell
(`rights`) tells. What comes back is judged by the panel's own clock and its own number: a round
that began before it was wanted, that comes late, or that cannot have waited for an answer shows
nothing. Who tells nothing is not waited for by any order, and proves nothing.
"""

from dataclasses import replace
from itertools import count
from secrets import randbits

from appliance.panel.question import QUESTIONS, TRIES, TRY_SECONDS, Question, Told
from appliance.panel.signs import Asked, Round

LATE = 5.0
"""Seconds after which what a round finds is not waited for any more: it takes 1.5."""

FRESH = 20.0
"""Seconds for which whoever asks is taken to be there."""

SOONEST = TRIES * TRY_SECONDS - 0.01
"""Seconds that silence takes at least; the rest is for the rounding of clocks."""


class Asking:
    """One round at a time; *steady* is a clock that never steps."""

    def __init__(self) -> None:
        self._numbers = count(randbits(48))  # another panel's round has another number
        self._begun = 0.0
        self._told: Told | None = None
        self._heard_at: float | None = None
        self._near: Round | None = None
        self._far: Asked | None = None
        self._awaited = frozenset[str]()
        self.question: Question | None = None
        """What is wanted now."""

    @property
    def busy(self) -> bool:
        """A round is under way."""
        return self.question is not None

    @property
    def near(self) -> bool:
        """The gateways can be asked, as far as is known."""
        return self._told is None or self._told.near

    @property
    def far(self) -> bool:
        """Hosts of the internet can be asked."""
        return self._told is not None and self._told.far

    def unheard(self, steady: float) -> bool:
        """Tell whether whoever is to ask has been silent for too long."""
        return self._heard_at is not None and steady - self._heard_at > FRESH

    def begin(self, gateways: tuple[str, ...], at: float) -> None:
        """Want a round to *gateways* from *at* on; of any before nothing counts any more."""
        self._near = self._far = None
        self._begun = at
        can = {"near": self.near, "far": self._told is None or self.far}
        self._awaited = frozenset(name for name, able in can.items() if able)
        self.question = Question(number=next(self._numbers), gateways=gateways[:QUESTIONS], at=at)

    def drop(self) -> None:
        """Want nothing any more."""
        self._near = self._far = self.question = None

    def hear(self, told: Told, steady: float) -> bool:
        """Take in what is told; tell whether that was awaited."""
        self._told, self._heard_at = told, steady
        question = self.question
        if question is None or told.number != question.number:
            return False
        before = self._awaited
        if told.round is not None and "near" in self._awaited:
            self._near = self._judged(told.round, question, steady - self._begun)
            self._awaited -= {"near"}
        if told.asked is not None and "far" in self._awaited:
            self._far = told.asked
            self._awaited -= {"far"}
        return self._awaited != before

    def poll(self, steady: float) -> tuple[Round | None, Asked | None]:
        """Give what was told of the round that is wanted, once."""
        if self._heard_at is None:
            self._heard_at = steady  # it has as long from the start as between two words
        if not self._awaited or steady - self._begun > LATE:
            self.question = None
        found = self._near, self._far
        self._near = self._far = None
        return found

    @staticmethod
    def _judged(told: Round, question: Question, waited: float) -> Round:
        """Give *told*, which is not sound if it is silence that nobody can have waited for."""
        if told.answered or (waited >= SOONEST and set(question.gateways) <= set(told.asked)):
            return told
        return replace(told, sound=False)
