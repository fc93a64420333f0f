"""What an incident is about, and which cable comes first."""

from dataclasses import replace

from appliance.dossier.scope import CONCERNED, Scope, pulls, scope
from appliance.incidents import Incident, Origin
from appliance.model import AlertState, Mac, Severity
from tests.kit.people import ATTACKER, NAS, NOW, RECEPTION, SENSOR, SERVER, alert, alerts, devices
from tests.kit.story import case, story


def incident(origin: Origin = Origin.CASE, subject: str = "c-story") -> Incident:
    return Incident(
        id="x", opened_at=NOW, opened_by="accueil", origin=origin, subject=subject, entries=()
    )


def known():
    return tuple(
        replace(each, role="nas" if each.mac == NAS else "server" if each.mac == SERVER else "")
        for each in devices()
    )


def test_a_case_brings_its_devices_and_all_its_alerts_in_order() -> None:
    found = scope(incident(), story(), [case()])
    assert [each.id for each in found.alerts] == [each.id for each in story()]
    assert found.devices == (RECEPTION,)


def test_an_alert_brings_the_case_that_it_is_in() -> None:
    found = scope(incident(Origin.ALERT, "s-beacon"), story(), [case(also=(SERVER,))])
    assert found.devices == (RECEPTION, SERVER)


def test_opened_by_hand_it_is_about_the_dangers_that_are_open() -> None:
    """Warnings of other devices are left out."""
    found = scope(incident(Origin.HAND, ""), alerts(), [])
    assert found.devices == (ATTACKER,)
    assert SENSOR not in {each.about for each in found.alerts}


def test_what_people_called_normal_is_left_out_unless_it_was_opened_from_it() -> None:
    normal = alert(state=AlertState.NORMAL)
    assert scope(incident(Origin.HAND, ""), [normal], []).alerts == ()
    assert scope(incident(Origin.ALERT, normal.id), [normal], []).alerts == (normal,)


def test_an_incident_with_nothing_seen_is_about_nothing() -> None:
    assert scope(incident(Origin.HAND, ""), [], []) == Scope(alerts=(), devices=())


def test_a_flood_of_dangers_is_bounded() -> None:
    flood = [alert(f"a-{n}", about=Mac(f"02:00:00:00:01:{n:02x}")) for n in range(200)]
    assert len(scope(incident(Origin.HAND, ""), flood, []).devices) == CONCERNED


def test_while_files_are_encrypted_servers_and_storage_come_first() -> None:
    found = pulls(scope(incident(), story(), [case()]), known())
    assert [(each.device.mac, each.store) for each in found] == [
        (NAS, True),
        (SERVER, True),
        (RECEPTION, False),
    ]


def test_a_machine_on_which_a_worm_sleeps_comes_even_before_the_stores() -> None:
    worm = alert(detector="known_bad", about=RECEPTION, words={"list": "wannacry-switch"})
    found = pulls(scope(incident(), (*story(), worm), [case()]), known())
    assert [each.device.mac for each in found] == [RECEPTION, NAS, SERVER]


def test_otherwise_only_the_machine_that_does_harm_is_pulled() -> None:
    found = pulls(scope(incident(Origin.HAND, ""), alerts(), []), known())
    assert [each.device.mac for each in found] == [ATTACKER]


def test_without_a_danger_the_device_it_is_about_is_pulled() -> None:
    odd = alert(severity=Severity.WARNING)
    found = pulls(scope(incident(Origin.ALERT, odd.id), [odd], []), known())
    assert [each.device.mac for each in found] == [ATTACKER]
