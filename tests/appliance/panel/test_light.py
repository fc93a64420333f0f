"""The light: one table, and never calm while the box cannot see."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Level
from appliance.panel.latch import Latch
from appliance.panel.light import AMBER, BLUE, GREEN, OFF, RED, Signal, colour, light, signal
from appliance.panel.verify import Proof
from appliance.texts import LANGUAGES, say
from tests.kit.front_panel import beat, isolated

CONNECTED = Latch()
SENT = (Level.WELL, Level.LEARNING, Level.LOOK, Level.DANGER)


def level(latch: Latch = CONNECTED, proof: Proof = Proof.NONE, **given: object) -> Level:
    asked = {"heartbeat": beat(), "silence": 0.0, **given}
    return light(latch, proof, **asked)[0]  # type: ignore[arg-type] # a test's shorthand


@pytest.mark.parametrize("proof", [proof for proof in Proof if proof is not Proof.NONE])
@pytest.mark.parametrize("heartbeat", [None, beat(Level.DANGER), beat(Level.DANGER, seeing=False)])
def test_isolated_outranks_everything(proof: Proof, heartbeat: object) -> None:
    expected = Level.ISOLATED if proof is Proof.PROVEN else Level.ISOLATED_UNPROVEN
    assert level(isolated(), proof, heartbeat=heartbeat, silence=99.0) is expected


@pytest.mark.parametrize("sent", SENT)
def test_not_seeing_outranks_what_the_sensor_says(sent: Level) -> None:
    assert level(heartbeat=beat(sent, seeing=False)) is Level.BLIND
    assert level(heartbeat=beat(sent), silence=10.0) is Level.BLIND
    assert level(heartbeat=beat(sent), silence=9.9) is sent


def test_a_cut_says_whether_it_is_a_test_and_whether_another_way_out_was_seen() -> None:
    def why(latch: Latch, proof: Proof) -> str:
        return light(latch, proof, None, 0.0, other_exit=True)[1]

    assert why(isolated(test_until=1.0), Proof.FAILED) == "panel.why.test"
    assert why(isolated(), Proof.FAILED) == "panel.proof.other_exit.title"
    assert why(isolated(), Proof.PROVEN) == "panel.proof.proven.title"


def test_a_count_down_outranks_what_is_seen_and_that_nothing_is() -> None:
    """A sensor that falls silent meanwhile must not hide what is about to happen."""
    for silence in (0.0, 60.0):
        shown = light(Latch(), Proof.NONE, beat(Level.DANGER), silence, counting=True)
        assert shown == (Level.COUNTING, "panel.why.counting")
    cut = light(Latch(isolated=True), Proof.PROVEN, None, 0.0, counting=True)
    assert cut[0] is Level.ISOLATED


def test_before_the_first_heartbeat_the_box_cannot_see() -> None:
    assert level(heartbeat=None) is Level.BLIND


@pytest.mark.parametrize("sent", SENT)
def test_a_fault_of_the_panel_is_something_to_look_at(sent: Level) -> None:
    """It does not hide a danger."""
    shown = level(heartbeat=beat(sent), faults=("button_stuck",))
    assert shown is (Level.DANGER if sent is Level.DANGER else Level.LOOK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_a_text(language: str) -> None:
    beats = (None, beat(seeing=False), beat())
    for latch, proof, heartbeat, faults in product(
        (Latch(), isolated()), Proof, beats, ((), ("button_stuck",))
    ):
        _, why = light(latch, proof, heartbeat, 0.0, faults)
        assert why == "" or say(language, why)


@pytest.mark.parametrize(
    ("shown", "steps", "breathes"),
    [
        (Level.WELL, [(GREEN, 4.0)], True),
        (Level.LEARNING, [(GREEN, 0.2), (OFF, 0.3), (GREEN, 0.2), (OFF, 4.3)], False),
        (Level.LOOK, [(AMBER, 1.0), (OFF, 1.0)], False),
        (Level.DANGER, [(RED, 0.2), (OFF, 0.2)], False),
        (Level.ISOLATED, [(BLUE, 1.0)], False),
        (Level.ISOLATED_UNPROVEN, [(BLUE, 0.5), (RED, 0.5)], False),
        (Level.BLIND, [(AMBER, 0.2), (OFF, 0.3), (AMBER, 0.2), (OFF, 1.3)], False),
    ],
)
def test_every_level_has_its_colour_and_rhythm(
    shown: Level, steps: list[object], breathes: bool
) -> None:
    assert signal(shown) == Signal(
        steps=tuple(steps), breathes=breathes, buzzes=shown is Level.DANGER
    )


def test_every_level_has_a_rhythm_of_its_own() -> None:
    """For eyes that see no colours, no two levels look alike."""

    def rhythm(level: Level) -> tuple[object, ...]:
        shown = signal(level)
        lengths = tuple(
            (lit != OFF, seconds if len(shown.steps) > 1 else 0) for lit, seconds in shown.steps
        )
        return (shown.breathes, lengths)

    alike = [pair for pair in combinations(Level, 2) if rhythm(pair[0]) == rhythm(pair[1])]
    assert alike == []


def test_a_blink_is_lit_then_dark_over_and_over() -> None:
    blink = signal(Level.LOOK)
    assert [colour(blink, at) for at in (0, 0.9, 1.0, 1.9, 2.0, 101.5)] == [
        AMBER, AMBER, OFF, OFF, AMBER, OFF,
    ]  # fmt: skip


def test_a_breath_swells_and_fades_and_never_goes_out() -> None:
    greens = [colour(signal(Level.WELL), step / 10)[1] for step in range(41)]
    assert max(greens) == greens[20] == 1.0
    assert min(greens) == greens[0] == greens[40] == 0.05
    assert greens[:20] == sorted(greens[:20])


@given(st.sampled_from(list(Level)), st.floats(0, 1e9))
def test_there_is_a_colour_at_any_time(shown: Level, elapsed: float) -> None:
    assert all(0 <= part <= 1 for part in colour(signal(shown), elapsed))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*Level, "off"])
def test_every_level_has_words(language: str, name: str) -> None:
    for part in ("title", "sentence", "light"):
        assert say(language, f"panel.level.{name}.{part}")
