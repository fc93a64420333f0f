"""Something begins on many devices together."""

from appliance.detectors.deployment import Deployment
from appliance.model import Mac

DAY = 86_400.0
MACS = [Mac(f"02:00:00:00:00:{number:02x}") for number in range(8)]


def watched(since: float = 0.0) -> Deployment:
    made = Deployment(stations=3, together=900.0, pairs=64)
    made.watch(since)
    return made


def test_what_begins_on_three_devices_within_minutes_is_deployed():
    made = watched()
    noted = [made.note(mac, "tool", 2 * DAY + 60 * n) for n, mac in enumerate(MACS[:4])]
    assert noted == [(False, 1), (False, 2), (True, 3), (True, 4)]


def test_what_was_in_use_there_before_is_usual():
    made = watched()
    for mac in MACS[:3]:
        made.note(mac, "tool", DAY / 2)
    assert [made.note(mac, "tool", 3 * DAY)[0] for mac in MACS[:3]] == [False] * 3


def test_in_the_first_day_everything_is_new_and_nothing_is_deployed():
    made = watched()
    assert [made.note(mac, "tool", 60 * n)[0] for n, mac in enumerate(MACS)] == [False] * 8


def test_what_begins_here_and_there_is_not_deployed():
    made = watched()
    assert [made.note(mac, "tool", 2 * DAY + 1000 * n)[0] for n, mac in enumerate(MACS)] == [
        False
    ] * 8
