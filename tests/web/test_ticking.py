"""What is decided of several alerts at once."""

from dataclasses import replace

import pytest

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.model import Alert, AlertState, Severity
from appliance.store import Watch
from tests.kit import people
from tests.kit.people import DAY, NOW, PHONE, SENSOR, TECHNICIAN
from tests.kit.site import Site

THREE = ("a-spoof.3", "a-phone.2", "a-sensor.2")


def save(opened: Site, *alerts: Alert) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts(alerts)
    watch.close()


def sensors(**changes: object) -> Alert:
    (one,) = (each for each in people.alerts() if each.id == "a-sensor")
    return replace(one, **changes)  # type: ignore[arg-type]  # by name


def decide(opened: Site, *alerts: str, what: str, **more: str) -> tuple[int, str]:
    """Send the form; give the status, and the page that follows."""
    technician = opened.technician()
    form = {"alert": list(alerts), "what": what, "csrf_token": technician.token(), **more}
    answer = technician.browser.post("/alerts/ticked/decide?severity=warning&page=2", data=form)
    if answer.status_code != 303:
        return answer.status_code, answer.text
    assert answer.headers["Location"] == "/alerts?severity=warning&page=2"
    return 303, technician.get(answer.headers["Location"]).text


def states(opened: Site) -> list[AlertState]:
    return [opened.reader.alert(each.split(".")[0]).state for each in THREE]  # type: ignore[union-attr] # they are there


def notes(opened: Site) -> list[str]:
    """Give what was noted of decisions, the first first."""
    return [each.detail for each in opened.reader.audit_entries() if each.what == "decide"][::-1]


def test_several_are_closed_with_one_reason_one_decision_and_one_note_each(opened: Site) -> None:
    before, noted = opened.reader.decisions(), notes(opened)
    _, text = decide(opened, *THREE, what="close", reason="Vu avec Camille")
    assert "classement de 3 alertes" in text
    assert states(opened) == [AlertState.CLOSED] * 3
    made = opened.reader.decisions()[len(before) :]
    assert [(one.verdict, one.author, one.reason) for one in made] == [
        (Verdict.CLOSE, TECHNICIAN, "Vu avec Camille")
    ] * 3
    assert notes(opened)[len(noted) :] == ["close a-spoof", "close a-phone", "close a-sensor"]


def test_several_are_seen_and_stay_open(opened: Site) -> None:
    _, text = decide(opened, *THREE[:2], what="seen")
    assert "vous avez vu 2 alertes" in text
    assert states(opened) == [AlertState.OPEN] * 3
    found = opened.staff().get("/alerts?state=seen").text
    assert '/alerts/a-phone"' in found
    assert '/alerts/a-sensor"' not in found
    assert "Vue" in opened.staff().get("/alerts/a-phone").text


def test_several_are_normal_here_each_with_its_own_other_sides(opened: Site) -> None:
    save(opened, sensors(peers=("a.example", "b.example")))
    decide(opened, *THREE[1:], what="normal", reason="Mises à jour", days="30", peer="same")
    assert states(opened)[1:] == [AlertState.NORMAL] * 2
    said = [one for one in opened.reader.decisions() if one.verdict is Verdict.NORMAL][-3:]
    assert [(one.mac, one.peer, one.until) for one in said] == [
        (PHONE, "", NOW + 30 * DAY),
        (SENSOR, "b.example", NOW + 30 * DAY),
        (SENSOR, "a.example", NOW + 30 * DAY),
    ]


def test_normal_with_anybody_says_so_once(opened: Site) -> None:
    decide(opened, THREE[2], what="normal", reason="x", days="0", peer="any")
    (last,) = opened.reader.decisions(mac=SENSOR)[-1:]
    assert (last.peer, last.until) == ("", None)


def test_what_is_with_others_as_well_stays_open_and_is_told_apart(opened: Site) -> None:
    save(opened, sensors(peers=("", "a.example")))
    _, text = decide(opened, *THREE[1:], what="normal", reason="x", days="0", peer="same")
    assert "normal ici pour 1 alerte" in text
    assert "Encore en cours\u202f: 1 alerte" in text
    assert states(opened)[1:] == [AlertState.NORMAL, AlertState.OPEN]


def test_what_became_worse_since_it_was_shown_is_left_alone(opened: Site) -> None:
    save(opened, sensors(severity=Severity.DANGER))
    _, text = decide(opened, *THREE[1:], what="close", reason="x")
    assert "classement de 1 alerte" in text
    assert "devenu plus grave" in text
    assert states(opened)[1:] == [AlertState.CLOSED, AlertState.OPEN]


def test_what_somebody_else_dealt_with_is_left_alone(opened: Site) -> None:
    opened.office.decide(author="x", verdict=Verdict.CLOSE, alert="a-phone")
    before = len(opened.reader.decisions())
    _, text = decide(opened, THREE[1], "gone.2", what="close", reason="x")
    assert "Pas touché\u202f: 2 alertes" in text
    assert 'class="mistake"' in text
    assert len(opened.reader.decisions()) == before


@pytest.mark.parametrize("what", ["close", "normal"])
def test_without_a_reason_nothing_is_done_and_all_stays_ticked(opened: Site, what: str) -> None:
    status, text = decide(opened, *THREE[1:], what=what, reason=" ", days="7")
    assert status == 400
    assert "Donnez un motif" in text
    assert text.count(" checked>") == 2
    assert states(opened) == [AlertState.OPEN] * 3


def test_nothing_ticked_is_said(opened: Site) -> None:
    _, text = decide(opened, what="seen")
    assert "Cochez d&#39;abord" in text
    _, text = decide(opened, "a-spoof", "a-spoof.9", ".2", what="seen")
    assert "Cochez d&#39;abord" in text


@pytest.mark.parametrize(
    ("what", "days"), [("erase", "7"), ("", "7"), ("normal", "100000"), ("normal", "-1")]
)
def test_what_is_not_offered_is_refused(opened: Site, what: str, days: str) -> None:
    status, _ = decide(opened, THREE[0], what=what, reason="x", days=days)
    assert status == 400
    assert states(opened) == [AlertState.OPEN] * 3


def test_staff_see_nothing_to_tick_and_may_not_decide(opened: Site) -> None:
    staff = opened.staff()
    text = staff.get("/alerts?ticked=page").text
    assert 'type="checkbox"' not in text
    assert "/alerts/ticked/decide" not in text
    assert staff.post("/alerts/ticked/decide", alert=THREE[0], what="seen").status_code == 403
    assert states(opened) == [AlertState.OPEN] * 3
