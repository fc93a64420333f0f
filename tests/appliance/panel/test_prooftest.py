"""The proof test: it cuts, sees, joins again; whoever isolates meanwhile wins, and for good."""

from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.durations import DAY
from appliance.model import Level
from appliance.panel.prooftest import AFTER, BEFORE, CUT, EVERY, LONGEST
from appliance.panel.signs import Cut
from tests.kit.front_panel import NOON, Bench, Internet, Neighbours, beat
from tests.kit.trials import bench_in, ended, lively, over, shown


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A practice at night, in which the relay opens the line to the gateway."""
    return bench_in(tmp_path)


def logged(bench: Bench) -> list[str]:
    return [entry.what for entry in reversed(bench.control.status().log)]


def test_a_test_cuts_proves_and_joins_again_in_less_than_thirty_seconds(bench: Bench) -> None:
    began = bench.time.run
    assert bench.test() == ""
    assert over(bench) < CUT + 1
    assert bench.time.run - began < 30
    last = shown(bench).last
    assert last is not None
    assert (last.what, last.who, last.proof) == ("test_passed", "tech", "proven")
    assert last.cut_seconds < 2
    assert {"gateway_silent", "gateway_unseen", "internet_silent", "exits_none"} <= set(last.signs)
    assert bench.pins.moves == bench.pins.disk == [False, True, False]
    assert bench.control.status().state == "connected"


def test_the_steps_together_take_less_than_thirty_seconds() -> None:
    assert BEFORE + CUT + AFTER < 30
    assert BEFORE + CUT < LONGEST < 30


def test_it_is_in_the_journal_with_times_and_evidence(bench: Bench) -> None:
    bench.test()
    over(bench)
    assert logged(bench) == [
        "started", "test_begun", "test_cut", "proven", "test_joined", "test_passed",
    ]  # fmt: skip
    told = bench.control.status().log[0].why
    assert "gateway_silent" in told
    assert told.startswith(f"{shown(bench).last.cut_seconds} s")  # type: ignore[union-attr] # it is there


def test_it_learns_what_changes_here(bench: Bench) -> None:
    bench.test(learn=True)
    over(bench)
    learnt = shown(bench).learnt
    assert learnt is not None
    assert learnt.sources == ("probe", "capture", "internet")
    bench.restart()
    assert shown(bench).learnt == learnt


def test_what_was_never_lively_here_is_not_learnt(bench: Bench) -> None:
    """The box has no way to the internet of its own: its silence says nothing."""
    bench.network.outside = None  # type: ignore[union-attr] # this one has it
    bench.test(learn=True)
    over(bench)
    learnt = shown(bench).learnt
    assert learnt is not None
    assert "internet" not in learnt.sources


def test_nothing_is_learnt_of_a_cut_that_is_not_proven(tmp_path: Path) -> None:
    bench = bench_in(tmp_path, wired=False)
    bench.test(learn=True)
    over(bench)
    assert shown(bench).learnt is None


def test_without_learning_what_was_learnt_stays(bench: Bench) -> None:
    bench.test()
    over(bench)
    assert shown(bench).learnt is None


def test_what_told_of_a_cut_and_no_longer_does_is_said(bench: Bench) -> None:
    """The mirror port was moved: the cut is proven still, but not by all that proved it before."""
    bench.test(learn=True)
    over(bench)
    bench.time.pass_by(DAY)
    bench.network.outside = None  # type: ignore[union-attr] # this one has it
    bench.test()
    last = ended(bench)
    assert (last.what, last.missing) == ("test_differs", ("internet",))
    faults = bench.control.status().faults
    assert "test_differs" in faults
    assert "test_failed" not in faults  # it would say that the cut is not safe


def test_a_cut_beyond_the_router_is_proven_by_what_the_test_itself_saw_before(
    tmp_path: Path,
) -> None:
    """The router answers throughout; the internet and its traffic fall silent."""

    class Router(Neighbours):
        def join(self, joined: bool) -> None:
            assert self.outside is not None
            self.outside.joined = joined

    bench = Bench(tmp_path, network=Router(outside=Internet()), cut=Cut.WAN, wired=True)
    bench.test(learn=True)
    last = ended(bench)
    assert last.what == "test_passed"
    assert {"gateway_beside", "outside_unseen", "internet_silent"} <= set(last.signs)
    assert shown(bench).learnt.sources == ("capture", "internet")  # type: ignore[union-attr] # it is there


def test_a_cut_beyond_the_router_that_was_never_tested_is_not_proven(tmp_path: Path) -> None:
    bench = bench_in(tmp_path, cut=Cut.WAN)
    lively(bench)
    bench.run(1)
    bench.isolate()
    for _ in range(30):
        lively(bench)
        bench.run(0.5)
    assert bench.control.status().proof == "not_proven"
    assert "internet_unlearned" in bench.signs()


def test_a_relay_in_the_wrong_cable_fails_the_test_and_the_light_says_so(tmp_path: Path) -> None:
    bench = bench_in(tmp_path, wired=False)
    bench.test()
    assert ended(bench).what == "test_not_proven"
    assert "test_failed" in bench.control.status().faults
    assert bench.control.status().light is Level.LOOK
    assert not bench.pins.isolated


def test_a_line_that_does_not_come_back_is_said(bench: Bench) -> None:
    bench.test()
    while not bench.pins.isolated:
        bench.run(0.2)
    assert isinstance(bench.network, Neighbours)
    bench.network.join = lambda joined: None  # type: ignore[method-assign] # it broke
    bench.beating = None
    for _ in range(300):
        bench.run(0.2)
    last = shown(bench).last
    assert last is not None
    assert (last.proof, last.joined_seconds, last.what) == ("proven", None, "test_not_joined")


@pytest.mark.parametrize(
    ("before", "asked", "refused"),
    [
        (lambda bench: bench.isolate(), {}, "test_isolated"),
        (lambda bench: bench.test(), {}, "test_running"),
        (lambda bench: bench.control.hear(beat(Level.DANGER)), {}, "test_danger"),
        (lambda bench: bench.control.hear(beat(Level.DANGER)), {"force": True}, ""),
        (lambda bench: setattr(bench, "busy", True), {}, "test_hours"),
        (lambda bench: setattr(bench, "busy", True), {"confirmed": True}, ""),
        (lambda bench: None, {"technician": False}, "only_technician"),
    ],
)
def test_when_it_is_refused(
    bench: Bench, before: Callable[[Bench], object], asked: dict[str, bool], refused: str
) -> None:
    before(bench)
    assert bench.test(**asked) == refused


def test_it_is_refused_for_ten_minutes_after_the_last(bench: Bench) -> None:
    bench.test()
    over(bench)
    assert bench.test() == "test_too_soon"
    bench.time.pass_by(EVERY)
    assert bench.test() == ""


def test_it_does_not_begin_within_a_minute_of_a_reconnection(bench: Bench) -> None:
    """At most one reconnection a minute, whoever it is from."""
    bench.isolate()
    bench.run(6)
    bench.reconnect()
    bench.test()
    bench.run(10)
    assert bench.pins.moves == [False, True, False]
    assert not shown(bench).running


def test_an_overdue_test_is_a_notice_until_it_is_done(bench: Bench) -> None:
    bench.time.pass_by(35 * DAY - 60)
    bench.run(1)
    assert bench.control.status().faults == ()
    bench.time.pass_by(61)
    bench.run(1)
    status = bench.control.status()
    assert (status.faults, status.light) == (("test_overdue",), Level.LOOK)
    bench.test()
    over(bench)
    assert bench.control.status().faults == ()


def test_the_days_to_the_first_test_survive_a_restart(bench: Bench) -> None:
    bench.time.pass_by(20 * DAY)
    bench.restart()
    assert shown(bench).due_at == NOON + 35 * DAY


def test_the_light_says_that_it_is_a_test(bench: Bench) -> None:
    bench.test()
    bench.run(1.0)
    assert bench.control.status().light_why == "panel.why.test"


def test_nothing_is_asked_of_the_internet_between_tests(bench: Bench) -> None:
    """Before, while and after the cut; then no more."""
    bench.run(20)
    assert bench.network.outside.rounds == 0  # type: ignore[union-attr] # this one has it
    bench.test()
    over(bench)
    rounds = bench.network.outside.rounds  # type: ignore[union-attr] # the same
    assert 3 <= rounds < 12
    bench.run(60)
    assert bench.network.outside.rounds == rounds  # type: ignore[union-attr] # the same
