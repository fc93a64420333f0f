"""What the panel makes of a switch's word: shown, noted, never weighed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.control import Control
from appliance.panel.faults import FAULTS
from appliance.panel.latch import Latch
from appliance.panel.second import (
    DETAIL,
    FRESH,
    PATIENCE,
    REMARKS,
    SAID,
    TROUBLES,
    Said,
    Second,
    from_json,
    to_json,
)
from appliance.panel.signs import MEANING, Says
from appliance.panel.verify import Proof
from appliance.texts import LANGUAGES, say
from tests.kit.front_panel import Bench, isolated

CUT, JOINED = isolated(), Latch()
TESTED = isolated(test_until=2e9)
OPEN, SHUT = Said(shut=False, what="open"), Said(shut=True, what="shut")


def second(latch: Latch = CUT, said: Said | None = None, *, alone: bool = False) -> Second:
    found = Second(fitted=True, alone=alone)
    found.follow(latch, tested=False, steady=0.0)
    if said is not None:
        found.hear(said, 0.0)
    return found


def fitted(folder: Path, *, alone: bool = False, wired: bool = True) -> Bench:
    bench = Bench(folder, wired=wired)
    bench.control.second = Second(fitted=True, alone=alone, steady=bench.time.run)
    return bench


def fit(control: Control, said: Said, bench: Bench) -> None:
    control.second.hear(said, bench.time.run)


words = st.text(st.characters(codec="utf-8"), max_size=300)


@given(st.booleans(), st.sampled_from(SAID), words, st.lists(st.sampled_from(REMARKS), unique=True))
def test_what_is_told_comes_through_the_socket_short_and_printable(
    shut: bool, what: str, detail: str, remarks: list[str]
) -> None:
    given_ = Said(shut=shut, what=what, detail=detail, remarks=tuple(remarks))
    found = from_json({**to_json(given_), "remarks": list(given_.remarks)})
    assert (found.shut, found.what, set(found.remarks)) == (shut, what, set(remarks))
    assert len(found.detail) <= DETAIL
    assert found.detail.isprintable()


json = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("shut", "what", "detail", "remarks"), json))
)
def test_anything_else_is_turned_away(given_: dict[str, object]) -> None:
    if given_.get("what") not in SAID:
        with pytest.raises(ValueError, match="nothing"):
            from_json(given_)


def test_without_a_switch_nothing_is_said_of_one() -> None:
    found = Second()
    found.follow(CUT, tested=False, steady=0.0)
    assert found.shut is None
    assert (found.evidence(1e6), found.faults(1e6), list(found.news())) == ((), set(), [])


def test_the_port_follows_what_people_order_and_the_test_that_is_of_it() -> None:
    found = second(JOINED)
    for latch, tested, alone, shut in (
        (JOINED, False, False, False),
        (CUT, False, False, True),
        (TESTED, False, False, False),
        (TESTED, True, False, True),
        (TESTED, False, True, True),
    ):
        found.alone = alone
        found.follow(latch, tested=tested, steady=0.0)
        assert found.shut is shut


@pytest.mark.parametrize("what", SAID)
@pytest.mark.parametrize("alone", [False, True])
def test_a_switch_says_yes_when_its_port_is_shut_and_no_only_without_a_relay(
    what: str, alone: bool
) -> None:
    (shown,) = second(said=Said(shut=True, what=what), alone=alone).evidence(1.0)
    assert shown.what == f"switch_{what}"
    assert (shown.says is Says.YES) == (what == "shut")
    assert (shown.says is Says.NO) == (what == "open" and alone)


def test_what_was_said_of_another_order_or_long_ago_is_no_evidence() -> None:
    assert [one.what for one in second(said=OPEN).evidence(1.0)] == ["switch_asking"]
    assert [one.what for one in second().evidence(1.0)] == ["switch_unheard"]
    late = second(said=SHUT).evidence(FRESH + 0.1)
    assert [one.what for one in late] == ["switch_unheard"]
    assert second(JOINED, OPEN).evidence(1.0) == ()


def test_every_trouble_and_every_remark_is_a_fault() -> None:
    for what in TROUBLES:
        assert second(JOINED, Said(shut=False, what=what)).faults(1.0) == {f"switch_{what}"}
    for remark in REMARKS:
        said = Said(shut=True, what="shut", remarks=(remark,))
        assert second(said=said).faults(1.0) == {f"switch_{remark}"}
    assert second(said=SHUT).faults(1.0) == set()


def test_a_port_that_does_not_follow_is_a_fault_after_a_while() -> None:
    for latch, what in ((CUT, "open"), (JOINED, "shut")):
        found = second(latch)
        found.hear(Said(shut=latch.isolated, what=what), PATIENCE)
        assert found.faults(PATIENCE) == set()
        assert found.faults(PATIENCE + 0.1) == {"switch_disobeys"}


def test_a_process_that_has_fallen_silent_is_a_fault() -> None:
    assert second(JOINED).faults(PATIENCE) == set()
    assert second(JOINED, OPEN).faults(PATIENCE + 0.1) == {"switch_unheard"}


def test_the_switchs_own_words_are_told_with_a_fault_only() -> None:
    said = Said(shut=False, what="refused", detail="noAccess")
    assert second(JOINED, said).remarks(1.0) == ("noAccess",)
    assert second(JOINED, Said(shut=False, what="open", detail="49")).remarks(1.0) == ()


def test_what_is_new_is_noted_once() -> None:
    found = second(JOINED, OPEN)
    assert list(found.news()) == []
    found.follow(CUT, tested=False, steady=1.0)
    assert list(found.news()) == []
    found.hear(SHUT, 1.0)
    assert [what for what, _ in found.news()] == ["switch_shut"]
    assert list(found.news()) == []
    found.hear(Said(shut=True, what="shut", remarks=("turned_up",)), 1.0)
    assert [what for what, _ in found.news()] == ["switch_turned_up"]
    found.follow(JOINED, tested=False, steady=2.0)
    found.hear(OPEN, 2.0)
    assert [what for what, _ in found.news()] == ["switch_open"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_has_words(language: str) -> None:
    for what in (*SAID, "unheard"):
        assert say(language, f"panel.evidence.switch_{what}")
    for what in {*SAID, *REMARKS} - {"asking"}:
        assert say(language, f"panel.log.switch_{what}")
    assert {f"switch_{one}" for one in (*TROUBLES, *REMARKS, "unheard", "disobeys")} == {
        fault for fault in FAULTS if fault.startswith("switch_")
    }


def test_no_sign_that_is_weighed_is_of_the_switch() -> None:
    """So nothing that a switch says, or somebody in its place, can make a cut proven."""
    assert not [what for what in MEANING if what.startswith("switch")]


@pytest.mark.parametrize("what", SAID)
@pytest.mark.parametrize("wired", [True, False])
def test_whatever_a_switch_says_the_verdict_is_the_same(
    tmp_path: Path, what: str, wired: bool
) -> None:
    bench = fitted(tmp_path, wired=wired)
    bench.isolate()
    fit(bench.control, Said(shut=True, what=what), bench)
    assert bench.run(12.0) is (Proof.PROVEN if wired else Proof.NOT_PROVEN)


def test_an_order_is_carried_out_before_anything_is_known_of_the_switch(tmp_path: Path) -> None:
    bench = fitted(tmp_path)
    bench.isolate()
    assert bench.pins.moves == [False, True]
    bench.run(0.1)
    status = bench.control.status()
    assert status.switch_shut is True
    assert "switch_unheard" in {one.what for one in status.evidence}


def test_the_journal_tells_what_the_switch_said(tmp_path: Path) -> None:
    bench = fitted(tmp_path)
    bench.isolate()
    bench.run(0.1)
    fit(bench.control, Said(shut=True, what="shut", detail="49 te1"), bench)
    bench.run(0.1)
    (entry,) = [one for one in bench.control.status().log if one.what == "switch_shut"]
    assert entry.why == "49 te1"


def test_a_box_without_a_relay_says_so_and_is_not_called_simulated(tmp_path: Path) -> None:
    bench = fitted(tmp_path, alone=True, wired=False)
    bench.pins.simulated = True
    bench.isolate()
    bench.run(1.0)
    assert "relay_none" in bench.signs()
    assert not bench.control.status().simulated


@pytest.mark.parametrize("really", [True, False])
def test_a_slow_switch_is_watched_from_the_moment_it_has_shut_the_port(
    tmp_path: Path, really: bool
) -> None:
    """Else the router's answers of before would count against the cut for half a minute."""
    bench = fitted(tmp_path, alone=True, wired=False)
    bench.isolate()
    assert bench.run(3.0) is Proof.NOT_PROVEN
    bench.network.join(not really)  # type: ignore[union-attr] # a cable, on this bench
    fit(bench.control, Said(shut=True, what="shut"), bench)
    assert bench.run(3.0) is (Proof.PROVEN if really else Proof.NOT_PROVEN)


def test_a_proof_test_of_the_relay_leaves_the_port_alone(tmp_path: Path) -> None:
    """Else a relay that is welded would not show."""
    bench = fitted(tmp_path)
    assert bench.test(confirmed=True) == ""
    for _ in range(70):
        bench.run(0.5)
        assert bench.control.status().switch_shut is False
    test = bench.control.status().test
    assert test is not None
    assert test.last is not None
    assert test.switch is None


def test_a_proof_test_of_the_port_leaves_the_relay_alone(tmp_path: Path) -> None:
    bench = fitted(tmp_path, wired=False)
    assert bench.test(confirmed=True, switch=True) == ""
    seen = set()
    for _ in range(700):
        bench.run(0.5)
        shut = bench.control.status().switch_shut
        bench.network.join(not shut)  # type: ignore[union-attr] # a cable, on this bench
        fit(bench.control, Said(shut=bool(shut), what="shut" if shut else "open"), bench)
        seen |= bench.signs()
    assert bench.pins.moves == [False]
    assert {"relay_resting", "contact_resting", "switch_shut"} <= seen
    test = bench.control.status().test
    assert test is not None
    assert test.last is None
    assert test.switch is not None
    assert test.switch.what == "test_passed"


def test_whoever_isolates_in_a_test_of_the_port_moves_the_relay_too(tmp_path: Path) -> None:
    bench = fitted(tmp_path)
    bench.test(confirmed=True, switch=True)
    while bench.control.latch.test_until is None:
        bench.run(0.05)
    assert bench.pins.isolated is False
    bench.isolate()
    bench.run(0.1)
    assert bench.pins.isolated is True
    assert bench.control.status().switch_shut is True


def test_a_port_that_is_not_there_is_not_tested(tmp_path: Path) -> None:
    assert Bench(tmp_path).test(confirmed=True, switch=True) == "test_no_switch"
