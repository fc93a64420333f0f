"""What is worked out of a device for people."""

from dataclasses import replace
from datetime import date

from appliance.condition import condition
from tests.kit.machines import RECEPTION, devices

TODAY = date(2026, 9, 21)
COMPUTER = next(device for device in devices() if device.mac == RECEPTION)


def test_what_people_say_it_is_decides_what_is_expected_of_it() -> None:
    """Updates and an antivirus are missed of a computer, and of nothing else."""
    bare = replace(COMPUTER, contacts=())
    missed = {each.subject for each in condition(bare, TODAY).cared}
    assert missed == {"system", "antivirus"}
    printer = condition(replace(bare, given_kind="printer"), TODAY)
    assert printer.told.kind == "printer"
    assert printer.cared == ()


def test_support_is_that_of_the_day() -> None:
    early, late = (condition(COMPUTER, day).support for day in (date(2016, 1, 1), date(2050, 1, 1)))
    assert early
    assert late
    assert (early.verdict, late.verdict) == ("supported", "ended")
