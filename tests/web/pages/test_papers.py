"""What people write for an incident's file."""

import json
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from appliance.dossier.bundle import verify
from appliance.incidents import STEPS, Origin
from tests.kit.people import NOW
from tests.kit.site import Site
from tests.kit.story import tell_story
from web.pages.papers import asked

ONE = "/incident/20260921-1"


@pytest.fixture
def begun(opened: Site) -> Site:
    opened.office.open_incident(author="accueil", origin=Origin.HAND)
    return opened


def test_staff_may_complete_the_file(begun: Site) -> None:
    begun.staff().post(f"{ONE}/answer", cause="Un courriel <piégé>")
    assert "Un courriel &lt;piégé&gt;" in begun.staff().get(f"{ONE}/answers").text


def test_only_what_changed_is_written_down(begun: Site) -> None:
    for _ in range(2):
        begun.staff().post(f"{ONE}/answer", cause="Un courriel", cost="")
    held = begun.reader.open_incident()
    assert held is not None
    assert [(each.key, each.text) for each in held.entries] == [("cause", "Un courriel")]


def test_an_answer_is_taken_back_by_emptying_it(begun: Site) -> None:
    for text in ("Un courriel", ""):
        begun.staff().post(f"{ONE}/answer", cause=text)
    held = begun.reader.open_incident()
    assert held is not None
    assert held.answers == {}


def test_what_the_box_knows_alone_is_not_asked() -> None:
    """What it drafts is, so that a person may correct it."""
    assert {"systems", "volume_out", "first_alert_at"} & set(asked()) == set()
    assert {"description", "measures", "cause", "persons_count"} <= set(asked())
    assert "first_knowledge_at" not in asked(), "it has a step of its own"


def test_only_a_technician_writes_the_numbers(begun: Site) -> None:
    assert begun.staff().get("/incident/contacts").status_code == 403
    assert begun.staff().post("/incident/contacts/save", technician="x").status_code == 403
    technician = begun.technician()
    technician.post("/incident/contacts/save", technician="06 00 00 00 01", insurance="")
    assert begun.reader.particulars() == {"technician": "06 00 00 00 01"}
    assert "06 00 00 00 01" in technician.get("/incident/contacts").text


def test_a_closed_incident_takes_no_answers(begun: Site) -> None:
    begun.technician().post(f"{ONE}/close")
    begun.staff().post(f"{ONE}/answer", cause="trop tard")
    held = begun.reader.incident("20260921-1")
    assert held is not None
    assert held.answers == {}


def test_the_file_is_downloaded_by_staff_and_verifies(begun: Site) -> None:
    answer = begun.staff().get(f"{ONE}/file.zip")
    assert answer.content_type == "application/zip"
    assert "vigie-20260921-1.zip" in answer.headers["Content-Disposition"]
    assert verify(answer.data).why == ""
    assert ("export", "incident 20260921-1") in {
        (each.what, each.detail) for each in begun.reader.audit_entries()
    }


def test_a_file_that_cannot_be_made_is_said_in_a_sentence(begun: Site) -> None:
    (begun.state / "incident.key").write_bytes(b"no key")
    staff = begun.staff()
    assert staff.get(f"{ONE}/file.zip").status_code == 303
    assert "n&#39;a pas pu être fait" in staff.get(ONE).text


def test_an_incident_from_the_first_minute_to_the_end(opened: Site) -> None:
    """Alert, cut, steps, clocks, answers, file, closing: what each did is in the file."""
    tell_story(opened.state)
    staff, technician = opened.staff(), opened.technician()
    technician.post("/incident/contacts/save", structure_identity="Cabinet des Tilleuls")
    staff.post(
        "/incident/new/open", **{"from": "alert", "subject": "s-ransomware", "why": "Rançon"}
    )
    staff.post("/isolation/cut")
    for step in STEPS[1:6]:
        staff.post(f"{ONE}/step", key=step, what="done")
    known = datetime.fromtimestamp(NOW - 600).astimezone()
    staff.post(f"{ONE}/known", at=f"{known:%Y-%m-%dT%H:%M}")
    staff.post(f"{ONE}/note", text="Écran rouge à l'accueil")
    staff.post(f"{ONE}/answer", persons_count="2500", data_categories="Santé")
    technician.post(f"{ONE}/step", key="back_cleaned", what="done")
    technician.post(f"{ONE}/close")
    content = staff.get(f"{ONE}/file.zip").data
    assert verify(content).why == ""
    with ZipFile(BytesIO(content)) as packed:
        told = json.loads(packed.read("incident.json"))
    said = " ".join(each["what"] for each in told["chronology"])
    for piece in ("chiffrés", "Coupez Internet", "Écran rouge", "réinstallés", "Incident clos"):
        assert piece in said
    cnil = next(each for each in told["sheets"] if each["authority"] == "cnil")
    fields = {each["field"]: each["value"] for each in cnil["fields"]}
    assert fields["persons_count"] == "2500"
    assert "Tilleuls" in fields["structure_identity"]
    assert fields["records_count"] == "à compléter"
    assert told["due"]
