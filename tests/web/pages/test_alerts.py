"""The alerts' pages."""

from dataclasses import replace

import pytest

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.model import Alert, AlertState
from appliance.store import Watch
from tests.kit import people
from tests.kit.people import DAY, NOW, SENSOR, TECHNICIAN
from tests.kit.site import Site
from tests.kit.story import story, tell_story


def listed(opened: Site, query: str = "") -> list[str]:
    text = opened.staff().get(f"/alerts{query}").text
    places = [(text.find(f'/alerts/{alert.id}"'), alert.id) for alert in opened.reader.alerts()]
    return [id_ for place, id_ in sorted(places) if place >= 0]


def test_what_goes_on_is_listed_the_latest_first(opened: Site) -> None:
    assert listed(opened) == ["a-spoof", "a-phone", "a-sensor"]
    assert listed(opened, "?state=closed") == []
    assert opened.staff().get("/alerts?state=nonsense").status_code == 404


def crowd(opened: Site, count: int, **changes: object) -> None:
    """Have *count* alerts more, the first the latest, each of another device."""
    save(
        opened,
        *(
            people.alert(
                f"b-{number:03}",
                **{"about": f"06:00:00:00:00:{number:02x}", "last_at": NOW - number, **changes},
            )
            for number in range(count)
        ),
    )


def test_a_long_list_has_pages_and_what_is_less_bad_comes_last(opened: Site) -> None:
    crowd(opened, 60)
    first, rest = listed(opened), listed(opened, "?page=2")
    assert (len(first), len(rest)) == (50, 13)
    assert first[0] == "b-000"
    assert rest[-2:] == ["a-phone", "a-sensor"]
    assert listed(opened, "?page=99") == rest
    assert listed(opened, "?page=2&sort=newest")[-1] == "a-sensor"


def test_an_alert_is_told_in_words_with_its_proof_folded_away(opened: Site) -> None:
    text = opened.staff().get("/alerts/a-spoof").text
    assert "Un appareil se fait passer pour un autre" in text
    assert "T1557.002" in text[text.index("<details") :]
    assert "T1557.002" not in text[: text.index("<details")]
    assert "41 fois" in text


def test_an_alert_leads_to_its_own_explanation(opened: Site) -> None:
    staff = opened.staff()
    assert 'href="/help/alerts#arp_spoof"' in staff.get("/alerts/a-spoof").text
    assert 'id="arp_spoof"' in staff.get("/help/alerts").text


def test_staff_see_no_form_that_they_may_not_use(opened: Site) -> None:
    text = opened.staff().get("/alerts/a-spoof").text
    assert "/close" not in text
    assert "/normal" not in text


def test_an_alert_that_is_dealt_with_is_closed(opened: Site) -> None:
    answer = opened.technician().post("/alerts/a-phone/close", reason="Téléphone de Léa")
    assert answer.headers["Location"] == "/alerts"
    assert opened.reader.alert("a-phone").state is AlertState.CLOSED
    assert listed(opened) == ["a-spoof", "a-sensor"]
    assert listed(opened, "?state=closed") == ["a-phone"]
    assert "Téléphone de Léa" in opened.staff().get("/alerts/a-phone").text


@pytest.mark.parametrize(("days", "until"), [("7", NOW + 7 * DAY), ("0", None)])
def test_what_is_normal_here_is_called_so_with_a_reason(
    opened: Site, days: str, until: float | None
) -> None:
    technician = opened.technician()
    technician.post("/alerts/a-sensor/normal", reason="Mises à jour", days=days)
    decision = opened.reader.decisions(mac=SENSOR)[-1]
    assert (decision.verdict, decision.detector) == (Verdict.NORMAL, "off_limits")
    assert (decision.author, decision.reason, decision.until) == (
        TECHNICIAN,
        "Mises à jour",
        until,
    )
    assert listed(opened, "?state=normal") == ["a-sensor"]
    assert "Mises à jour" in technician.get("/alerts/a-sensor").text


def with_peers(opened: Site, *peers: str, **changes: object) -> None:
    """Have the sensor's alert be with *peers*."""
    (one,) = (each for each in people.alerts() if each.id == "a-sensor")
    save(opened, replace(one, peers=peers, **changes))


def save(opened: Site, *alerts: Alert) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts(alerts)
    watch.close()


def test_what_is_normal_may_be_so_with_one_other_side_only(opened: Site) -> None:
    """That is what is offered first."""
    with_peers(opened, "updates.example")
    technician = opened.technician()
    text = technician.get("/alerts/a-sensor").text
    assert text.index("seulement avec updates.example") < text.index("avec n&#39;importe qui")
    technician.post("/alerts/a-sensor/normal", reason="x", days="0", peer="updates.example")
    assert opened.reader.decisions(mac=SENSOR)[-1].peer == "updates.example"
    assert listed(opened, "?state=normal") == ["a-sensor"]
    assert "Normal ici avec updates.example" in technician.get("/alerts/a-sensor").text
    with_peers(opened, "updates.example", "other.example")
    assert opened.reader.alert("a-sensor").state is AlertState.OPEN


def test_an_alert_that_is_with_others_as_well_stays_open_and_says_so(opened: Site) -> None:
    with_peers(opened, "", "a.example", "b.example")
    technician = opened.technician()
    assert "b.example, a.example, …" in technician.get("/alerts/a-sensor").text
    answer = technician.post("/alerts/a-sensor/normal", reason="x", days="0", peer="a.example")
    assert answer.headers["Location"] == "/alerts/a-sensor"
    assert "reste en cours" in technician.get("/alerts/a-sensor").text
    technician.post("/alerts/a-sensor/normal", reason="x", days="0", peer="")
    assert opened.reader.alert("a-sensor").state is AlertState.NORMAL


def test_a_side_that_is_not_offered_is_refused(opened: Site) -> None:
    with_peers(opened, "updates.example")
    answer = opened.technician().post(
        "/alerts/a-sensor/normal", reason="x", days="0", peer="other.example"
    )
    assert answer.status_code == 400


def test_more_trouble_of_an_alarmed_device_stands_under_the_first(opened: Site) -> None:
    later = people.alert("a-later", first_at=NOW - 60, last_at=NOW, again=True)
    save(opened, later)
    text = opened.staff().get("/alerts").text
    assert text.index("/alerts/a-spoof") < text.index("/alerts/a-later")
    assert text.index("/alerts/a-later") < text.index("/alerts/a-phone")
    assert "Encore\u202f: un appareil se fait passer" in text


def test_out_of_hours_the_page_says_so(opened: Site) -> None:
    with_peers(opened, at_night=True)
    assert "en dehors de vos heures d&#39;ouverture" in opened.staff().get("/alerts/a-sensor").text


def test_normal_needs_a_reason(opened: Site) -> None:
    technician = opened.technician()
    answer = technician.post("/alerts/a-sensor/normal", reason="  ", days="7")
    assert "Dites pourquoi" in technician.get(answer.headers["Location"]).text
    assert opened.reader.alert("a-sensor").state is AlertState.OPEN


def test_a_length_that_is_not_offered_is_refused(opened: Site) -> None:
    technician = opened.technician()
    answer = technician.post("/alerts/a-sensor/normal", reason="x", days="100000")
    assert answer.status_code == 400


@pytest.mark.parametrize("what", ["", "/close", "/normal"])
def test_an_alert_that_does_not_exist_has_no_page(opened: Site, what: str) -> None:
    technician = opened.technician()
    path = f"/alerts/nope{what}"
    answer = technician.post(path) if what else technician.get(path)
    assert answer.status_code == 404


def test_a_case_stands_above_the_alerts_that_fold_under_it(opened: Site) -> None:
    tell_story(opened.state)
    text = opened.staff().get("/alerts").text
    ids = ["a-spoof", *(one.id for one in story())]
    places = [text.index(f'/alerts/{id_}"') for id_ in ids]
    fold = text.index('class="fold"')
    assert text.index("/cases/c-story") < fold < min(places[1:])
    assert max(places[1:]) < text.index("</details", fold) < places[0]
    assert all(text.count(f'/alerts/{id_}"') == 1 for id_ in ids)
    assert "/cases/c-story" not in opened.staff().get("/alerts?state=closed").text


def test_a_case_that_is_dealt_with_stands_among_the_closed_ones(opened: Site) -> None:
    tell_story(opened.state)
    opened.technician().post("/cases/c-story/close")
    assert "/cases/c-story" in opened.staff().get("/alerts?state=closed").text
    assert "/cases/c-story" not in opened.staff().get("/alerts").text


def test_an_alert_of_a_case_leads_to_it(opened: Site) -> None:
    tell_story(opened.state)
    assert "/cases/c-story" in opened.staff().get("/alerts/s-beacon").text
    assert "/cases/" not in opened.staff().get("/alerts/a-spoof").text


def test_somebody_notes_to_have_seen_an_alert(opened: Site) -> None:
    technician = opened.technician()
    assert "J&#39;ai vu cette alerte" in technician.get("/alerts/a-phone").text
    answer = technician.post("/alerts/a-phone/seen")
    assert answer.headers["Location"] == "/alerts/a-phone"
    text = technician.get("/alerts/a-phone").text
    assert "Alerte vue" in text
    assert "J&#39;ai vu cette alerte" not in text
    assert opened.reader.alert("a-phone").state is AlertState.OPEN


def test_filters_that_leave_nothing_say_what_they_hide(opened: Site) -> None:
    text = opened.staff().get("/alerts?severity=notice&days=7").text
    assert "Rien avec ces filtres. 3 alertes sans eux." in text
    assert 'href="/alerts?severity=notice"' in text
    assert 'href="/alerts?days=7"' in text
    assert "Aucune alerte classée." in opened.staff().get("/alerts?state=closed").text


def test_all_of_a_page_is_ticked_by_an_address(opened: Site) -> None:
    """Without a script there is no other way to tick all at once."""
    technician = opened.technician()
    assert " checked>" not in technician.get("/alerts").text
    text = technician.get("/alerts?ticked=page&severity=warning").text
    assert text.count(" checked>") == 2
    assert "Tout décocher" in text
    again = technician.get("/alerts?ticked=page", X_Live="1").text
    assert " checked>" not in again, "what came meanwhile is not ticked unseen"
