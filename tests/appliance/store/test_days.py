"""The reading end of the day files."""

from collections import deque
from contextlib import closing

import pytest

from appliance.model import Ip
from appliance.store import StoreTrouble, talks
from appliance.store.days import Days
from appliance.store.flows import DayFiles
from tests.appliance.store.samples import ALICE, BOB, GATEWAY, NOON, device
from tests.appliance.store.test_flows import row

DAY = 86_400.0


@pytest.fixture
def days(tmp_path):
    """Two days of Alice, Bob and the internet."""
    inside = {"peer_mac": BOB, "dst": Ip("192.168.1.11"), "dport": 445}
    back = {"mac": BOB, "peer_mac": ALICE, "src": Ip("192.168.1.11"), "dst": Ip("192.168.1.10")}
    with closing(DayFiles(tmp_path, 100_000)) as files:
        files.write(
            deque(
                [
                    row(NOON - DAY, octets=1),
                    row(NOON - 50),
                    row(NOON - 40),
                    row(NOON - 30, **inside),
                    row(NOON - 20, **back),
                    row(NOON - 10, mac=BOB, src=Ip("192.168.1.11")),
                ]
            ),
            NOON,
        )
    return Days(tmp_path)


def test_a_devices_talks_are_added_up_from_its_side(days):
    found = days.talks(device(), NOON - DAY - 10)
    assert found.whole
    told = [(one.peer, one.dport, one.began, one.sent, one.got) for one in found.what]
    assert told == [
        ("192.168.1.11", 443, False, 100, 10),
        ("192.168.1.11", 445, True, 10, 100),
        ("203.0.113.5", 443, True, 30, 201),
    ]
    outside = found.what[-1]
    assert (outside.first_at, outside.last_at) == (NOON - DAY - 1, NOON - 40)
    assert outside.peer_mac == GATEWAY


def test_only_the_time_that_is_asked_for_counts(days):
    found = days.talks(device(), NOON - 35)
    assert [one.peer for one in found.what] == ["192.168.1.11"] * 2


def test_what_passes_through_a_gateway_is_not_said_to_it(days):
    gateway = device(GATEWAY, addresses=(Ip("192.168.1.1"),), gateway=True)
    assert days.talks(gateway, 0).what == ()


def test_a_device_with_two_cards_talks_with_both(days):
    both = device(also=(BOB,))
    peers = {one.peer for one in days.talks(both, NOON - 100).what}
    assert "203.0.113.5" in peers


def test_pairs_are_all_that_two_said(days):
    found = days.pairs(NOON - 100)
    told = {frozenset((one.mac, one.peer_mac)): one.octets for one in found.what}
    assert told == {
        frozenset((ALICE, GATEWAY)): 220,
        frozenset((ALICE, BOB)): 220,
        frozenset((BOB, GATEWAY)): 110,
    }


def test_who_talked_to_an_address_is_known(days):
    found = days.speakers(Ip("203.0.113.5"), NOON - 100)
    assert [one.mac for one in found.what] == [BOB, ALICE]
    assert days.speakers(Ip("203.0.113.6"), 0).what == ()


def test_looking_stops_after_a_number_of_rows_and_says_so(days, monkeypatch):
    monkeypatch.setattr(talks, "MOST", 3)
    found = days.talks(device(), NOON - DAY - 10)
    assert [one.dport for one in found.what] == [443, 445]
    assert (found.whole, found.since) == (False, NOON - 30)


def test_looking_may_stop_between_two_days(days, monkeypatch):
    monkeypatch.setattr(talks, "MOST", 5)
    found = days.talks(device(), NOON - DAY - 10)
    assert not found.whole
    assert sum(one.got for one in found.what if one.peer == "203.0.113.5") == 200


def test_a_day_that_has_only_just_been_made_is_empty(tmp_path):
    (tmp_path / "flows-20260101.db").touch()
    assert Days(tmp_path).talks(device(), 0).what == ()
    assert Days(tmp_path).conversations(None, 0, NOON * 2, 10) == ()


def test_a_damaged_day_is_said_to_be(tmp_path):
    (tmp_path / "flows-20260101.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreTrouble):
        Days(tmp_path).pairs(0)
