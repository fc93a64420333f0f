"""The machines of a month."""

from dataclasses import replace
from datetime import date

from appliance.condition import condition
from appliance.config import Renewal
from appliance.model import Device, Mac, Table
from appliance.report.facts import MACHINES, Machine
from appliance.report.machines import machine, machines
from tests.kit.machines import DAY, IMAGING, NOW, PRINTER, RECEPTION, contact, devices

TODAY = date(2026, 9, 21)
PARK = {device.mac: device for device in devices()}


def told(device: Device) -> Machine:
    return machine(device, condition(device, TODAY), Renewal(), NOW, TODAY)


def test_a_computer_that_fetched_updates_lately_is_seen_up_to_date() -> None:
    found = told(PARK[RECEPTION])
    assert (found.computer, found.updated) == (True, True)
    assert NOW - found.updated_at < 45 * DAY
    assert found.antivirus == ("ESET",)


def test_a_computer_of_which_nothing_was_seen_is_not() -> None:
    found = told(replace(PARK[IMAGING], contacts=()))
    assert (found.updated, found.updated_at, found.antivirus) == (False, 0.0, ())


def test_an_update_of_long_ago_is_told_and_does_not_count() -> None:
    old = contact(Table.HYGIENE, "windowsupdate.com", days=80, loaded=80, octets=10**9)
    found = told(replace(PARK[IMAGING], contacts=(old,)))
    assert found.updated_at == NOW - 80 * DAY
    assert not found.updated


def test_no_updates_are_asked_of_a_printer() -> None:
    assert not told(PARK[PRINTER]).computer


def test_a_machine_has_its_age_where_somebody_wrote_it_down() -> None:
    found = told(replace(PARK[RECEPTION], bought_on="2020-10-05"))
    assert (found.aged, found.years, found.due) == (True, 5, "due")
    assert not told(PARK[RECEPTION]).aged


def test_what_needs_something_comes_first_and_the_rest_is_counted() -> None:
    many = [
        replace(PARK[RECEPTION], mac=Mac(f"02:00:00:00:{n // 256:02x}:{n % 256:02x}"))
        for n in range(MACHINES + 10)
    ]
    old = replace(PARK[RECEPTION], contacts=(), bought_on="2012-01-01")
    judged = [(each, condition(each, TODAY)) for each in (*many, old, PARK[PRINTER])]
    found, counted = machines(judged, Renewal(), NOW, TODAY)
    assert len(found) == MACHINES
    assert found[0].due == "due"
    assert (counted.computers, counted.updated, counted.due) == (MACHINES + 11, MACHINES + 10, 1)
