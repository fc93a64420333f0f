"""Whatever happens in whatever order: the rules of the latch hold."""

import itertools
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from appliance.config import Automatic
from appliance.model import Level
from appliance.panel.control import LATCH
from appliance.panel.lamp import Part
from appliance.panel.latch import RECONNECT_EVERY
from appliance.panel.latch_file import DamagedLatch, load
from appliance.panel.sequence import CALM, PAUSE_MAX, PAUSE_MIN
from tests.kit.examples import usually
from tests.kit.front_panel import Bench

SOON = 0.2
"""Seconds after which a contact that does not follow is a fault: a tenth, and two looks more."""


class Panel(RuleBasedStateMachine):
    """Orders, faults, kills and passing time, against what must always be true."""

    automatic = Automatic()

    @initialize(on_site=st.booleans())
    def begin(self, on_site: bool) -> None:
        self.top = Path(tempfile.mkdtemp(prefix="vigie-panel-"))
        folder = self.top / "state"
        folder.mkdir()
        self.on_site = on_site
        self.bench = Bench(folder, reconnect_by_button=on_site, automatic=self.automatic)
        self.bench.pins.follows = True
        self.isolated = False
        """Somebody isolated, and nobody has reconnected."""
        self.reconnections: list[float] = []
        self.away = False
        self.clock_was_set = False
        self.presses: list[tuple[float, float]] = []
        """When the button went down and up again."""
        self.calm_since = self.bench.time.run
        """When somebody else last ordered to isolate, or the panel started."""

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.bench.run(seconds)

    @rule(who=st.sampled_from(["alice", "@button"]))
    def isolate(self, who: str) -> None:
        assert self.bench.isolate(who) == ""
        if who != "@button" or not self.isolated:
            self.calm_since = self.bench.time.run
        self.isolated = True
        self.run(SOON)

    @rule(technician=st.booleans())
    def reconnect(self, technician: bool) -> None:
        refused = self.bench.reconnect(technician=technician)
        if not refused:
            assert technician
            self.it_was_reconnected()
        self.run(SOON)

    @rule(technician=st.booleans())
    def a_proof_test_begins(self, technician: bool) -> None:
        self.bench.test(technician=technician, confirmed=True, force=True)
        self.run(2 * SOON)  # it cuts at the first look, and then the contacts have their time

    @rule(part=st.sampled_from(Part))
    def a_colour_is_tried(self, part: Part) -> None:
        self.bench.control.try_lamp(part)
        self.run(SOON)

    def it_was_reconnected(self) -> None:
        if self.isolated:
            assert not self.away
            assert not self.bench.pins.refusing
            self.reconnections.append(self.bench.time.run)
        self.isolated = False

    @rule(seconds=st.sampled_from([0.2, 3.0, 6.0, 61.0]))
    def time_passes(self, seconds: float) -> None:
        self.run(seconds)

    @rule(seconds=st.sampled_from([-3600.0, -30.0, 30.0, 3600.0]))
    def the_clock_is_set(self, seconds: float) -> None:
        self.bench.time.day += seconds
        self.clock_was_set = True
        self.run(SOON)

    @precondition(lambda self: not self.bench.pins.deaf)
    @rule(calm=st.booleans(), rest=st.sampled_from([0.1, 2.0, 4.0]), holds=st.integers(1, 4))
    def the_button_is_held(self, calm: bool, rest: float, holds: int) -> None:
        """Each hold isolates; three in the rhythm may then reconnect, where that is allowed."""
        self.bench.pins.button = False
        self.run(61.0 if calm else 0.1)
        for _ in range(holds):
            self.run(rest)
            down = self.bench.time.run
            if not self.isolated:
                self.calm_since = down
            self.bench.pins.button = True
            self.run(2.5)
            assert self.bench.control.latch.isolated
            self.isolated = True
            self.bench.pins.button = False
            self.presses.append((down, self.bench.time.run))
            self.run(0.1)
            if not self.bench.control.latch.isolated:
                self.the_last_three_presses_were_the_sequence()
                self.it_was_reconnected()
        self.run(SOON)

    def the_last_three_presses_were_the_sequence(self) -> None:
        assert self.on_site
        first, second, third = self.presses[-3:]
        assert first[0] - self.calm_since >= CALM
        for before, after in ((first, second), (second, third)):
            assert PAUSE_MIN - 0.1 <= after[0] - before[1] <= PAUSE_MAX + 0.1

    @precondition(lambda self: not self.away)
    @rule(at_once=st.booleans())
    def it_is_killed_and_started_again(self, at_once: bool) -> None:
        """It goes on from the disk; what that refused was said before."""
        self.run(0 if at_once else 1.1)
        try:
            latch = load(self.bench.folder / LATCH)
            kept = latch.isolated and latch.test_until is None
        except DamagedLatch:
            kept = True
        if kept is not self.isolated:
            assert "latch_unsaved" in self.bench.control.status().faults
        self.isolated = kept  # a proof test was no order to stay cut: it is over
        if self.clock_was_set:  # only the clock of the day outlives a process
            self.reconnections.clear()
        self.it_starts_again()
        self.run(SOON)

    def it_starts_again(self) -> None:
        self.bench.pins.button = False
        self.calm_since = self.bench.time.run
        self.bench.restart()

    @precondition(lambda self: not self.away)
    @rule(damage=st.sampled_from([b"", b"\0" * 200, b'{"version": 9}']))
    def the_file_is_damaged_and_it_is_started_again(self, damage: bytes) -> None:
        (self.bench.folder / LATCH).write_bytes(damage)
        self.reconnections.clear()  # the file also said when that was
        self.it_starts_again()
        self.isolated = True
        status = self.bench.control.status()
        assert (status.state, "latch_damaged" in status.faults) == ("isolated", True)
        self.run(SOON)

    @rule(broken=st.booleans())
    def the_relay_breaks_or_is_mended(self, broken: bool) -> None:
        self.bench.pins.broken = broken
        self.run(1.1)

    @rule(stuck=st.sampled_from([None, True, False]))
    def the_contact_sticks_or_follows(self, stuck: bool | None) -> None:
        self.bench.pins.follows, self.bench.pins.contact = stuck is None, stuck
        self.run(SOON)

    @rule(torn=st.booleans())
    def the_wire_of_a_contact_tears_or_is_mended(self, torn: bool) -> None:
        self.bench.pins.torn = torn
        self.run(SOON)

    @rule(deaf=st.booleans())
    def the_button_cannot_be_read_or_can(self, deaf: bool) -> None:
        self.bench.pins.deaf = deaf
        self.run(SOON)

    @rule()
    def the_disk_goes_or_comes_back(self) -> None:
        here, away = self.top / "state", self.top / "away"
        (away if self.away else here).rename(here if self.away else away)
        self.away = not self.away

    @precondition(lambda self: not self.away)
    @rule()
    def the_disk_refuses_the_latch_or_takes_it(self) -> None:
        """Where the new file would be written, there is a folder."""
        in_the_way = self.bench.folder / f"{LATCH}.new"
        if self.bench.pins.refusing:
            in_the_way.rmdir()
        else:
            in_the_way.mkdir()
        self.bench.pins.refusing = not self.bench.pins.refusing

    @invariant()
    def the_latch_is_what_was_ordered(self) -> None:
        latch = self.bench.control.latch
        assert latch.isolated is (self.isolated or latch.test_until is not None)
        assert not (self.isolated and latch.test_until is not None)

    @invariant()
    def the_relay_is_where_the_latch_is(self) -> None:
        pins, latch = self.bench.pins, self.bench.control.latch
        failing = "relay_failed" in self.bench.control.status().faults
        assert pins.isolated is latch.isolated or (pins.broken and failing)

    @invariant()
    def a_contact_that_says_otherwise_is_a_fault(self) -> None:
        pins, faults = self.bench.pins, self.bench.control.status().faults
        wrong = pins.opened() is not self.bench.control.latch.isolated
        assert ("contact_torn" in faults) is pins.torn
        assert ("contact_stuck" in faults) is (wrong and not pins.torn)

    @invariant()
    def a_fault_is_shown(self) -> None:
        status = self.bench.control.status()
        assert not status.faults or status.light not in {Level.WELL, Level.LEARNING}

    @invariant()
    def no_colour_is_tried_while_the_line_is_cut(self) -> None:
        status = self.bench.control.status()
        assert status.lamp == "" or status.state == "connected"

    @invariant()
    def the_disk_knew_before_the_relay_moved(self) -> None:
        """Unless it could not be written, and that is said."""
        pins = self.bench.pins
        assert pins.disk == pins.moves

    @invariant()
    def no_test_cuts_for_more_than_half_a_minute(self) -> None:
        """By the clock of the day, which is what the latch has; set, it says nothing."""
        latch, day = self.bench.control.latch, self.bench.time.day
        assert latch.test_until is None or self.clock_was_set or day < latch.test_until + 1

    @invariant()
    def at_most_one_reconnection_a_minute(self) -> None:
        pairs = itertools.pairwise(self.reconnections)
        assert all(later - earlier >= RECONNECT_EVERY for earlier, later in pairs)

    @invariant()
    def what_is_not_on_disk_is_said(self) -> None:
        try:
            latch = None if self.away else load(self.bench.folder / LATCH)
            kept = latch is not None and latch.isolated
        except DamagedLatch:
            kept = True
        if not self.away and kept is not self.bench.control.latch.isolated:
            assert "latch_unsaved" in self.bench.control.status().faults

    def teardown(self) -> None:
        if hasattr(self, "top"):
            shutil.rmtree(self.top)


TestPanel = Panel.TestCase
TestPanel.settings = settings(max_examples=usually(40), stateful_step_count=25, deadline=None)
