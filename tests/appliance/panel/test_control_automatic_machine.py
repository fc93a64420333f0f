"""Whatever happens in whatever order: only a count-down cuts by itself, and never twice an hour."""

import itertools

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from appliance.config import Automatic
from appliance.model import Level
from appliance.panel.countdown import REST
from appliance.panel.journal import AUTOMATIC
from tests.appliance.panel.test_control_machine import SOON, Panel
from tests.kit.examples import usually

COUNT = 10
"""Seconds of a count-down here: few, so that many end."""


class Counting(Panel):
    """The same panel, where the technician turned automatic isolation on."""

    automatic = Automatic(detectors=("ransomware",), seconds=COUNT)

    def __init__(self) -> None:
        super().__init__()
        self.ends: float | None = None
        """When the count-down that runs is over."""
        self.planned: list[float] = []
        """When those that began were over, or would have been."""

    @property
    def isolated(self) -> bool:
        """Somebody isolated, or a count-down did, and nobody has reconnected."""
        return self._isolated

    @isolated.setter
    def isolated(self, isolated: bool) -> None:
        """Whatever cuts ends the count-down."""
        self._isolated = isolated
        if isolated:
            self.ends = None

    @rule(detector=st.sampled_from(["ransomware", "ransomware", "known_bad"]))
    def the_sensor_announces_a_cut(self, detector: str) -> None:
        before = self.bench.control.latch
        if self.bench.announce(detector) == "":
            assert (detector, before.isolated, self.ends) == ("ransomware", False, None)
            assert not self.away
            self.ends = self.bench.time.run + COUNT
            self.planned.append(self.ends)

    @rule(late=st.booleans())
    def somebody_stops_it(self, late: bool) -> None:
        """Also at the last moment: whoever does so before the relay moved is in time."""
        if late and self.ends is not None:
            self.bench.time.pass_by(max(0.0, self.ends - self.bench.time.run))
        assert (self.bench.control.stop("camille") == "") is (self.ends is not None)
        self.ends = None

    @precondition(lambda self: not self.bench.pins.deaf)
    @rule()
    def the_button_is_pressed_shortly(self) -> None:
        for pressed, seconds in ((False, 0.1), (True, 0.4)):
            self.bench.pins.button = pressed
            self.run(seconds)
        self.bench.pins.button = False
        if self.ends is not None and self.ends - self.bench.time.run > SOON:
            self.bench.run(0.05)
            assert self.bench.control.status().count_down is None
            self.ends = None
        self.run(SOON)

    @precondition(lambda self: self.ends is None)
    @rule()
    def an_hour_passes(self) -> None:
        self.bench.time.pass_by(REST)
        self.run(2 * SOON)  # a test that was about to cut does so at the first look

    def run(self, seconds: float) -> None:
        """Let time pass; only a count-down that is over may have cut meanwhile, and then it has."""
        self.bench.run(seconds)
        latch, now = self.bench.control.latch, self.bench.time.run
        if latch.who == AUTOMATIC and latch.isolated and not self.isolated:
            assert self.ends is not None
            assert now >= self.ends
            self.calm_since = self.ends
            self.isolated = True
        assert self.ends is None or now < self.ends + SOON

    def it_starts_again(self) -> None:
        """Nobody could have followed a count-down meanwhile: it is over."""
        self.ends = None
        if self.clock_was_set:  # only the clock of the day outlives a process
            self.planned.clear()
        super().it_starts_again()

    @invariant()
    def a_count_down_runs_when_it_should_and_shows(self) -> None:
        status = self.bench.control.status()
        assert (status.count_down is not None) is (self.ends is not None)
        assert (status.light is Level.COUNTING) is (self.ends is not None)

    @invariant()
    def nothing_is_cut_or_tested_while_it_runs(self) -> None:
        latch = self.bench.control.latch
        assert self.ends is None or (not latch.isolated and latch.test_until is None)

    @invariant()
    def never_two_within_an_hour(self) -> None:
        pairs = itertools.pairwise(self.planned)
        assert all(later - earlier >= REST for earlier, later in pairs)


TestCounting = Counting.TestCase
TestCounting.settings = settings(max_examples=usually(40), stateful_step_count=25, deadline=None)
