"""What the box says of its own sight."""

import pytest

from appliance.panel.verify import Proof
from appliance.texts import LANGUAGES, say, sentences
from tests.kit.panel import FakePanel
from tests.kit.people import NOW, health
from web.sight import checks, faults, proofs


def told(**changes: object) -> list[tuple[str, str]]:
    return [(check.says, check.words) for check in checks("en", health(**changes), NOW)]


def test_a_sensor_that_sees_says_yes_to_everything() -> None:
    assert {says for says, _ in told()} == {"yes"}


def test_a_sensor_that_never_spoke_is_told_apart_from_one_that_stopped() -> None:
    (never,) = checks("en", None, NOW)
    assert never.words == "The watch has not said anything yet."
    assert told(at=NOW - 180) == [("no", "The watch has not answered for 3 minutes.")]


@pytest.mark.parametrize("why", ["silence", "health.silence"])
def test_why_it_cannot_see_is_said(why: str) -> None:
    says, words = told(seeing=False, why=why)[0]
    assert says == "no"
    assert "mirror port" in words


def test_a_reason_of_another_version_is_not_shown_as_its_key() -> None:
    assert told(seeing=False, why="health.moon")[0] == ("no", say("en", "state.blind.sentence"))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("unicast_of_others", "between the other devices is not visible"),
        ("both_directions", "Only one direction"),
        ("internet_side", "No traffic with the internet"),
    ],
)
def test_what_the_mirror_leaves_out_is_said(field: str, words: str) -> None:
    assert any(says == "no" and words in text for says, text in told(**{field: False}))


def test_what_was_lost_is_counted_together() -> None:
    lost = told(dropped_by_kernel=1000, dropped_by_us={"alerts": 234})
    assert ("no", "1,234 packets could not be read.") in lost


@pytest.mark.parametrize("fault", ["disk_full", "health.disk_full"])
def test_faults_are_told_in_words(fault: str) -> None:
    assert ("no", "The memory card is full.") in told(faults=(fault,))
    assert ("no", "unheard_of") in told(faults=("unheard_of",))


def test_every_sign_of_a_cut_has_words() -> None:
    for language in LANGUAGES:
        panel = FakePanel(isolated=True, proof=Proof.NOT_PROVEN)
        found = list(proofs(language, panel.status()))
        assert [check.says for check in found] == ["yes", "unknown", "no"]
        assert found[2].words.endswith("(192.168.1.1)")
        assert all(" " in check.words for check in found)


def test_faults_of_the_panel_are_told_in_words() -> None:
    status = FakePanel(faults=("relay_failed",)).status()
    (found,) = faults("en", status)
    assert found.words == sentences("en")["panel.fault.relay_failed"]
    assert list(faults("en", None)) == []


def test_a_clock_that_is_not_set_is_a_fact_and_no_fault() -> None:
    """With what is to be done; nothing else is said differently."""
    said = told(clock_unset=720.0)
    assert [says for says, _ in said] == ["yes"] * (len(said) - 1) + ["unknown"]
    assert "has not been set for 12 minutes" in said[-1][1]
    assert "NTP" in said[-1][1]
