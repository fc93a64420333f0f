"""The ring on a real card, one of a pair, in a network namespace of its own."""

import subprocess
import sys
import time
from contextlib import closing
from itertools import islice

import pytest

from appliance.model import Frame
from appliance.sensor import ring as rings
from appliance.sensor.meter import Meter
from appliance.sensor.ring import LiveRing
from appliance.sensor.source import CaptureError
from tests.appliance.sensor.cards import (
    FAR,
    LARGE,
    NEAR,
    fidget,
    join,
    pull_out,
    send,
    sent_by,
    switch,
)
from tests.kit import wire
from tests.kit.capture import metered
from tests.kit.talk import deltas
from tests.lab import awaiting

ENDS = ("02:00:00:00:00:0a", "192.0.2.1", "192.0.2.2")
PATIENCE = 40
"""Silent blocks, each of `rings.WAIT`, after which what does not come is a failure."""
SECOND = round(1 / rings.WAIT)
BURST = 400
"""Frames sent at once; the kernel's own queue between the cards holds a thousand."""


@pytest.fixture
def ring(kernel):
    with closing(LiveRing(NEAR, ring_mib=2)) as opened:
        yield opened


@pytest.fixture
def blocks(ring):
    return iter(ring)


def frame(number, size=5, vlans=()):
    return wire.udp(0, *ENDS, 5, number, bytes(size), vlans=vlans).data


def jumbo(number):
    return frame(number, LARGE - 28)


def packets(block):
    """Give a block's packets: time, bytes, length on the wire, VLAN."""
    starts, sizes = block.offsets.tolist(), block.captured.tolist()
    datas = [bytes(block.buffer[at : at + size]) for at, size in zip(starts, sizes, strict=True)]
    vlans = [0] * len(datas) if block.vlans is None else block.vlans.tolist()
    return list(zip(block.times.tolist(), datas, block.lengths.tolist(), vlans, strict=True))


def heard(blocks, count):
    """Give the next *count* packets."""
    found = []
    for block in islice(blocks, PATIENCE):
        found += packets(block)
        if len(found) >= count:
            return found
    raise AssertionError(len(found))


def is_heard(blocks, number=1):
    """Tell whether a frame comes through; the sender's card may drop the first ones.

    Its queue is set up a moment after the link (net/core/link_watch.c); what comes before is lost.
    """
    for _ in range(PATIENCE // SECOND):
        send(frame(number))
        for block in islice(blocks, SECOND):
            if found := {data for _, data, _, _ in packets(block)}:
                return found == {frame(number)}
    return False


def until(blocks, ring, why, patience=SECOND):
    """Wait until the ring says *why* nothing can be heard, or that all is well."""
    for _ in islice(blocks, patience):
        if ring.why == why:
            return
    raise AssertionError(ring.why)


def test_every_frame_is_heard_whole_and_in_order(blocks):
    """With its length and its time."""
    for number in range(0, 5 * BURST, BURST):
        frames = [frame(1 + number + n, n % 900) for n in range(BURST)]
        before = time.time()
        send(*frames)
        after = time.time()
        found = heard(blocks, BURST)
        assert [data for _, data, _, _ in found] == frames
        assert [length for _, _, length, _ in found] == [len(each) for each in frames]
        times = [at for at, _, _, _ in found]
        assert times == sorted(times)
        assert before - 1e-3 < times[0] <= times[-1] < after + 1e-3


def test_jumbo_frames_are_heard_whole(blocks):
    """As a practice's server may send."""
    frames = [jumbo(1 + n) for n in range(50)]
    send(*frames)
    assert [data for _, data, _, _ in heard(blocks, 50)] == frames


def test_the_vlan_that_the_kernel_takes_out_is_told(blocks):
    """Of two tags the outer one; the inner stays in the bytes."""
    send(frame(1, vlans=(7,)), frame(2, vlans=(9, 8)), frame(3))
    found = heard(blocks, 3)
    assert [vlan for _, _, _, vlan in found] == [7, 9, 0]
    assert [data for _, data, _, _ in found] == [frame(1), frame(2, vlans=(8,)), frame(3)]


def test_conversations_are_those_that_a_capture_of_the_same_frames_has(blocks):
    """Though a capture has the VLAN's tag in its bytes."""
    frames = [frame(1 + n % 20, n, vlans=(n % 3,) * (n % 3)) for n in range(200)]
    send(*frames)
    meter, live, times = Meter(), [], []
    while meter.counters.packets < len(frames):
        block = next(blocks)
        times += block.times.tolist()
        live += meter.feed(block)
    recorded = [Frame(at, data) for at, data in zip(times, frames, strict=True)]
    assert deltas(live + meter.finish()) == deltas(metered(recorded))
    assert meter.counters.malformed == 0


def test_silence_only_tells_the_time(kernel):
    """A little late: packets that old may still be on their way."""
    with closing(LiveRing(NEAR, ring_mib=1, now=lambda: 5000.0)) as ring:
        block = next(iter(ring))
    assert (len(block.offsets), block.now) == (0, 5000.0 - rings.LAG)


def test_it_hears_again_when_the_card_was_down(kernel, ring, blocks):
    """The same socket goes on; meanwhile it says so within a second."""
    switch(kernel, NEAR, "down")
    until(blocks, ring, "health.card_down")
    switch(kernel, NEAR, "up")
    until(blocks, ring, "")
    assert is_heard(blocks)


def test_it_says_when_the_cable_is_out(kernel, ring, blocks):
    """That is silence, and no error, to the socket."""
    switch(kernel, FAR, "down")
    until(blocks, ring, "health.no_carrier")
    switch(kernel, FAR, "up")
    until(blocks, ring, "")
    assert is_heard(blocks)


def test_it_hears_again_when_the_card_was_pulled_out_and_put_back(kernel, ring, blocks):
    """Only a new socket does."""
    for number in (1, 2):
        pull_out(kernel)
        until(blocks, ring, "health.card_gone")
        join(kernel)
        until(blocks, ring, "")
        assert is_heard(blocks, number)


def test_it_hears_again_when_the_card_was_replaced_in_a_moment(kernel, ring, blocks):
    """Before anybody looked: the name is the same, the card is another."""
    pull_out(kernel)
    join(kernel)
    next(blocks)
    until(blocks, ring, "")
    assert is_heard(blocks)


def test_a_card_that_is_down_at_first_is_heard_once_it_is_up(kernel):
    switch(kernel, NEAR, "down")
    with closing(LiveRing(NEAR, ring_mib=1)) as ring:
        blocks = iter(ring)
        assert ring.why == "health.card_down"
        next(blocks)
        switch(kernel, NEAR, "up")
        until(blocks, ring, "")
        assert is_heard(blocks)


def test_a_flood_of_news_about_cards_is_no_harm(kernel, ring, blocks):
    """It goes on hearing, and knows how its card is."""
    fidget(kernel, 600)
    assert is_heard(blocks)
    fidget(kernel, 600)
    switch(kernel, NEAR, "down")
    until(blocks, ring, "health.card_down")
    switch(kernel, NEAR, "up")
    until(blocks, ring, "")
    assert is_heard(blocks)


def test_it_sends_nothing_and_does_not_hear_itself(kernel, ring, blocks):
    """Whatever happens to the card, and what the box itself sends is not of the practice."""
    next(blocks)
    switch(kernel, NEAR, "down")
    until(blocks, ring, "health.card_down")
    switch(kernel, NEAR, "up")
    assert is_heard(blocks)
    assert sent_by(kernel, NEAR) == 0
    send(frame(1), card=NEAR)
    assert is_heard(blocks, 2)


def test_it_hears_what_is_meant_for_others(kernel):
    """The card is promiscuous as long as the ring is open."""

    def promiscuous():
        return kernel.get_links(ifname=NEAR)[0].get("promiscuity")

    with closing(LiveRing(NEAR, ring_mib=1)):
        assert promiscuous() == 1
    assert promiscuous() == 0


def drained(ring, blocks, count):
    """Count what is still in the ring, until with what was dropped it makes *count*."""
    found = 0
    for block in islice(blocks, PATIENCE):
        found += len(block.offsets)
        if found + ring.dropped >= count:
            break
    return found


def test_what_the_ring_has_no_room_for_is_counted(kernel):
    """Since the beginning, however often it is asked and the card is replaced."""
    with closing(LiveRing(NEAR, ring_mib=1)) as ring:
        blocks = iter(ring)
        next(blocks)
        send(*[jumbo(1)] * BURST)
        awaiting.until("frames are dropped", 10, lambda: ring.dropped)
        assert drained(ring, blocks, BURST) + ring.dropped == BURST
        first = ring.dropped
        pull_out(kernel)
        until(blocks, ring, "health.card_gone")
        assert ring.dropped == first
        join(kernel)
        until(blocks, ring, "")
        send(*[jumbo(1)] * BURST)
        awaiting.until("more are dropped", 10, lambda: ring.dropped > first)
        assert drained(ring, blocks, BURST + first) + ring.dropped == BURST + first


def test_a_card_that_is_not_there_is_refused_in_a_sentence(kernel):
    with pytest.raises(CaptureError, match="there is no network card “none0”"):
        LiveRing("none0")


def test_without_a_name_it_listens_on_the_card_with_the_default_route(kernel):
    index = kernel.link_lookup(ifname=NEAR)[0]
    kernel.addr("add", index=index, address="192.0.2.5", prefixlen=24)
    kernel.route("add", dst="default", gateway="192.0.2.1")
    with closing(LiveRing(ring_mib=1)) as ring:
        assert ring.source == NEAR


def test_without_the_right_to_capture_it_says_so():
    """To anybody who starts it by hand; nothing is left open."""
    program = (
        "import os; from appliance.sensor.ring import LiveRing;"
        "from appliance.sensor.source import CaptureError; nobody = [65534] * 3\n"
        "if os.geteuid() == 0: os.setgroups([]); os.setresgid(*nobody); os.setresuid(*nobody)\n"
        "try: LiveRing('lo')\n"
        "except CaptureError as refusal: print(refusal)"
    )
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "no right to capture: start as root, or grant CAP_NET_RAW\n"
    assert done.stderr == ""
