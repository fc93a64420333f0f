"""A sheet for each authority, with its own fields."""

import pytest

from appliance.addresses import Home
from appliance.dossier import evidence
from appliance.dossier.facts import Facts
from appliance.dossier.sheets import Sheet, sheets
from appliance.incidents import Wrote
from appliance.knowledge.authorities import SHEETS, authorities, fields
from appliance.texts import say
from tests.kit.incident import Dealt


def made(dealt: Dealt, language: str = "fr") -> dict[str, Sheet]:
    held = dealt.reader.incident(dealt.incident.id)
    assert held is not None
    facts = Facts(
        language=language,
        incident=held,
        evidence=evidence.load(dealt.keep()),
        hashes={"alerts.json": "ab"},
        home=Home(),
    )
    return {each.authority: each for each in sheets(facts, dealt.reader.particulars())}


def field(sheet: Sheet, name: str) -> str:
    return next(each.value for each in sheet.fields if each.field == name)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_that_the_box_fills_is_filled_on_every_sheet(
    dealt: Dealt, language: str
) -> None:
    found, blank = made(dealt, language), say(language, "incident_fact.to_complete")
    ours = {each.id for each in fields() if each.by_box}
    assert ours
    for sheet in found.values():
        for each in sheet.fields:
            if each.field in ours:
                assert each.complete
                assert "box" in each.by.split()
                assert blank not in each.value
                assert len(each.value) > 10


def test_a_sheet_has_the_fields_that_its_authority_asks_for(dealt: Dealt) -> None:
    found = made(dealt)
    for one in authorities():
        wanted = [each.id for each in fields() if one.sheet in each.sheets]
        assert [each.field for each in found[one.id].fields] == wanted
    assert {one.sheet for one in authorities()} - {""} == set(SHEETS)


def test_what_nobody_said_is_to_be_completed(dealt: Dealt) -> None:
    cnil = made(dealt)["cnil"]
    assert field(cnil, "persons_count") == "à compléter"
    assert not next(each for each in cnil.fields if each.field == "persons_count").complete


def test_what_people_said_is_there_and_said_to_be_theirs(dealt: Dealt) -> None:
    cnil = made(dealt)["cnil"]
    (care,) = (each for each in cnil.fields if each.field == "care_impact")
    assert (care.value, care.by) == ("12 rendez-vous", "person")
    assert "SIRET" in field(cnil, "structure_identity")


def test_a_person_may_correct_what_the_box_drafted(dealt: Dealt) -> None:
    dealt.office.add_to_incident(
        dealt.incident.id, author="x", what=Wrote.ANSWER, key="description", text="En fait…"
    )
    (draft,) = (each for each in made(dealt)["cnil"].fields if each.field == "description")
    assert draft.value.endswith("\nEn fait…")
    assert draft.by == "box person"


def test_the_clocks_run_from_what_the_person_said(dealt: Dealt) -> None:
    found = made(dealt)
    assert found["cnil"].due == found["plainte"].due
    assert found["cnil"].due.startswith("24/09/2026")
    assert {key for key, sheet in found.items() if sheet.due} == {"cnil", "plainte"}


def test_whether_it_is_over_is_said_by_closing_it(dealt: Dealt) -> None:
    assert field(made(dealt)["cnil"], "end_or_ongoing") == "à compléter"
    dealt.office.add_to_incident(dealt.incident.id, author="camille", what=Wrote.CLOSED)
    assert "Incident clos" in field(made(dealt)["cnil"], "end_or_ongoing")


def test_cert_sante_is_called_voluntary(dealt: Dealt) -> None:
    assert made(dealt, "en")["cert_sante"].duty.startswith("Voluntary for a dental practice")
