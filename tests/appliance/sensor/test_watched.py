"""Frames from and to devices that are watched, and who else passes things on, through the meter."""

from ipaddress import ip_network

from appliance.model import Mac
from appliance.sensor.meter import Meter
from appliance.sensor.watched import PASSED_ON
from tests.kit import wire
from tests.kit.capture import block
from tests.kit.talk import ALICE, ALICE_IP, BOB, segment


def test_it_is_noted_when_a_device_that_is_watched_sends_and_is_sent_to():
    """To the packet, because the proof of a cut depends on it."""
    meter = Meter()
    meter.watched.watch([Mac(BOB)])
    meter.feed(block([segment(1.0), segment(1.25, back=True), segment(1.75)]))
    assert (meter.watched.calls[BOB].sent_at, meter.watched.calls[BOB].called_at) == (1.25, 1.75)


def test_it_is_noted_who_else_passes_on_what_comes_from_outside():
    """A second router, next to the one that is watched; machines here are inside."""
    meter = Meter()
    meter.watched.watch([Mac(BOB)], [ip_network("192.168.0.0/16"), ip_network("10.0.0.0/8")])
    outside = "203.0.113.9"
    meter.feed(
        block(
            [
                wire.udp(1.0, BOB, outside, ALICE_IP, 53, 5000, to=ALICE),
                wire.udp(1.1, ALICE, ALICE_IP, outside, 5000, 53, to=BOB),
                wire.udp(1.2, "02:00:00:00:00:99", outside, ALICE_IP, 53, 5000, to=ALICE),
                wire.udp(1.3, "02:00:00:00:00:99", outside, ALICE_IP, 53, 5000, to=ALICE),
            ]
        )
    )
    assert {mac: meter.watched.passed_on.get(mac) for mac in meter.watched.passed_on} == {
        "02:00:00:00:00:99": 1.3
    }


def test_only_so_many_who_pass_something_on_are_remembered():
    meter = Meter()
    meter.watched.watch([Mac(BOB)], [ip_network("10.0.0.0/8")])
    crowd = [
        wire.udp(1 + n / 100, f"02:00:00:00:01:{n:02x}", "203.0.113.9", ALICE_IP, 53, 5000)
        for n in range(50)
    ]
    meter.feed(block(crowd))
    assert len(meter.watched.passed_on) == PASSED_ON
