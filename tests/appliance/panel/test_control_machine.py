"""Whatever happens in whatever order: the rules of the latch hold."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from appliance.panel.control import LATCH
from appliance.panel.latch import RECONNECT_EVERY
from appliance.panel.latch_file import load
from tests.kit.front_panel import Bench


class Panel(RuleBasedStateMachine):
    """Orders, faults, kills and passing time, against what must always be true."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="vigie-panel-"))
        folder = self.top / "state"
        folder.mkdir()
        self.bench = Bench(folder)
        self.isolated = False
        """Somebody isolated, and nobody has reconnected."""
        self.reconnections: list[float] = []
        self.disk = True

    @rule(who=st.sampled_from(["alice", "@button"]))
    def isolate(self, who: str) -> None:
        assert self.bench.isolate(who) == ""
        self.isolated = True

    @rule(technician=st.booleans())
    def reconnect(self, technician: bool) -> None:
        refused = self.bench.reconnect(technician=technician)
        if not refused:
            assert technician
            if self.isolated:
                assert self.disk
                self.reconnections.append(self.bench.time.run)
            self.isolated = False

    @rule(technician=st.booleans())
    def a_proof_test_begins(self, technician: bool) -> None:
        self.bench.test(technician=technician, confirmed=True, force=True)

    @rule(seconds=st.sampled_from([0.05, 3.0, 6.0, 61.0]))
    def time_passes(self, seconds: float) -> None:
        self.bench.run(seconds)

    @rule()
    def the_button_is_held(self) -> None:
        self.bench.pins.button = False
        self.bench.run(0.1)
        self.bench.pins.button = True
        self.bench.run(2.2)
        self.bench.pins.button = False
        self.isolated = True

    @precondition(lambda self: self.disk and not self.bench.pins.broken)
    @rule()
    def it_is_killed_and_started_again(self) -> None:
        """Time enough passes that what the disk refused was written since."""
        self.bench.run(1.1)
        tested = self.bench.control.latch.test_until is not None
        self.bench.restart()
        assert not (tested and self.bench.pins.isolated)

    @rule(broken=st.booleans())
    def the_relay_breaks_or_is_mended(self, broken: bool) -> None:
        self.bench.pins.broken = broken
        self.bench.run(1.1)

    @rule()
    def the_disk_goes_or_comes_back(self) -> None:
        here, away = self.top / "state", self.top / "away"
        (here if self.disk else away).rename(away if self.disk else here)
        self.disk = not self.disk

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
    def the_disk_knew_before_the_relay_moved(self) -> None:
        """Unless it could not be written, and that is said."""
        pins = self.bench.pins
        assert pins.disk == pins.moves

    @invariant()
    def no_test_cuts_for_more_than_half_a_minute(self) -> None:
        latch = self.bench.control.latch
        assert latch.test_until is None or self.bench.time.day < latch.test_until + 1

    @invariant()
    def at_most_one_reconnection_a_minute(self) -> None:
        pairs = zip(self.reconnections, self.reconnections[1:], strict=False)
        assert all(later - earlier >= RECONNECT_EVERY for earlier, later in pairs)

    @invariant()
    def what_is_not_on_disk_is_said(self) -> None:
        kept = load(self.bench.folder / LATCH) if self.disk else self.bench.control.latch
        if kept.isolated is not self.bench.control.latch.isolated:
            assert "latch_unsaved" in self.bench.control.status().faults

    def teardown(self) -> None:
        shutil.rmtree(self.top)


TestPanel = Panel.TestCase
TestPanel.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
