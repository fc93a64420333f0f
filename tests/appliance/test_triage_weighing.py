"""What triage makes of an alert beside folding it: no news, a shout, worse at night."""

from dataclasses import replace

from appliance.decisions import Standing, Verdict
from appliance.hours import read
from appliance.model import Level, Mac, Severity
from appliance.triage import AGAIN, SHOUTS
from tests.appliance.test_triage import ALICE, BOB, outside, said, scan, triage
from tests.kit.check import NEVER_OPEN

# Again


def test_a_second_trouble_of_an_alarmed_device_is_again():
    held = triage()
    assert not held.take(scan(1)).again
    assert held.take(outside(2, "a.example")).again
    assert held.take(scan(3, "pc")).again


def test_another_device_is_not_again():
    held = triage()
    held.take(scan(1))
    assert not held.take(replace(scan(2, "pc"), about=BOB)).again


def test_the_other_address_of_a_device_is_the_device():
    held = triage()
    held.heed(Standing(mains={BOB: ALICE}), 0)
    held.take(scan(1))
    assert held.take(replace(scan(2, "pc"), about=BOB)).again


def test_what_is_worse_is_not_again():
    held = triage()
    held.take(scan(1, severity=Severity.NOTICE))
    assert not held.take(scan(2, "pc")).again
    assert not held.take(scan(3, "nas2", severity=Severity.DANGER)).again
    assert held.take(scan(4, "nas3", severity=Severity.DANGER)).again
    assert held.take(scan(5, "nas4")).again


def test_what_becomes_worse_is_no_longer_again():
    """Guessing that succeeds is news, whatever was told before."""
    held = triage()
    held.take(scan(1))
    assert held.take(scan(2, "pc")).again
    assert not held.take(scan(3, "pc", severity=Severity.DANGER)).again
    assert not held.take(scan(4, "pc")).again


def test_a_day_later_it_is_news():
    held = triage()
    held.take(scan(1))
    assert held.take(scan(AGAIN, "pc")).again
    assert not held.take(scan(AGAIN + AGAIN + 1, "pc2")).again


def test_what_was_dealt_with_alarms_nobody():
    held = triage()
    first = held.take(scan(1))
    held.heed(said(Verdict.CLOSE, alert=first.id), 2)
    assert not held.take(scan(3, "pc")).again
    held.heed(said(Verdict.NORMAL, detector="port_scan"), 4)
    assert not held.take(outside(5, "a.example")).again


def test_what_was_there_before_a_restart_counts():
    before, after = triage(), triage()
    after.restore([before.take(scan(1))])
    assert after.take(scan(2, "pc")).again


# What the panel sounds for


def test_each_device_in_danger_shouts_once():
    held = triage()
    held.take(scan(0))
    first = held.take(scan(1, "pc", severity=Severity.DANGER))
    held.take(scan(2, "nas2", severity=Severity.DANGER))
    other = held.take(replace(scan(3, "bob", severity=Severity.DANGER), about=BOB))
    assert held.shouts() == (other.id, first.id)
    held.heed(said(Verdict.CLOSE, alert=first.id), 4)
    assert held.shouts() == (other.id,)
    assert held.level() is Level.DANGER


def test_shouts_have_a_maximum():
    held = triage()
    for number in range(SHOUTS + 3):
        mac = Mac(f"02:00:00:00:01:{number:02x}")
        last = held.take(replace(scan(number, f"pc{number}", severity=Severity.DANGER), about=mac))
    assert len(held.shouts()) == SHOUTS
    assert held.shouts()[0] == last.id


# Out of hours


def test_out_of_hours_an_alert_says_so_where_that_makes_it_worse():
    held = triage(NEVER_OPEN)
    assert held.take(scan(1)).at_night
    assert not held.take(outside(1, "a.example")).at_night


def test_out_of_hours_only_what_a_detector_says_is_graver_weighs_more():
    held = triage(NEVER_OPEN)
    assert held.take(scan(1)).severity is Severity.WARNING
    assert held.take(scan(1, "pc", graver_at_night=True)).severity is Severity.DANGER
    notice = scan(1, "nas2", severity=Severity.NOTICE, graver_at_night=True)
    assert held.take(notice).severity is Severity.WARNING
    danger = scan(1, "nas3", severity=Severity.DANGER, graver_at_night=True)
    assert held.take(danger).severity is Severity.DANGER
    assert held.take(outside(1, "a.example", graver_at_night=True)).severity is Severity.WARNING


def test_without_hours_or_within_them_nothing_is_raised():
    for held in (triage(), triage(read(["mon-sun 00:00-24:00"], "Europe/Paris"))):
        alert = held.take(scan(1, graver_at_night=True))
        assert (alert.severity, alert.at_night) == (Severity.WARNING, False)


def test_it_is_said_of_what_was_found_last_or_made_it_worse():
    """Of a trouble that goes on by day, only where the night is why it is a danger."""
    held = triage(read(["thu 02:00-24:00"], "UTC"))  # 1970 began on a Thursday
    noon = 12 * 3600.0
    assert held.take(scan(1)).at_night
    assert not held.take(scan(noon)).at_night
    assert held.take(scan(1, "pc", graver_at_night=True)).at_night
    by_day = held.take(scan(noon, "pc", graver_at_night=True))
    assert (by_day.severity, by_day.at_night) == (Severity.DANGER, True)
