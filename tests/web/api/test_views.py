"""The JSON API: what it answers fits what it says of itself."""

import json
from dataclasses import replace

import msgspec
import pytest
from werkzeug.test import TestResponse

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.exchange.record import Device
from appliance.incidents import Origin
from appliance.model import Level
from appliance.panel.status import ProofTestShown
from appliance.panel.tested import Ended
from appliance.store import Watch
from tests.kit import people
from tests.kit.people import ATTACKER, NOW, RECEPTION, SENSOR, STAFF
from tests.kit.site import Site, Visitor
from tests.kit.story import story, tell_story
from web.api import shapes, uplink
from web.api.incidents import Incident

ANSWERS = {
    "/api/v1/status": uplink.Status,
    "/api/v1/devices": list[Device],
    "/api/v1/alerts": list[shapes.Alert],
    "/api/v1/cases": list[shapes.Case],
    "/api/v1/flows": list[shapes.Flow],
    "/api/v1/incidents": list[Incident],
    "/api/v1/health": shapes.Health,
}


def order(visitor: Visitor, body: object, token: str | None = None) -> int:
    headers = {"X-CSRFToken": visitor.token() if token is None else token}
    return visitor.browser.post("/api/v1/isolation", json=body, headers=headers).status_code


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_has_the_shape_that_is_described(opened: Site, path: str) -> None:
    tell_story(opened.state)
    opened.office.open_incident(author="accueil", origin=Origin.HAND)
    answer = opened.staff().get(path)
    assert answer.status_code == 200
    assert msgspec.json.decode(answer.data, type=ANSWERS[path], strict=True)


@pytest.mark.parametrize("path", ANSWERS)
def test_an_empty_box_answers_in_the_same_shape(opened: Site, fresh: Site, path: str) -> None:
    fresh.office.add_user(STAFF, "x", role=opened.office.users()[0].role, language="fr")
    fresh.panel.gone = True
    answer = fresh.staff().get(path)
    assert answer.status_code == 200
    msgspec.json.decode(answer.data, type=ANSWERS[path], strict=True)


@pytest.mark.parametrize("path", ANSWERS)
def test_nothing_is_told_without_signing_in(opened: Site, path: str) -> None:
    assert opened.client().get(path).status_code == 401


def test_the_description_names_every_route_and_every_shape(opened: Site) -> None:
    described = opened.staff().get("/api/v1/openapi.json").json
    routes = {
        (rule.rule.replace("<", "{").replace(">", "}"), method.lower())
        for rule in opened.app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST"}
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.description"
    }
    told = {(path, method) for path, ways in described["paths"].items() for method in ways}
    assert told == routes
    assert described["openapi"].startswith("3.1")
    text = json.dumps(described)
    for name in set(_references(described)):
        assert name in described["components"]["schemas"], name
    assert "Something with a hardware address." in text


def _references(value: object) -> list[str]:
    if isinstance(value, dict):
        found = [value["$ref"].rsplit("/", 1)[1]] if "$ref" in value else []
        return found + [name for each in value.values() for name in _references(each)]
    if isinstance(value, list):
        return [name for each in value for name in _references(each)]
    return []


def test_alerts_come_in_the_callers_language_and_can_be_chosen(opened: Site) -> None:
    opened.office.set_language(STAFF, "en")
    staff = opened.staff()
    one, *_ = staff.get("/api/v1/alerts").json
    assert one["title"] == "A device poses as another one"
    assert (one["severity"], one["mac"], one["attack"]) == ("danger", ATTACKER, ["T1557.002"])
    assert [each["id"] for each in staff.get(f"/api/v1/alerts?mac={SENSOR}").json] == ["a-sensor"]
    assert staff.get("/api/v1/alerts?state=closed").json == []
    assert len(staff.get("/api/v1/alerts?limit=1").json) == 1
    assert len(staff.get("/api/v1/alerts?before=a-spoof").json) == 2


def call_normal(visitor: Visitor, body: object, id_: str = "a-sensor") -> TestResponse:
    headers = {"X-CSRFToken": visitor.token()}
    return visitor.browser.post(f"/api/v1/alerts/{id_}/normal", json=body, headers=headers)


def with_peers(opened: Site, *peers: str) -> None:
    (one,) = (each for each in people.alerts() if each.id == "a-sensor")
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts([replace(one, peers=peers, again=True, at_night=True)])
    watch.close()


def test_an_alert_says_with_whom_it_is_and_whether_it_is_news(opened: Site) -> None:
    with_peers(opened, "a.example")
    (one,) = opened.staff().get(f"/api/v1/alerts?mac={SENSOR}").json
    assert (one["peers"], one["again"], one["at_night"]) == (["a.example"], True, True)


@pytest.mark.parametrize(
    ("body", "peer"),
    [
        ({"reason": "updates"}, "b.example"),
        ({"reason": "updates", "peer": "a.example", "days": 30}, "a.example"),
        ({"reason": "updates", "peer": ""}, ""),
    ],
)
def test_what_is_normal_here_is_said_by_a_program_too(
    opened: Site, body: dict[str, object], peer: str
) -> None:
    """Left out, the other side is the latest: never the whole device by mistake."""
    with_peers(opened, "a.example", "b.example")
    answer = call_normal(opened.technician(), body)
    assert answer.status_code == 200
    assert msgspec.json.decode(answer.data, type=shapes.Alert).id == "a-sensor"
    decision = opened.reader.decisions(mac=SENSOR)[-1]
    assert (decision.verdict, decision.peer, decision.reason) == (Verdict.NORMAL, peer, "updates")
    assert answer.json["state"] == ("normal" if peer == "" else "open")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"reason": "x", "peer": "other.example"}, 400),
        ({"reason": "  "}, 400),
        ({"reason": ""}, 422),
        ({"reason": "x", "days": 8}, 422),
        ({"reason": "x", "for": "ever"}, 422),
        ({}, 422),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    opened: Site, body: dict[str, object], status: int
) -> None:
    before = opened.reader.decisions()
    assert call_normal(opened.technician(), body).status_code == status
    assert opened.reader.decisions() == before


def test_only_a_technician_says_what_is_normal_and_only_of_an_alert(opened: Site) -> None:
    assert call_normal(opened.staff(), {"reason": "x"}).status_code == 403
    assert call_normal(opened.technician(), {"reason": "x"}, "nope").status_code == 404


def test_cases_come_in_the_callers_language_and_can_be_chosen(opened: Site) -> None:
    tell_story(opened.state)
    opened.office.set_language(STAFF, "en")
    staff = opened.staff()
    (one,) = staff.get("/api/v1/cases").json
    assert one["title"] == "An attack is probably doing damage"
    assert (one["severity"], one["mac"], one["also"]) == ("danger", RECEPTION, [])
    assert one["stages"] == ["entry", "control", "looking", "harm"]
    assert one["alerts"] == [alert.id for alert in story()]
    assert staff.get("/api/v1/cases?state=closed").json == []
    assert staff.get("/api/v1/cases?limit=0").status_code == 422


@pytest.mark.parametrize("query", ["?limit=0", "?limit=1001", "?limit=x", "?state=nonsense"])
def test_what_makes_no_sense_is_refused(opened: Site, query: str) -> None:
    assert opened.staff().get(f"/api/v1/alerts{query}").status_code == 422


def test_flows_can_be_asked_of_one_device_and_a_time(opened: Site) -> None:
    staff = opened.staff()
    assert len(staff.get("/api/v1/flows").json) == 3
    (one,) = staff.get(f"/api/v1/flows?mac={SENSOR}").json
    assert (one["dst"], one["octets_in"]) == ("198.51.100.7", 2_400_000)
    assert staff.get(f"/api/v1/flows?until={NOW - 3600}&since=0").json == []


def test_the_uplink_can_be_cut_by_whoever_has_signed_in(opened: Site) -> None:
    staff = opened.staff()
    assert order(staff, {"why": "script"}) == 200
    assert opened.panel.isolated
    assert (opened.panel.log[0].who, opened.panel.log[0].why) == (STAFF, "script")
    assert staff.get("/api/v1/status").json["level"] == Level.ISOLATED


def test_a_cut_needs_the_token(opened: Site) -> None:
    assert order(opened.staff(), {"why": "x"}, token="") == 403
    assert not opened.panel.isolated


@pytest.mark.parametrize("body", [{"why": "x" * 201}, {"why": 7}, {"do": "reconnect"}, [1], "x"])
def test_an_order_that_makes_no_sense_is_refused(opened: Site, body: object) -> None:
    assert order(opened.staff(), body) == 422
    assert not opened.panel.isolated


def test_an_order_that_did_not_arrive_says_so(opened: Site) -> None:
    opened.panel.gone = True
    staff = opened.staff()
    headers = {"X-CSRFToken": staff.token()}
    answer = staff.browser.post("/api/v1/isolation", json={}, headers=headers)
    assert (answer.status_code, answer.json) == (503, {"error": "panel_unreachable"})


@pytest.mark.parametrize("path", ["isolation", "isolation/stop", "isolation/test"])
def test_every_order_that_the_panel_refuses_is_answered_alike(opened: Site, path: str) -> None:
    """409 with its reason: it was heard, and trying again changes nothing."""
    opened.panel.turns_away = "not_your_part"
    technician = opened.technician()
    headers = {"X-CSRFToken": technician.token()}
    answer = technician.browser.post(f"/api/v1/{path}", json={}, headers=headers)
    assert (answer.status_code, list(answer.json)) == (409, ["error"])
    assert answer.json["error"] != "panel_unreachable"
    described = opened.staff().get("/api/v1/openapi.json").json["paths"][f"/api/v1/{path}"]["post"]
    assert {"409", "503"} <= described["responses"].keys()


def test_a_card_that_fails_is_told_as_json(opened: Site) -> None:
    staff = opened.staff()
    opened.break_card()
    answer = staff.get("/api/v1/devices")
    assert (answer.status_code, answer.json) == (503, {"error": 503})


def proof_test(visitor: Visitor, **body: bool) -> TestResponse:
    headers = {"X-CSRFToken": visitor.token()}
    return visitor.browser.post("/api/v1/isolation/test", json=body, headers=headers)


def test_a_technician_tests_the_cut_and_the_status_tells_how_it_goes(opened: Site) -> None:
    answer = proof_test(opened.technician(), confirmed=True, learn=True)
    assert answer.status_code == 200
    assert answer.json["test"]["running"]
    assert opened.panel.log[0].why == "learn"
    assert opened.reader.audit_entries(limit=1)[0].what == "prooftest"


def test_a_test_is_refused_with_the_reason_and_to_staff_at_all(opened: Site) -> None:
    technician = opened.technician()
    answer = proof_test(technician)
    assert (answer.status_code, answer.json) == (409, {"error": "test_hours"})
    opened.panel.gone = True
    answer = proof_test(technician, confirmed=True)
    assert (answer.status_code, answer.json) == (503, {"error": "panel_unreachable"})
    assert proof_test(opened.staff(), confirmed=True).status_code == 403


def test_the_status_has_what_the_pins_say_and_how_the_last_test_ended(opened: Site) -> None:
    opened.panel.remarks = ("the wire is off",)
    ended = Ended(at=NOW, who="x", proof="proven", cut_seconds=1.5, joined_seconds=2.0)
    opened.panel.test = ProofTestShown(last=ended, due_at=NOW + 1)
    said = opened.staff().get("/api/v1/status").json
    assert said["remarks"] == ["the wire is off"]
    assert (said["test"]["last"], said["test"]["cut_seconds"]) == ("test_passed", 1.5)


def test_a_program_sees_a_count_down_and_stops_it_for_whoever_signed_in(opened: Site) -> None:
    opened.panel.announce("ransomware", "a-spoof")
    staff = opened.staff()
    shown = staff.get("/api/v1/status").json["count_down"]
    assert (shown["detector"], shown["alert"]) == ("ransomware", "a-spoof")
    headers = {"X-CSRFToken": staff.token()}
    answer = staff.browser.post("/api/v1/isolation/stop", headers=headers)
    assert (answer.status_code, answer.json["count_down"]) == (200, None)
    assert opened.panel.log[0].what == "stopped"
    again = staff.browser.post("/api/v1/isolation/stop", headers=headers)
    assert (again.status_code, again.json) == (409, {"error": "nothing_to_stop"})
    opened.panel.gone = True
    gone = staff.browser.post("/api/v1/isolation/stop", headers=headers)
    assert (gone.status_code, gone.json) == (503, {"error": "panel_unreachable"})
