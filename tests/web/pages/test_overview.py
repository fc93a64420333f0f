"""The first page."""

import re
from pathlib import Path

import pytest

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.model import Level
from appliance.store import Watch
from tests.kit import people
from tests.kit.panel import FakePanel
from tests.kit.people import ATTACKER, NOW, health
from tests.kit.site import Site, site
from tests.kit.story import tell_story


def words(text: str) -> str:
    """Give what a reader reads of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&#39;", "'").split())


def overview(opened: Site) -> str:
    return words(opened.staff().get("/").text)


def sense(opened: Site, **changes: object) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_health(health(**changes))
    watch.flush(NOW)
    watch.close()


def test_danger_says_first_what_to_do_and_then_why(opened: Site) -> None:
    opened.panel.light = Level.DANGER
    text = overview(opened)
    assert text.index("Débranchez") < text.index("Un appareil se fait passer pour un autre")


def test_the_worst_alert_comes_first(opened: Site) -> None:
    text = overview(opened)
    assert text.index("passer pour un autre") < text.index("appareil inconnu")


def test_a_case_comes_before_single_alerts(opened: Site) -> None:
    """Its sentence is that of the practice, and its alerts do not stand beside it."""
    tell_story(opened.state)
    opened.panel.light = Level.DANGER
    text = overview(opened)
    assert text.index("Coupez Internet maintenant") < text.index("Une attaque fait probablement")
    assert text.index("Enchaînement de 4 alertes") < text.index("passer pour un autre")
    assert "en train d'être chiffrés" not in text


def test_an_open_incident_is_told_before_any_warning_with_where_to_go_on(opened: Site) -> None:
    opened.panel.light, opened.panel.light_why = Level.LOOK, "panel.why.incident"
    text = overview(opened)
    assert "Un incident est ouvert. " in text
    assert "Reprenez l'incident" in text


def test_calm_is_told_with_its_length_and_no_promise(opened: Site) -> None:
    for alert in people.alerts():
        opened.office.decide(author="camille", verdict=Verdict.CLOSE, alert=alert.id)
    text = overview(opened)
    assert "Rien d'anormal vu depuis 20 secondes." in text
    assert "Aucune alerte en cours." in text
    assert "protégé" not in text


def test_a_box_that_never_had_an_alert_does_not_make_a_length_up(fresh: Site) -> None:
    people.fill(fresh.state, troubles=())
    people.settle_in(fresh.office)
    assert "Rien d'anormal vu jusqu'ici." in overview(fresh)


def test_blindness_says_why(opened: Site) -> None:
    opened.panel.light = Level.BLIND
    sense(opened, seeing=False, why="no_carrier")
    text = overview(opened)
    assert "Vigie ne voit pas le réseau" in text
    assert "Le câble d'écoute est débranché." in text


def test_a_sensor_that_died_is_told_by_the_panel(opened: Site) -> None:
    opened.panel.light, opened.panel.light_why = Level.BLIND, "panel.why.sensor_silent"
    opened.clock.at = NOW + 120
    text = overview(opened)
    assert "La surveillance ne donne plus de nouvelles." in text
    assert "La surveillance ne répond plus depuis 2 minutes." in text


@pytest.mark.parametrize("gone", [False, True])
def test_cutting_is_offered_in_every_state(opened: Site, gone: bool) -> None:
    opened.panel.gone = gone
    assert 'action="/isolation/cut"' in opened.staff().get("/").text


def test_a_cut_that_holds_leads_to_its_proof_instead(opened: Site) -> None:
    opened.panel.isolate(who="accueil", why="x")
    text = opened.staff().get("/").text
    assert 'action="/isolation/cut"' not in text
    assert "Internet est coupé, et c&#39;est vérifié" in text


def test_devices_are_counted_by_what_is_known_of_them(opened: Site) -> None:
    text = overview(opened)
    assert "2 à reconnaître 3 habituels 6 approuvés" in text
    opened.office.decide(author="camille", verdict=Verdict.APPROVE, mac=ATTACKER)
    assert "1 à reconnaître 3 habituels 7 approuvés" in overview(opened)


def test_a_panel_that_is_broken_says_so(opened: Site) -> None:
    opened.panel.faults = ("relay_failed",)
    assert "Le relais n'obéit pas." in overview(opened)


def test_many_alerts_are_folded_into_a_number(opened: Site) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts([people.alert(f"more-{number}") for number in range(20)])
    watch.close()
    assert "18 autres alertes" in overview(opened)


def test_the_buzzer_is_silenced_from_here_where_there_is_one(tmp_path: Path) -> None:
    with site(tmp_path, panel=FakePanel(light=Level.DANGER, buzzing=True), buzzer=6) as opened:
        assert "Couper le son" in overview(opened)
        answer = opened.staff().post("/isolation/hush")
        assert answer.headers["Location"] == "/"
        assert not opened.panel.buzzing
        assert "Couper le son" not in overview(opened)
        assert [entry.what for entry in opened.panel.log] == ["hushed"]


def test_a_box_without_a_buzzer_offers_no_silence(opened: Site) -> None:
    opened.panel.light, opened.panel.buzzing = Level.DANGER, True
    assert "Couper le son" not in overview(opened)


def test_more_trouble_of_one_device_takes_no_room_of_others(opened: Site) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts(
        [
            people.alert(f"b-{number}", first_at=NOW - 60, last_at=NOW - number, again=True)
            for number in range(9)
        ]
    )
    watch.close()
    text = overview(opened)
    assert "Un appareil inconnu" in text
    assert text.count("Encore") == 3
    assert "6 autres alertes" in text


def test_the_last_day_of_traffic_is_drawn_and_can_be_read_as_figures(opened: Site) -> None:
    page = opened.staff().get("/").text
    assert page.count('class="day-box"') == 24
    assert "reçus" in page
    assert page.count('<th scope="row">') >= 24


def test_a_day_without_traffic_says_so(opened: Site) -> None:
    opened.clock.at += 3 * 86_400
    assert "Rien n&#39;est passé ces dernières" in opened.staff().get("/").text


def test_only_what_spoke_a_moment_ago_is_on_line(opened: Site) -> None:
    page = opened.staff().get("/").text
    on_line = sum(opened.clock() - device.last_at < 600 for device in opened.reader.devices())
    assert on_line > 0
    assert f"{on_line} en ligne" in page
    opened.clock.at += 3600
    assert "0 en ligne" in opened.staff().get("/").text


def test_that_the_clock_is_not_set_is_for_the_technician(opened: Site) -> None:
    """Nobody else can do anything about it; and the light stays as it is."""
    sense(opened, clock_unset=720.0)
    told = "n'est pas réglée depuis 12 minutes"
    assert told in words(opened.technician().get("/").text)
    assert told not in overview(opened)
