"""The rounds that the panel wants: begun when a new one is wanted, told as soon as each is over."""

from collections.abc import Iterator

from appliance.panel.question import QUESTIONS, Question, Told
from appliance.panel.signs import SETTLE
from appliance.probe.management import Network
from appliance.probe.near import Near

STEP = 0.02
"""Longest time between two looks for answers in a round, in seconds."""

LOOK_EVERY = 10.0
"""Seconds between two looks at the network of the box itself: cards come and go."""


class Rounds:
    """The gateways and the internet, asked through *network*; *now* is a clock that never steps."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._near: Near | None = None
        self._question: Question | None = None
        self._begin_at: float | None = None
        """When the round that is wanted is to begin; None when it has, or there is none."""
        self._look_at = 0.0

    def want(self, question: Question | None, now: float) -> None:
        """Have the round that is wanted take the place of any other; or of none."""
        if question is not None and question == self._question:
            return
        self._drop()
        self._look(now)
        self._question = question
        self._begin_at = None if question is None else min(question.at, now + SETTLE)

    def turn(self, now: float) -> Iterator[Told]:
        """Ask what is due; give what is to be told."""
        if now >= self._look_at:
            self._look(now)
        if self._question is not None and self._begin_at is not None and now >= self._begin_at:
            self._begin(self._question, now)
        near = self._near.poll(now) if self._near is not None else None
        outside = self._network.outside
        far = outside.poll(now) if outside is not None else None
        if near is not None or far is not None:
            yield self.told(round=near, asked=far)

    def told(self, **found: object) -> Told:
        """Give what can be told: what can be asked, and what was *found*."""
        return Told(
            near=self._near is not None,
            far=self._network.outside is not None,
            number=self._question.number if found and self._question else None,
            **found,  # type: ignore[arg-type] # each of its own kind
        )

    def wait(self, now: float) -> float:
        """Give the seconds for which there is nothing to do in a round; `LOOK_EVERY` in none."""
        if self._begin_at is not None:
            return max(0.0, self._begin_at - now)
        if self._near is not None and self._near.busy:
            return min(STEP, max(0.0, self._near.due - now))
        outside = self._network.outside
        return STEP if outside is not None and outside.busy else LOOK_EVERY

    def close(self) -> None:
        """Ask nobody any more."""
        self._drop()
        self._network.close()

    def _begin(self, question: Question, now: float) -> None:
        self._begin_at = None
        if self._network.outside is not None:
            self._network.outside.begin(now)
        if self._near is not None:
            asked = dict.fromkeys((self._network.gateway, *question.gateways[:QUESTIONS]))
            self._near.begin(tuple(ip for ip in asked if ip), now)

    def _look(self, now: float) -> None:
        self._look_at = now + LOOK_EVERY
        self._network.look()
        if self._near is None and self._network.medium is not None:
            self._near = Near(self._network.medium)

    def _drop(self) -> None:
        """End rounds under way: they began before what now counts."""
        if self._near is not None:
            self._near.busy = False
        if self._network.outside is not None:
            self._network.outside.close()
