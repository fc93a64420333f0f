"""A case's page."""

from dataclasses import replace

import pytest

from appliance.decisions import Verdict
from appliance.model import AlertState
from tests.kit.people import RECEPTION, SERVER
from tests.kit.site import Site
from tests.kit.story import case, story, tell_story


@pytest.fixture
def told(opened: Site) -> Site:
    """The practice, in which a message was opened."""
    tell_story(opened.state)
    return opened


def test_a_case_says_what_is_probably_going_on_and_what_to_do(told: Site) -> None:
    text = told.staff().get("/cases/c-story").text
    assert "Une attaque fait probablement des dégâts" in text
    assert "Coupez Internet maintenant" in text
    assert "Enchaînement de 4 alertes" in text


def test_what_happened_stands_in_order_with_device_and_host(told: Site) -> None:
    text = told.staff().get("/cases/c-story").text
    timeline = text[text.index('class="timeline"') :]
    places = [timeline.index(f"/alerts/{one.id}") for one in story()]
    assert places == sorted(places)
    assert "PC de l&#39;accueil · vers colis-suivi.example" in timeline
    assert "vers Sauvegardes" in timeline


def test_the_devices_concerned_have_links(opened: Site) -> None:
    tell_story(opened.state, case(also=(SERVER,)))
    text = opened.staff().get("/cases/c-story").text
    assert f"/devices/{RECEPTION}" in text
    assert f"/devices/{SERVER}" in text


def test_all_of_it_is_closed_at_once(told: Site) -> None:
    """By one decision for each alert that is open, with the reason."""
    told.office.decide(author="x", verdict=Verdict.CLOSE, alert="s-beacon", mac=RECEPTION)
    answer = told.technician().post("/cases/c-story/close", reason="PC réinstallé")
    assert answer.headers["Location"] == "/alerts"
    found = told.reader.case("c-story")
    assert found is not None
    assert {one.state for one in (found[0], *found[1])} == {AlertState.CLOSED}
    decided = [one for one in told.reader.decisions() if one.verdict is Verdict.CLOSE]
    assert [one.reason for one in decided] == [
        "",
        "PC réinstallé",
        "PC réinstallé",
        "PC réinstallé",
    ]
    assert "/close" not in told.technician().get("/cases/c-story").text


def test_an_alert_that_left_the_case_meanwhile_says_so(told: Site) -> None:
    told.office.decide(author="x", verdict=Verdict.CLOSE, alert="s-beacon", mac=RECEPTION)
    text = told.staff().get("/cases/c-story").text
    timeline = text[text.index('class="timeline"') :]
    assert timeline.count("Classée") == 1


def test_staff_see_no_form_that_they_may_not_use(told: Site) -> None:
    assert "/close" not in told.staff().get("/cases/c-story").text
    assert "/close" in told.technician().get("/cases/c-story").text


def test_a_case_whose_alerts_are_forgotten_still_opens(opened: Site) -> None:
    tell_story(opened.state, replace(case(), alerts=("long", "gone")))
    assert opened.staff().get("/cases/c-story").status_code == 200


@pytest.mark.parametrize("what", ["", "/close"])
def test_a_case_that_does_not_exist_has_no_page(opened: Site, what: str) -> None:
    technician = opened.technician()
    answer = technician.post(f"/cases/x{what}") if what else technician.get("/cases/x")
    assert answer.status_code == 404
