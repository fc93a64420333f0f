"""The practice's own list, as it is read."""

import pytest

from appliance.lists.noted import MOST, NOTED, noted
from appliance.texts import LANGUAGES, say, say_part


def test_where_nothing_was_noted_there_is_nothing(tmp_path):
    assert noted(tmp_path) == ()


def test_no_more_is_read_than_anybody_notes(tmp_path):
    """Somebody may have laid a long list there."""
    lines = "".join(f"x{number}.example,why\n" for number in range(MOST + 5))
    (tmp_path / f"{NOTED}.csv").write_text(lines)
    found = noted(tmp_path)
    assert len(found) == MOST
    assert (found[0].text, found[0].why) == ("x0.example", "why")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alert_of_it_repeats_why_it_was_noted(language):
    words = {"list": NOTED, "about": "PC", "host": "bad.example", "why": "a mail"}
    said = say_part(language, "known_bad", "body", words)
    assert "a mail" in said
    assert said != say(language, "known_bad.body", **words)
