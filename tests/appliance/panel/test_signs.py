"""Signs: each has a source, a meaning, and words."""

import pytest

from appliance.panel.signs import MEANING, OTHER_EXITS, WAITING, Says, Sign, Source
from appliance.texts import LANGUAGES, say


def test_a_sign_knows_its_source_and_what_it_says() -> None:
    found = Sign(what="gateway_silent", detail="x")
    assert (found.source, found.says) == (Source.PROBE, Says.YES)


def test_every_source_can_say_yes_no_and_unknown() -> None:
    assert {source: {says for of, says in MEANING.values() if of is source} for source in Source}
    for source in Source:
        assert {says for of, says in MEANING.values() if of is source} == set(Says)


def test_signs_that_wait_claim_nothing_and_other_exits_speak_against() -> None:
    assert {MEANING[what][1] for what in WAITING} == {Says.UNKNOWN}
    assert {MEANING[what] for what in OTHER_EXITS} == {(Source.EXITS, Says.NO)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_reads_of_other_exits_reads_what_cannot_be_seen(language: str) -> None:
    """A computer on its own telephone passes no switch of the practice."""
    assert "Wi-Fi" in say(language, "panel.evidence.exits_none")
