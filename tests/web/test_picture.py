"""The pages show what the light shows, and claim nothing when the panel is silent."""

import pytest

from appliance.model import Level
from appliance.panel.verify import Proof
from appliance.store import StoreTrouble, Trouble
from appliance.texts import say
from tests.kit.panel import FakePanel
from web.icons import STATE
from web.picture import look, or_none


@pytest.mark.parametrize("level", list(Level))
def test_the_state_is_that_of_the_light(level: Level) -> None:
    picture = look(FakePanel(light=level))
    assert picture.state == level.value
    assert picture.state in STATE
    for language in ("fr", "en"):
        assert say(language, picture.title)
        assert say(language, f"state.{picture.state}.next")


def test_without_a_panel_nothing_is_claimed() -> None:
    picture = look(FakePanel(gone=True, isolated=True))
    assert (picture.state, picture.uplink) == ("unreachable", "unknown")
    assert say("en", picture.title) == "State unknown"
    assert "does not answer" in say("en", picture.cut_sentence)


@pytest.mark.parametrize("proof", list(Proof))
def test_a_cut_is_told_with_its_proof(proof: Proof) -> None:
    picture = look(FakePanel(isolated=True, proof=proof))
    assert picture.uplink == "isolated"
    assert picture.cut_title == f"panel.proof.{proof}.title"
    assert say("fr", picture.cut_sentence)


def test_trouble_with_the_database_becomes_nothing() -> None:
    def fails() -> int:
        raise StoreTrouble(Trouble.FULL, OSError("full"))

    assert or_none(fails) is None
    assert or_none(lambda: 7) == 7
