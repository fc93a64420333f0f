"""To whom a practice turns, and what each asks."""

from appliance.knowledge.authorities import SHEETS, authorities, fields, stated
from appliance.texts import LANGUAGES, sentences


def test_only_two_clocks_of_72_hours_run() -> None:
    """The complaint that insurance wants, and the notification to the CNIL."""
    assert {each.id: each.hours for each in authorities() if each.hours} == {
        "plainte": 72,
        "cnil": 72,
    }


def test_telling_cert_sante_is_voluntary_for_a_practice() -> None:
    duties = {each.id: each.duty for each in authorities()}
    assert duties["cert_sante"] == "voluntary"
    assert duties["17cyber"] == "recommended"


def test_every_authority_has_its_source_and_its_words() -> None:
    for language in LANGUAGES:
        words = sentences(language)
        for each in authorities():
            assert each.source
            assert {f"authority.{each.id}.{part}" for part in ("name", "act", "how")} <= set(words)
            assert f"duty.{each.duty}" in words


def test_every_sheet_belongs_to_an_authority_and_has_fields() -> None:
    assert {each.sheet for each in authorities()} - {""} == set(SHEETS)
    for sheet in SHEETS:
        assert any(sheet in each.sheets for each in fields())


def test_first_knowledge_is_never_filled_by_the_box() -> None:
    """It starts both clocks: a person says it."""
    (first,) = (each for each in fields() if each.id == "first_knowledge_at")
    assert not first.by_box
    assert first.sheets == set(SHEETS)


def test_every_field_has_its_words() -> None:
    for language in LANGUAGES:
        assert {f"incident_field.{each.id}" for each in fields()} <= set(sentences(language))


def test_the_table_says_of_which_day_its_law_is() -> None:
    assert stated().isoformat() == "2025-12-08"
