"""What is owed to the people whom the box sees."""

from datetime import date

from appliance.knowledge.privacy_duties import duties, stated
from appliance.texts import LANGUAGES, sentences


def test_every_duty_has_its_source_and_its_words() -> None:
    for language in LANGUAGES:
        words = {key for key in sentences(language) if key.startswith("privacy_duty.")}
        assert words == {f"privacy_duty.{each.id}" for each in duties()}
    assert all(each.source for each in duties())


def test_what_was_not_read_in_a_source_says_so() -> None:
    """The works council was; that an assessment is prudent was not."""
    found = {each.id: each.found for each in duties()}
    assert found["cse"]
    assert found["retention"]
    assert not found["dpia"]
    assert not found["interception"]


def test_the_law_has_its_day() -> None:
    assert stated() == date(2025, 12, 8)
