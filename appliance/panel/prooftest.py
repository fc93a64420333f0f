"""The proof test: cut, see that the cut shows, join again, see that the line is back.

Diagnosis finds most faults by itself; a welded contact, a cable around the relay or a mirror port
that was moved show only when the line is really cut. The test is one technician's order and ends
by itself: its latch says so on the disk (`latch.Latch.test_until`), and whoever isolates meanwhile
takes it over, for good.

====== ============================================== =====================
step   until                                          then
====== ============================================== =====================
before the round of questions is over, or `BEFORE`    cut
cut    there is a verdict and no sign is still open,  join
       or `CUT`
after  all that was lively before is back, or `AFTER` the result is written
====== ============================================== =====================
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from appliance.config import Panel
from appliance.durations import DAY
from appliance.panel import tested
from appliance.panel.latch import Kind, Latch, Order
from appliance.panel.request import Wanted
from appliance.panel.signs import WAITING, Cut, Says, Sign, Source
from appliance.panel.status import ProofTestShown
from appliance.panel.tested import SOURCES, Ended, Learnt
from appliance.panel.verify import Proof
from appliance.panel.watch import Watch

TESTED = "cut-tests.json"

BEFORE = 3.0
CUT = 12.0
AFTER = 12.0
"""Most seconds of each step; together less than 30."""

AFTER_POWER = 300.0
"""Seconds for which an internet box whose power was cut may take to start, and a switch to pass on
what comes through a port that was opened: spanning tree listens first."""

LONGEST = BEFORE + CUT + 3.0
"""Seconds after which the line is joined again, whatever the steps are waiting for."""

SURVEY_EVERY = 2.0
"""Seconds between two rounds of questions while waiting for the line to be back."""

EVERY = 600.0
"""Seconds between two tests: each one interrupts everybody's work."""


_log = logging.getLogger(__name__)


class Step(StrEnum):
    """Where a test is."""

    BEFORE = "before"
    CUT = "cut"
    AFTER = "after"


class ProofTest:
    """One test at a time; it gives the orders, and `Control` carries them out."""

    def __init__(
        self,
        watch: Watch,
        path: Path,
        settings: Panel,
        now: float,
        busy: Callable[[float], bool] = lambda _: True,
    ) -> None:
        """Go on from what *path* keeps.

        *busy* tells whether people may be at work; as long as that is not known, they are.
        """
        self.watch = watch
        self._path = path
        self._cut = Cut(settings.cut)
        self._relay = settings.relay_kind != "none"
        self._days = settings.test_days
        self._busy = busy
        self.record = tested.load(path, self._cut, now)
        watch.learnt = self.record.learnt
        if self.record.last is None:  # the days to the first test count from here
            self._keep()
        self._step: Step | None = None
        self._wanted = Wanted()
        self._began = self._step_began = self._surveyed_at = 0.0
        self._lively: frozenset[str] = frozenset()
        self._back: dict[str, float] = {}
        self._verdict_after: float | None = None
        self._found: tuple[Sign, ...] = ()
        self._proof = Proof.NONE
        self._ended = False

    def shown(self) -> ProofTestShown:
        """Give what people are told of the test."""
        return ProofTestShown(
            running=self._step is not None,
            last=self.record.last,
            learnt=self.record.learnt,
            due_at=self._due_at(),
            switch=self.record.switch,
        )

    def faults(self, now: float) -> set[str]:
        """Give what is amiss: keys of ``[panel.fault]``."""
        results = (self.record.last, self.record.switch)
        bad = {one.what for one in results if one is not None and one.what != "test_passed"}
        if bad:
            return {"test_differs" if what == "test_differs" else "test_failed" for what in bad}
        return {"test_overdue"} if now > self._due_at() else set()

    def _due_at(self) -> float:
        last = self.record.last.at if self.record.last else self.record.since
        return last + self._days * DAY

    def begin(
        self, wanted: Wanted, latch: Latch, now: float, steady: float, *, danger: bool
    ) -> str:
        """Look how things are before the cut; or give the key of the reason not to test now."""
        before = [one.at for one in (self.record.last, self.record.switch) if one]
        reasons = {
            "test_running": self._step is not None,
            "test_isolated": latch.isolated,
            "test_danger": danger and not wanted.force,
            "test_hours": not wanted.confirmed and self._busy(now),
            "test_too_soon": any(abs(now - at) < EVERY for at in before),
        }
        refused = next((key for key, there in reasons.items() if there), "")
        if not refused:
            self._wanted, self._began = wanted, steady
            self._found, self._verdict_after, self._back = (), None, {}
            self._go(Step.BEFORE, steady)
            self.watch.survey(steady)
        return refused

    def turn(self, latch: Latch, now: float, steady: float) -> Order | None:
        """Go on; give the order that is due."""
        if self._step is not Step.CUT and latch.test_until is not None:  # a cut without its test
            return self._order(Kind.END_TEST, now)
        if self._step is None:
            return None
        if latch.isolated if self._step is not Step.CUT else latch.test_until is None:
            self._step = None  # somebody isolated or reconnected: it is in their hands
        elif self._step is Step.BEFORE and self._looked_before(now, steady):
            return self._order(Kind.TEST, now)
        elif self._step is Step.CUT and self._saw_the_cut(steady):
            return self._order(Kind.END_TEST, now)
        elif self._step is Step.AFTER:
            self._look_after(now, steady)
        return None

    def ordered(self, order: Order, refused: str, steady: float) -> None:
        """Take in what became of an order that `turn` gave."""
        if refused:
            self._step = None
        elif self._step is not None:
            self._go(Step.CUT if order.kind is Kind.TEST else Step.AFTER, steady)

    @property
    def of_the_switch(self) -> bool:
        """A test runs that is of the switch's port alone."""
        return self._step is not None and self._wanted.switch

    def rests_relay(self, latch: Latch) -> bool:
        """Tell whether *latch* cuts, but not by the relay: the switch's port is tested."""
        return latch.test_until is not None and self.of_the_switch

    @property
    def internet_before(self) -> bool:
        """Hosts of the internet answered just before this test cut the line."""
        return self._step is Step.BEFORE and Source.INTERNET in self._lively

    def take_result(self, now: float) -> Ended | None:
        """Give the result once, when the test has just ended, and keep it."""
        if self._step is not Step.AFTER or not self._ended:
            return None
        self._step = None
        told = {str(sign.source) for sign in self._found if sign.says is Says.YES}
        learnt, missing = self.record.learnt, tuple[str, ...]()
        beside = self._wanted.switch and self._relay
        if self._wanted.learn and not beside and self._proof is Proof.PROVEN:
            changed = tuple(one for one in SOURCES if one in told and one in self._lively)
            learnt = Learnt(at=now, cut=str(self._cut), sources=changed)
        elif learnt is not None:
            missing = tuple(one for one in learnt.sources if one not in told)
        result = Ended(
            at=now,
            who=self._wanted.who,
            proof=str(self._proof),
            cut_seconds=round(self._verdict_after or 0.0, 2),
            joined_seconds=round(min(self._back.values()), 2) if self._back else None,
            signs=tuple(sign.what for sign in self._found),
            missing=missing,
        )
        about = {"switch" if beside else "last": result, "learnt": learnt}
        self.record = replace(self.record, **about)  # type: ignore[arg-type] # each of its own kind
        self.watch.learnt = learnt
        self._keep()
        return result

    def _order(self, kind: Kind, now: float) -> Order:
        until = now + LONGEST if kind is Kind.TEST else None
        who, why = self._wanted.who, self._wanted.why
        return Order(kind=kind, at=now, who=who, why=why, technician=True, until=until)

    def _go(self, step: Step, steady: float) -> None:
        self._step, self._step_began, self._ended = step, steady, False
        self._surveyed_at = steady - SURVEY_EVERY

    def _looked_before(self, now: float, steady: float) -> bool:
        self._lively = self.watch.lively(now)
        return self.watch.surveyed or steady - self._step_began >= BEFORE

    def _saw_the_cut(self, steady: float) -> bool:
        waited = steady - self._step_began
        if self._verdict_after is None and self.watch.proof is not Proof.CHECKING:
            self._verdict_after = waited
        still = any(sign.what in WAITING for sign in self.watch.signs)
        late = waited >= CUT or steady - self._began >= LONGEST
        self._proof, self._found = self.watch.proof, self.watch.signs
        return late or (self._verdict_after is not None and not still)

    def _look_after(self, now: float, steady: float) -> None:
        waited = steady - self._step_began
        for source in self.watch.lively(now, since=now - waited):
            self._back.setdefault(source, waited)
        if self.watch.surveyed and steady - self._surveyed_at >= SURVEY_EVERY:
            self._surveyed_at = steady
            self.watch.survey(steady)
        slow = self._cut is Cut.POWER or self._wanted.switch or not self._relay
        most = AFTER_POWER if slow else AFTER
        self._ended = bool(self._lively and self._lively <= set(self._back)) or waited >= most

    def _keep(self) -> None:
        try:
            tested.save(self._path, self.record)
        except OSError as error:
            _log.warning("The result of the proof test cannot be written: %s.", error)


def spelled(result: Ended) -> str:
    """Give the times and the evidence of *result*, for the journal."""
    joined = "? s" if result.joined_seconds is None else f"{result.joined_seconds} s"
    missing = f" ≠ {', '.join(result.missing)}" if result.missing else ""
    return f"{result.cut_seconds} s, {joined}: {', '.join(result.signs)}{missing}"
