"""Evidence goes on being kept while an incident is open."""

from appliance.dossier.evidence import last_kept
from appliance.incidents import Incident, Origin, Wrote
from tests.kit.site import Site
from web.box import Box
from web.keeping import EVERY, go_on, keep_now


def box(opened: Site) -> Box:
    made: Box = opened.app.extensions["vigie"]
    return made


def begun(opened: Site) -> Incident:
    return opened.office.open_incident(author="accueil", origin=Origin.HAND)


def test_evidence_is_kept_every_few_minutes_while_an_incident_is_open(opened: Site) -> None:
    held, waited = begun(opened), list[float]()
    go_on(box(opened), wait=waited.append, rounds=2)
    assert waited == [EVERY, EVERY]
    assert last_kept(opened.state, held) is not None


def test_nothing_is_kept_while_there_is_no_incident(opened: Site) -> None:
    go_on(box(opened), wait=lambda seconds: None, rounds=1)
    held = begun(opened)
    opened.office.add_to_incident(held.id, author="x", what=Wrote.CLOSED)
    go_on(box(opened), wait=lambda seconds: None, rounds=1)
    assert last_kept(opened.state, held) is None


def test_a_card_that_does_not_take_it_is_said_to_the_person(opened: Site) -> None:
    (opened.state / "incidents").write_text("in the way")
    assert keep_now(box(opened), begun(opened))


def test_a_database_that_fails_stops_nothing(opened: Site) -> None:
    held = begun(opened)
    opened.break_card()
    go_on(box(opened), wait=lambda seconds: None, rounds=1)
    assert keep_now(box(opened), held)


def test_a_panel_that_is_silent_stops_nothing(opened: Site) -> None:
    opened.panel.gone = True
    assert keep_now(box(opened), begun(opened)) == ""


def test_what_is_too_old_goes_at_the_same_time(opened: Site) -> None:
    opened.office.audit("x", "look", "long ago")
    opened.clock.at += 367 * 86_400
    opened.office.audit("x", "look", "today")
    go_on(box(opened), wait=lambda seconds: None, rounds=1)
    looks = [each for each in opened.reader.audit_entries() if each.what == "look"]
    assert [each.detail for each in looks] == ["today"]
