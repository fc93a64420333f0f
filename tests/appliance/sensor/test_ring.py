"""The ring on a real card: one end of a veth pair, in a network namespace of its own."""

import os
import socket
from contextlib import closing
from itertools import islice

import pytest

from appliance.sensor.meter import Meter
from appliance.sensor.ring import LiveRing
from appliance.sensor.source import CaptureError
from tests.kit import wire
from tests.lab.namespaces import inside, links, remove, set_kernel

NAMESPACE = f"vigie-ring-{os.getpid()}"
FAR, NEAR = "far0", "near0"
SOL_PACKET, AUXDATA = 263, 8

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="network namespaces need root"),
    pytest.mark.xdist_group("ring"),
]


def wired(kernel):
    kernel.link("add", ifname=FAR, kind="veth", peer=NEAR)
    for card in (FAR, NEAR):
        kernel.link("set", index=kernel.link_lookup(ifname=card)[0], state="up")


@pytest.fixture
def kernel():
    """A namespace with a pair of cards; the door to it."""
    with inside(NAMESPACE, create=True):
        pass
    try:
        set_kernel(NAMESPACE, ipv6__conf__default__disable_ipv6=1)
        with links(NAMESPACE) as door:
            wired(door)
            yield door
    finally:
        remove(NAMESPACE)


@pytest.fixture
def ring(kernel):
    with inside(NAMESPACE), closing(LiveRing(NEAR, ring_mib=2)) as opened:
        yield opened


@pytest.fixture
def blocks(ring):
    return iter(ring)


def frame(number, vlans=()):
    return wire.udp(
        0, "02:00:00:00:00:0a", "192.0.2.1", "192.0.2.2", 5, number, b"hello", vlans=vlans
    ).data


def send(*frames):
    with inside(NAMESPACE), socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as out:
        out.bind((FAR, 0))
        for each in frames:
            out.send(each)


def heard(blocks, count):
    """Give the next *count* frames; some seconds of silence end the waiting."""
    found = []
    for block in islice(blocks, 40):
        for start, size in zip(block.offsets, block.captured, strict=True):
            found.append(bytes(block.buffer[start : start + size]))
        if len(found) >= count:
            break
    return found


def until(blocks, ring, why):
    """Wait until the ring says *why* nothing can be heard, or that all is well."""
    for _ in islice(blocks, 40):
        if ring.why == why:
            return
    raise AssertionError(ring.why)


def test_every_frame_is_heard_whole_and_in_order(blocks):
    """With its length and its time."""
    frames = [frame(number) for number in range(1, 2001)]
    send(*frames)
    assert heard(blocks, 2000) == frames


def test_frames_of_a_block_go_through_the_meter(blocks):
    frames = [frame(number) for number in range(1, 101)]
    send(*frames)
    meter = Meter()
    while meter.counters.packets < 100:
        meter.feed(next(blocks))
    assert (meter.counters.conversations, meter.counters.malformed) == (100, 0)


def test_the_vlan_that_the_kernel_takes_out_is_told(blocks):
    """Of two tags the outer one; the inner stays in the bytes."""
    send(frame(1, vlans=(7,)), frame(2, vlans=(9, 8)), frame(3))
    found = []
    for block in islice(blocks, 40):
        found += [] if block.vlans is None else block.vlans.tolist()
        if len(found) == 3:
            break
    assert found == [7, 9, 0]


def test_silence_only_tells_the_time(blocks):
    """Blocks without packets move time on."""
    first, second = next(blocks), next(blocks)
    assert len(first.offsets) == len(second.offsets) == 0
    assert second.now > first.now


def test_it_hears_again_when_the_card_was_down(kernel, ring, blocks):
    """The same socket goes on."""
    index = kernel.link_lookup(ifname=NEAR)[0]
    kernel.link("set", index=index, state="down")
    until(blocks, ring, "health.card_down")
    kernel.link("set", index=index, state="up")
    until(blocks, ring, "")
    send(frame(1))
    assert heard(blocks, 1) == [frame(1)]


def test_it_says_when_the_cable_is_out(kernel, ring, blocks):
    """That is silence, and no error, to the socket."""
    index = kernel.link_lookup(ifname=FAR)[0]
    kernel.link("set", index=index, state="down")
    until(blocks, ring, "health.no_carrier")
    kernel.link("set", index=index, state="up")
    until(blocks, ring, "")


def test_it_hears_again_when_the_card_was_pulled_out_and_put_back(kernel, ring, blocks):
    """Only a new socket does."""
    kernel.link("del", index=kernel.link_lookup(ifname=NEAR)[0])
    until(blocks, ring, "health.card_gone")
    wired(kernel)
    until(blocks, ring, "")
    send(frame(1))
    assert heard(blocks, 1) == [frame(1)]


def test_it_sends_nothing_and_does_not_hear_itself(kernel, blocks):
    """Not one frame leaves the card, and what the box itself sends is not of the practice."""
    with inside(NAMESPACE), socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as out:
        out.bind((NEAR, 0))
        before = _sent(kernel)
        next(blocks)
        assert _sent(kernel) == before
        out.send(frame(1))
    send(frame(2))
    assert heard(blocks, 1) == [frame(2)]


def _sent(kernel):
    (link,) = kernel.get_links(ifname=NEAR)
    return link.get("stats64")["tx_packets"]


def test_what_the_ring_has_no_room_for_is_counted(ring, blocks):
    """A megabyte is read, then two more come than there is room for."""
    next(blocks)
    big = wire.udp(0, "02:00:00:00:00:0a", "192.0.2.1", "192.0.2.2", 5, 6, bytes(1400)).data
    send(*[big] * 3000)
    found = heard(blocks, 3000)
    assert ring.dropped > 0
    assert len(found) + ring.dropped == 3000


def test_a_card_that_is_not_there_is_refused_in_a_sentence(kernel):
    with inside(NAMESPACE), pytest.raises(CaptureError, match="no network card"):
        LiveRing("none0")
