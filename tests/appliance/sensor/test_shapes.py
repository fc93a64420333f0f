"""Which openings of TCP conversations are read."""

import pytest

from appliance.model import Frame
from appliance.sensor import headers
from appliance.sensor.columns import Gather
from appliance.sensor.meter import Meter
from appliance.sensor.shapes import FRESH, REMEMBERED, Shapes
from tests.kit import wire
from tests.kit.capture import block
from tests.kit.scapy_layers import layer
from tests.kit.talk import ALICE, ALICE_IP, BOB_IP, frames, segment

inet, inet6 = layer("inet"), layer("inet6")
SYN_ACK = wire.SYN | wire.ACK


def opening(at: float = 1.0, src: str = ALICE_IP, ttl: int = 64, **how) -> Frame:
    """Give the first segment of a conversation as scapy makes it."""
    if "options" not in how:
        how["options"] = [("MSS", 1460), ("SAckOK", b""), ("Timestamp", (int(at * 1000), 0))]
    tcp = inet.TCP(**{"flags": "S", "sport": 40_000, "dport": 80, "window": 64_240} | how)
    if ":" in src:
        packet = inet6.IPv6(src=src, dst="fe80::b", hlim=ttl) / tcp
        return Frame(at, wire.ether(bytes(packet), ALICE, kind=0x86DD))
    return Frame(at, wire.ether(bytes(inet.IP(src=src, dst=BOB_IP, ttl=ttl) / tcp), ALICE))


def new(shapes: Shapes, *packets: Frame) -> list[bool]:
    many = block(packets)
    return shapes.new(Gather(many.buffer), headers.read(many)).tolist()


@pytest.mark.parametrize("src", [ALICE_IP, "fe80::a"])
def test_each_shape_of_a_sender_is_read_once(src: str):
    """Ports, numbers and time stamps are not part of it."""
    shapes = Shapes()
    again = opening(2.0, src, sport=40_001, dport=443, seq=7)
    assert new(shapes, opening(1.0, src), again) == [True, False]
    assert new(shapes, again) == [False]


@pytest.mark.parametrize(
    "how",
    [
        {"ttl": 128},
        {"window": 8192},
        {"flags": "SA"},
        {"options": [("MSS", 1200), ("SAckOK", b""), ("Timestamp", (1, 0))]},
        {"options": []},
        {"src": "192.0.2.77"},
    ],
)
def test_another_shape_is_read_too(how):
    """Whatever of it differs."""
    shapes = Shapes()
    assert new(shapes, opening(), opening(**how)) == [True, True]


@pytest.mark.parametrize("how", [{"ttl": 63}, {"flags": "A"}, {"flags": "SF"}, {"flags": "SR"}])
def test_others_are_left(how):
    """What a router passed on says nothing of the machine next to us; nor does a scan's oddity."""
    assert new(Shapes(), opening(**how)) == [False]


def test_a_flood_of_senders_is_bounded_and_counted():
    """A sweep of made-up addresses neither fills memory nor is read."""
    shapes = Shapes()
    many = [opening(src=f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}") for n in range(REMEMBERED + 100)]
    assert sum(new(shapes, *many)) == REMEMBERED
    assert shapes.dropped == 100


def test_a_shape_is_read_again_after_a_while():
    """What is worked out from it stays fresh."""
    meter = Meter()
    times = (1.0, 2.0, FRESH + 1.0)
    heard = [each for at in times for each in meter.feed(block([opening(at)]))]
    assert [frame.at for frame in frames([*heard, *meter.finish()])] == [1.0, FRESH + 1.0]


def test_no_packets_have_no_shape():
    """Nor has a segment in the middle."""
    assert new(Shapes(), segment(1.0, b"x")) == [False]
