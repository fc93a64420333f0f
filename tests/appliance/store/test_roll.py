"""Which devices must be written, and when."""

from dataclasses import replace

import pytest

from appliance.model import Contact, Evidence, Ip, Table, Trust
from appliance.store.roll import WRITES_A_MINUTE, Roll
from tests.appliance.store.samples import ALICE, BOB, NOON, device, numbered_mac

CONTACT = Contact(table=Table.HYGIENE, host="windowsupdate.com", first_at=NOON, last_at=NOON)


@pytest.fixture
def roll():
    roll = Roll(4096)
    roll.take([device()])
    roll.wrote(roll.due())
    return roll


def test_a_new_device_is_due(roll):
    roll.take([device(BOB)])
    assert roll.due() == [device(BOB)]
    roll.wrote(roll.due())
    assert roll.due() == []


@pytest.mark.parametrize(
    "change",
    [
        {"addresses": (Ip("192.168.1.99"),)},
        {"names": ()},
        {"maker": "Dell"},
        {"randomised": True},
        {"gateway": True},
        {"first_at": NOON - 1},
        {"evidence": ()},
        {"trust": Trust.APPROVED},
        {"given_name": "Accueil"},
        {"role": "workstation"},
        {"place": "1"},
        {"kind": "computer"},
        {"model": "Optiplex"},
        {"os": "Windows 10"},
        {"also": (BOB,)},
        {"given_kind": "server"},
        {"bought_on": "2021-03-31"},
        {"contacts": (CONTACT,)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_device_that_changed_is_due(roll, change):
    roll.take([device(**change)])
    assert roll.due() == [device(**change)]


@pytest.mark.parametrize("vote", ["kind", "maker", "model", "os"])
def test_evidence_that_votes_otherwise_is_news(roll, vote):
    """What it says is as before: a table has learnt what that means."""
    (seen,) = device().evidence
    roll.take([device(evidence=(replace(seen, **{vote: "other"}),))])
    assert len(roll.due()) == 1


def test_a_download_counts_once_a_day(roll):
    """Not every byte, nor every call: a device calls its listed hosts all day long."""
    writes = 0
    for minute in range(2 * 24 * 60):
        at = NOON + 60 * minute
        loaded_at = at - at % 1800  # something is loaded every half hour
        called = replace(CONTACT, last_at=at, octets_in=minute * 1000, loaded_at=loaded_at)
        roll.take([device(last_at=at, contacts=(called,))])
        writes += len(roll.due())
        roll.wrote(roll.due())
        roll.begin_minute()
    assert writes == 3  # when it began, and on the two days that follow


def test_a_device_heard_again_is_not_due(roll):
    """Neither when its evidence was seen again."""
    again = Evidence(source="oui", says="Dell", weight=20, first_at=NOON, last_at=NOON + 9)
    roll.take([device(last_at=NOON + 9, evidence=(again,))])
    assert roll.due() == []
    assert roll.seen() == [(NOON + 9, ALICE)]
    roll.noted()
    assert roll.seen() == []


def test_after_an_hour_whatever_differs_is_due(roll):
    later = device(last_at=NOON + 9)
    roll.take([later])
    roll.rewrite()
    assert roll.due() == [later]
    roll.wrote([later])
    roll.rewrite()
    assert roll.due() == []


def test_what_is_due_is_the_newest_state(roll):
    roll.take([device(names=("a",))])
    roll.take([device(names=("b",))])
    assert [one.names for one in roll.due()] == [("b",)]


def test_a_minute_has_a_greatest_number_of_writes():
    """A flood of made-up addresses does not wear the card out; all are written in the end."""
    roll = Roll(4096)
    roll.take(device(numbered_mac(number)) for number in range(WRITES_A_MINUTE + 10))
    assert len(roll.due()) == WRITES_A_MINUTE
    roll.wrote(roll.due())
    assert roll.due() == []
    roll.begin_minute()
    assert len(roll.due()) == 10


def test_a_roll_has_a_greatest_number_of_devices():
    """Those let go before they were written are counted."""
    roll = Roll(10)
    for number in range(15):
        roll.take([replace(device(), mac=numbered_mac(number))])
    assert len(roll.due()) == 10
    assert len(roll.seen()) == 10
    assert roll.dropped == 5


def test_what_was_forgotten_is_not_written_again_until_it_is_heard(roll):
    """The sensor still knows a device whose time is over, and names it every minute."""
    roll.retire({device().mac: device().last_at})
    roll.take([device()])
    assert roll.due() == []
    roll.take([replace(device(), last_at=device().last_at + 1)])
    assert [each.mac for each in roll.due()] == [device().mac]


def test_what_was_deleted_is_new_when_it_is_heard_again(roll):
    roll.take([device(BOB)])
    roll.forget([device().mac])
    assert [each.mac for each in roll.due()] == [BOB]
    roll.take([device()])
    assert {each.mac for each in roll.due()} == {BOB, device().mac}
    roll.forget(None)
    assert (roll.due(), roll.seen()) == ([], [])
