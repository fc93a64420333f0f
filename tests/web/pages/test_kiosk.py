"""The tablet at the reception."""

import pytest

from appliance.durations import DAY
from appliance.model import Level
from appliance.store import Role
from tests.kit.people import ATTACKER
from tests.kit.site import Site, Visitor
from web.access.sessions import IDLE, LIVE

TABLET = "tablette"


@pytest.fixture
def tablet(opened: Site) -> Visitor:
    """A tablet, opened as a technician does it."""
    opened.office.add_user(TABLET, "", role=Role.KIOSK, language="fr")
    visitor = opened.client()
    path = f"/kiosk/open/{opened.office.invite(TABLET, opened.clock.at + 60)}"
    assert TABLET in visitor.get(path).text
    assert visitor.post(path).headers["Location"] == "/kiosk"
    return visitor


def test_it_shows_the_state_one_sentence_and_the_button(opened: Site, tablet: Visitor) -> None:
    text = tablet.get("/kiosk").text
    assert "Rien d&#39;anormal" in text
    assert "Maintenez le bouton" in text


@pytest.mark.parametrize("level", list(Level))
def test_it_has_a_sentence_for_every_light_and_names_nothing(
    opened: Site, tablet: Visitor, level: Level
) -> None:
    """Patients see it."""
    opened.panel.light = level
    answer = tablet.get("/kiosk")
    assert answer.status_code == 200
    for secret in (ATTACKER, "192.168.1.", "Sauvegardes", 'class="menu"'):
        assert secret not in answer.text


def test_it_says_that_the_panel_does_not_answer(opened: Site, tablet: Visitor) -> None:
    opened.panel.gone = True
    assert 'data-level="unreachable"' in tablet.get("/kiosk").text


def test_it_cuts_by_a_second_step_without_a_script(opened: Site, tablet: Visitor) -> None:
    assert "Couper maintenant" in tablet.get("/kiosk/confirm").text
    assert not opened.panel.isolated
    assert tablet.post("/kiosk/cut").headers["Location"] == "/kiosk"
    assert opened.panel.isolated
    assert opened.panel.log[0].who == TABLET
    assert "Seul un technicien" in tablet.get("/kiosk").text


def test_it_cuts_without_the_database(opened: Site, tablet: Visitor) -> None:
    token = tablet.token()
    opened.break_card()
    assert tablet.get("/kiosk").status_code == 200
    assert tablet.browser.post("/kiosk/cut", data={"csrf_token": token}).status_code == 303
    assert opened.panel.isolated
    assert tablet.get("/devices").status_code == 403


def test_it_silences_the_buzzer(opened: Site, tablet: Visitor) -> None:
    opened.panel.buzzing = True
    assert "Couper le son" in tablet.get("/kiosk").text
    tablet.post("/kiosk/hush")
    assert not opened.panel.buzzing


def test_its_address_opens_once(opened: Site, tablet: Visitor) -> None:
    path = f"/kiosk/open/{opened.office.invite(TABLET, opened.clock.at + 60)}"
    assert opened.client().post(path).status_code == 303
    for ask in (opened.client().get, opened.client().post):
        answer = ask(path)
        assert answer.status_code == 404
        assert "déjà servi" in answer.text
    assert opened.reader.audit_entries(limit=1)[0].what == "invitation_refused"


def test_looking_at_the_address_does_not_use_it_up(opened: Site, tablet: Visitor) -> None:
    """Programs that look at what a message links to must not."""
    path = f"/kiosk/open/{opened.office.invite(TABLET, opened.clock.at + 60)}"
    for _ in range(3):
        assert opened.client().get(path).status_code == 200


def test_it_stays_signed_in_for_months_by_what_its_page_asks(opened: Site, tablet: Visitor) -> None:
    for _ in range(6):
        opened.clock.at += 29 * DAY
        assert tablet.get("/kiosk", **{LIVE: "1"}).status_code == 200
    opened.clock.at += 29 * DAY
    assert tablet.get("/kiosk", **{LIVE: "1"}).status_code == 303


def test_one_that_was_put_away_is_signed_out(opened: Site, tablet: Visitor) -> None:
    opened.clock.at += IDLE[Role.KIOSK] + 1
    assert tablet.get("/kiosk").status_code == 303


def test_a_stolen_tablet_is_ended_at_once(opened: Site, tablet: Visitor) -> None:
    opened.technician().post(f"/users/{TABLET}/disable")
    assert tablet.get("/kiosk").status_code == 303
    assert not opened.panel.isolated
