"""Orders to the panel from any page."""

import pytest

from appliance.incidents import Origin, Wrote
from appliance.store import Role
from tests.kit.site import Site
from web import cutting
from web.access.sessions import Person

PERSON = Person(name="accueil", role=Role.STAFF, language="fr")


def test_a_cut_is_ordered_and_written_down(opened: Site) -> None:
    with opened.app.test_request_context():
        assert cutting.cut(PERSON, "fumée") is None
    assert opened.panel.isolated
    entry = opened.reader.audit_entries(limit=1)[0]
    assert (entry.who, entry.what, entry.detail) == ("accueil", "isolate", "fumée")


def test_a_cut_belongs_to_the_incident_that_is_open(opened: Site) -> None:
    opened.office.open_incident(author="accueil", origin=Origin.HAND)
    with opened.app.test_request_context():
        held = cutting.cut(PERSON, "fumée")
    assert held is not None
    found = opened.reader.open_incident()
    assert found is not None
    assert [(entry.what, entry.key) for entry in found.entries] == [(Wrote.DONE, "isolate")]


def test_a_panel_that_does_not_answer_is_told_and_the_order_is_written_down(opened: Site) -> None:
    opened.panel.gone = True
    with opened.app.test_request_context():
        assert cutting.cut(PERSON, "fumée") is None
    assert opened.reader.audit_entries(limit=1)[0].what == "isolate"


@pytest.mark.parametrize("buzzing", [True, False])
def test_the_buzzer_is_silenced(opened: Site, buzzing: bool) -> None:
    opened.panel.buzzing = buzzing
    with opened.app.test_request_context():
        cutting.hush(PERSON)
    assert not opened.panel.buzzing
    assert opened.reader.audit_entries(limit=1)[0].what == "hush"
