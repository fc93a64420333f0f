"""What conversations did in each minute."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.model import NO_MAC, Ip, Mac
from appliance.store import ledger as module
from appliance.store.ledger import LATE, Ledger
from appliance.store.opening import open_sound
from appliance.store.traffic import load
from tests.appliance.store.samples import ALICE, BOB, GATEWAY, NOON, delta, place

INSIDE = Ip("192.168.1.20")
OUTSIDE = Ip("203.0.113.5")


def counted(tmp_path, *deltas):
    """Give what each device did, by its address, in octets: LAN in, out, outside in, out."""
    ledger = Ledger()
    ledger.count(deltas, place)
    ledger.close_minute()
    db = open_sound(tmp_path / "vigie.db", NOON)
    ledger.tally.save(db)
    found = load(db, "day", None, 0, 4e9)
    db.close()
    return {
        one.mac: (
            one.lan.octets_in,
            one.lan.octets_out,
            one.outside.octets_in,
            one.outside.octets_out,
        )
        for one in found
    }


def test_a_call_outside_is_charged_to_the_device_and_not_to_the_gateway(tmp_path):
    assert counted(tmp_path, delta()) == {ALICE: (0, 0, 100, 10)}


def test_a_call_from_outside_is_charged_to_the_device_called(tmp_path):
    called = delta(mac=GATEWAY, peer_mac=ALICE, src=OUTSIDE, dst=INSIDE)
    assert counted(tmp_path, called) == {ALICE: (0, 0, 10, 100)}


def test_two_devices_are_both_charged(tmp_path):
    """What one sent, the other received."""
    between = delta(mac=ALICE, peer_mac=BOB, dst=INSIDE)
    assert counted(tmp_path, between) == {ALICE: (100, 10, 0, 0), BOB: (10, 100, 0, 0)}


def test_a_call_to_everybody_is_charged_to_the_caller_alone(tmp_path):
    """Broadcast and multicast addresses are no devices."""
    everybody = delta(peer_mac=Mac("ff:ff:ff:ff:ff:ff"), dst=Ip("255.255.255.255"))
    some = delta(peer_mac=Mac("01:00:5e:00:00:fb"), dst=Ip("224.0.0.251"))
    assert counted(tmp_path, everybody, some) == {ALICE: (200, 20, 0, 0)}


def test_packets_without_hardware_address_are_charged_to_nobody(tmp_path):
    assert counted(tmp_path, delta(mac=NO_MAC, peer_mac=NO_MAC, dst=INSIDE)) == {}


def test_a_conversation_that_goes_on_has_a_row_per_minute():
    ledger = Ledger()
    ledger.count([delta(NOON + at, first_at=NOON + 1) for at in (1, 30, 59, 61, 119, 125)], place)
    ledger.close_minute()
    assert [(row.first_at - NOON, row.last_at - NOON, row.packets_in) for row in ledger.ready] == [
        (1, 59, 6),
        (60, 119, 4),
        (120, 125, 2),
    ]


def test_a_minute_is_over_when_its_last_packets_cannot_come_any_more():
    """Or when the clock was set back."""
    ledger = Ledger()
    ledger.count([delta(NOON)], place)
    ledger.settle(NOON + 60 + LATE - 1)
    assert len(ledger.ready) == 0
    ledger.settle(NOON + 60 + LATE)
    assert len(ledger.ready) == 1
    ledger.count([delta(NOON + 120)], place)
    ledger.settle(NOON)
    assert len(ledger.ready) == 2


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 3)), max_size=80))
def test_no_octet_is_lost_between_the_deltas_and_the_rows(said):
    ledger = Ledger()
    ledger.count([delta(NOON + at, sport=port, first_at=NOON) for at, port in said], place)
    ledger.close_minute()
    assert sum(row.octets_in for row in ledger.ready) == 100 * len(said)
    assert all(row.first_at <= row.last_at for row in ledger.ready)


def test_a_scan_is_bounded_and_still_charged(tmp_path, monkeypatch):
    """Conversations beyond the limit have no row; their octets count."""
    monkeypatch.setattr(module, "CONVERSATIONS", 10)
    ledger = Ledger()
    ledger.count([delta(NOON, dport=port) for port in range(25)], place)
    ledger.close_minute()
    assert (len(ledger.ready), ledger.dropped) == (10, 15)
    ledger.count([delta(NOON + 60)], place)
    ledger.close_minute()
    assert (len(ledger.ready), ledger.dropped) == (10, 16)
    db = open_sound(tmp_path / "vigie.db", NOON)
    ledger.tally.save(db)
    assert load(db, "day", None, 0, 4e9)[0].outside.octets_out == 260
    db.close()


def test_what_is_deleted_is_forgotten_before_it_is_written():
    ledger = Ledger()
    ledger.count([delta()], place)
    ledger.close_minute()
    ledger.count([delta()], place)
    ledger.forget({delta().mac})
    ledger.close_minute()
    assert list(ledger.ready) == []
    ledger.count([delta()], place)
    ledger.forget({"02:00:00:00:00:77"})
    ledger.close_minute()
    assert len(ledger.ready) == 1
    ledger.forget(None)
    assert not ledger.ready
