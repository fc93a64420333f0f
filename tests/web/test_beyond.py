"""What is outside on the map."""

from dataclasses import replace

from appliance.model import Contact, Ip, Severity, Table
from tests.kit import people
from tests.kit.people import ATTACKER, NAS, NOW, RECEPTION, SENSOR, devices
from web.beyond import HOSTILE, SERVICES, UPDATES, beyond, by_device, inside
from web.roster import Roster, Rosters


def every() -> Roster:
    return Rosters().of(devices(), NOW)


def test_services_stand_in_the_order_in_which_they_are_missed() -> None:
    found = beyond(devices(), devices()[:1], {})
    categories = [one.category for one in found.values()]
    assert categories[0] == "booking"
    assert categories[-2:] == ["updates", "rest"]
    assert next(user.mac for user in found[UPDATES].users) == RECEPTION
    assert found["rest"].users == devices()[:1]


def test_nothing_outside_is_nothing_to_draw() -> None:
    assert beyond([], [], {}) == {}
    unlisted = Contact(table=Table.PRACTICE, host="nobody.example", first_at=NOW, last_at=NOW)
    odd = replace(devices()[0], contacts=(unlisted, replace(unlisted, table=Table.HYGIENE)))
    assert beyond([odd], [], {}) == {}


def test_what_an_alert_is_about_comes_first_and_bears_it() -> None:
    alerts = by_device(people.alerts(), every())
    found = beyond(devices(), [], alerts)
    assert next(iter(found)) == "alert updates.example"
    hostile = found["alert updates.example"]
    assert hostile.alert is not None
    assert [user.mac for user in hostile.users] == [SENSOR]


def test_a_notice_draws_no_line() -> None:
    mild = people.alert(severity=Severity.NOTICE, peers=("x.example",), dest_ip=Ip("203.0.113.1"))
    assert beyond(devices(), [], by_device([mild], every())) == {} | beyond(devices(), [], {})
    assert list(inside(mild, every())) == []


def test_a_side_is_a_host_else_an_address_and_never_a_device_here() -> None:
    quiet = {"about": NAS, "key": ("x",)}
    by_name = people.alert("1", **quiet, words={"host": "evil.example"}, dest_ip=Ip("203.0.113.1"))
    by_address = people.alert("2", **quiet, words={}, dest_ip=Ip("203.0.113.2"))
    at_home = people.alert("3", **quiet, words={}, dest_ip=Ip("192.168.1.1"), peers=(RECEPTION,))
    found = beyond(devices(), [], by_device([by_name, by_address, at_home], every()))
    hostile = [one.name for one in found.values() if one.alert]
    assert hostile == ["203.0.113.2", "evil.example"]
    assert list(inside(at_home, every())) == [RECEPTION]


def test_the_worst_alert_of_a_device_comes_first() -> None:
    mild = people.alert("mild", severity=Severity.WARNING)
    bad = people.alert("bad", last_at=NOW - 9000)
    nobody = people.alert("nobody", about="02:ff:ff:ff:ff:ff")
    assert [one.id for one in by_device([mild, bad, nobody], every())[ATTACKER]] == ["bad", "mild"]


def test_no_more_is_drawn_than_can_be_read() -> None:
    many = [
        people.alert(
            str(n), about=NAS, words={}, dest_ip=None, src_ip=None, peers=(f"{n}.example",)
        )
        for n in range(20)
    ]
    found = beyond(devices(), [], by_device(many, every()))
    assert sum(one.alert is not None for one in found.values()) == HOSTILE
    assert len(found) <= HOSTILE + SERVICES + 2
