"""What surrounds an alert."""

from dataclasses import replace

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.model import Alert, Device, Ip
from appliance.store import Conversation, Watch
from tests.kit import people
from tests.kit.machines import devices
from tests.kit.people import BOX, DAY, HOUR, MINUTE, NOW, PHONE, SENSOR
from tests.kit.site import Site
from web.around import added, spoken, story
from web.wording import Names

HOST = Ip("198.51.100.7")


def sensors(**changes: object) -> Alert:
    """Give the alert about the sensor, heard when it last talked, with *changes*."""
    (one,) = (each for each in people.alerts() if each.id == "a-sensor")
    heard = {"first_at": NOW - HOUR, "last_at": NOW - 4 * MINUTE, "dest_ip": HOST}
    return replace(one, **{**heard, **changes})  # type: ignore[arg-type]  # by name


def save(opened: Site, *alerts: Alert) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts(alerts)
    watch.close()


def sensor(opened: Site) -> Device:
    found = opened.reader.device(SENSOR)
    assert found is not None
    return found


def conversation(**how: object) -> Conversation:
    fields = {
        "first_at": NOW - 60,
        "last_at": NOW,
        "mac": SENSOR,
        "peer_mac": BOX,
        "src": Ip("192.168.1.30"),
        "dst": HOST,
        "sport": 50_000,
        "dport": 443,
        "proto": 6,
        "packets_out": 1,
        "packets_in": 2,
        "octets_out": 10,
        "octets_in": 200,
    }
    return Conversation(**{**fields, **how})  # type: ignore[arg-type]  # by name


def test_minutes_of_a_conversation_add_up_per_side_and_service() -> None:
    device = next(each for each in devices() if each.mac == SENSOR)
    called = conversation(
        mac=PHONE, peer_mac=SENSOR, src=Ip("192.168.1.57"), dst=Ip("192.168.1.30")
    )
    first, other, back = added(
        [
            conversation(),
            conversation(first_at=NOW - 120, last_at=NOW - 60, sport=50_001),
            conversation(dport=80),
            called,
        ],
        device,
    )
    assert (first.sent, first.got, first.first_at, first.last_at) == (20, 400, NOW - 120, NOW)
    assert (other.dport, other.sent) == (80, 10)
    assert (back.peer, back.peer_mac, back.began, back.sent, back.got) == (
        "192.168.1.57",
        PHONE,
        False,
        200,
        10,
    )


def test_conversations_around_an_alert_are_shown_and_whom_it_is_about_is_marked(
    opened: Site,
) -> None:
    save(opened, sensors())
    with opened.app.test_request_context():
        found = spoken(sensors(), sensor(opened), Names({}))
    assert [(one.address, one.service, one.sent > 0) for one in found.lines] == [
        (HOST, "TCP 443", True)
    ]
    assert HOST in found.named
    text = opened.staff().get("/alerts/a-sensor").text
    assert HOST in text[text.index('id="spoken-title"') :]
    assert "L&#39;alerte en parle" in text
    assert f"/devices/{SENSOR}#talks" in text


def test_what_was_said_at_another_time_is_not_shown(opened: Site) -> None:
    before = sensors(first_at=NOW - 2 * DAY, last_at=NOW - DAY)
    with opened.app.test_request_context():
        assert spoken(before, sensor(opened), Names({})).lines == ()
    assert "Pas d&#39;échange gardé" in opened.staff().get("/alerts/a-sensor").text


def test_the_story_of_an_alert_has_others_beside_it_and_who_did_what(opened: Site) -> None:
    near = sensors(id="near", first_at=NOW - 2 * HOUR, key=("near",))
    save(opened, sensors(), near, sensors(id="far", first_at=NOW - 3 * DAY, key=("far",)))
    decision = opened.office.decide(author="camille", verdict=Verdict.SEEN, alert="a-sensor")
    with opened.app.test_request_context():
        told = story(sensors(), [decision], Names({}), "en", NOW)
    assert [(each.what, each.alert, each.by) for each in told] == [
        ("alert", "near", ""),
        ("seen", "", ""),
        ("seen", "", ""),
        ("decision", "", "camille"),
    ]
    assert [each.at for each in told] == sorted(each.at for each in told)


def test_an_alert_about_no_device_that_is_known_has_no_conversations(opened: Site) -> None:
    save(opened, sensors(id="guest", about="06:00:00:00:00:77"))
    text = opened.staff().get("/alerts/guest").text
    assert 'id="story-title"' in text
    assert 'id="spoken-title"' not in text
