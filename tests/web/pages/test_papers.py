"""What people write for an incident's file."""

import pytest

from appliance.incidents import Origin
from tests.kit.site import Site
from web.pages.papers import asked

ONE = "/incident/20260921-1"


@pytest.fixture
def begun(opened: Site) -> Site:
    opened.office.open_incident(author="accueil", origin=Origin.HAND)
    return opened


def test_staff_may_complete_the_file(begun: Site) -> None:
    begun.staff().post(f"{ONE}/answers", cause="Un courriel <piégé>")
    assert "Un courriel &lt;piégé&gt;" in begun.staff().get(f"{ONE}/answers").text


def test_only_what_changed_is_written_down(begun: Site) -> None:
    for _ in range(2):
        begun.staff().post(f"{ONE}/answers", cause="Un courriel", cost="")
    held = begun.reader.open_incident()
    assert held is not None
    assert [(each.key, each.text) for each in held.entries] == [("cause", "Un courriel")]


def test_an_answer_is_taken_back_by_emptying_it(begun: Site) -> None:
    for text in ("Un courriel", ""):
        begun.staff().post(f"{ONE}/answers", cause=text)
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
    assert begun.staff().post("/incident/contacts", technician="x").status_code == 403
    technician = begun.technician()
    technician.post("/incident/contacts", technician="06 00 00 00 01", insurance="")
    assert begun.reader.particulars() == {"technician": "06 00 00 00 01"}
    assert "06 00 00 00 01" in technician.get("/incident/contacts").text


def test_a_closed_incident_takes_no_answers(begun: Site) -> None:
    begun.technician().post(f"{ONE}/close")
    begun.staff().post(f"{ONE}/answers", cause="trop tard")
    held = begun.reader.incident("20260921-1")
    assert held is not None
    assert held.answers == {}
