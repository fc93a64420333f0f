"""What is left out: guests' packets, and nothing else; through the pipeline, as it is built."""

from dataclasses import replace
from ipaddress import ip_network
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.facts import FlowDelta
from appliance.model import NO_MAC, Frame, Ip, Mac
from appliance.pipeline import Pipeline, Setting
from appliance.sensor.unrecorded import Networks
from tests.kit import wire
from tests.kit.capture import block

DESK, GUEST, BOX = "02:00:00:00:00:0a", "06:00:00:00:00:99", "02:00:00:00:00:01"
DESK_IP, GUEST_IP, BOX_IP, BOX_FOR_GUESTS = (
    "192.168.1.20",
    "192.168.9.77",
    "192.168.1.1",
    "192.168.9.1",
)
OUTSIDE = "203.0.113.7"
GUESTS = Setting(unrecorded=(ip_network("192.168.9.0/24"), ip_network("2001:db8:9::/64")))


def heard(frames: list[Frame], setting: Setting = GUESTS) -> tuple[Pipeline, list[FlowDelta]]:
    """Give the pipeline that heard *frames*, and what the conversations did that are kept."""
    pipeline = Pipeline(setting, fence=False)
    deltas = pipeline.feed(block(frames))
    return pipeline, deltas + pipeline.finish()


def known(pipeline: Pipeline) -> set[str]:
    return {device.mac for device in pipeline.inventory.learnt()}


def guest(at: float = 1.0) -> list[Frame]:
    """What a telephone in the waiting room does, from the first second."""
    return [
        wire.neighbour_asks(at, GUEST, "::", "fe80::99"),
        wire.dhcp_asked(at + 0.1, GUEST, "discover", hostname="iPhone-de-Claire"),
        wire.dhcp_served(at + 0.2, BOX, BOX_FOR_GUESTS, GUEST, GUEST_IP),
        wire.dhcp_asked(
            at + 0.3, GUEST, "request", hostname="iPhone-de-Claire", requested=GUEST_IP
        ),
        wire.dhcp_served(at + 0.4, BOX, BOX_FOR_GUESTS, GUEST, GUEST_IP, "ack"),
        wire.arp(at + 0.5, GUEST, GUEST_IP, wanted=BOX_FOR_GUESTS),
        wire.arp(at + 0.6, BOX, BOX_FOR_GUESTS, wanted=GUEST_IP, answer=True, to=GUEST),
        wire.dns_asked(at + 0.7, GUEST, GUEST_IP, BOX_IP, "rencontres.example"),
        wire.dns_asked(at + 0.8, GUEST, GUEST_IP, "224.0.0.251", "claire.local", port=5353),
        wire.dns_asked(at + 0.8, GUEST, "fe80::99", "ff02::fb", "claire.local", port=5353),
        wire.tcp(at + 0.9, GUEST, GUEST_IP, OUTSIDE, 50_000, 443, flags=wire.SYN),
        wire.tcp(
            at + 1.0, GUEST, GUEST_IP, OUTSIDE, 50_000, 443, wire.client_hello("rencontres.example")
        ),
        wire.tcp(at + 1.1, BOX, OUTSIDE, GUEST_IP, 443, 50_000, b"x" * 99, to=GUEST),
        wire.tcp(at + 1.2, GUEST, "2001:db8:9::77", "2001:db8:77::1", 50_001, 443, b"x"),
    ]


def desk(at: float = 1.0) -> list[Frame]:
    """What a machine of the practice does."""
    return [
        wire.neighbour_asks(at, DESK, "::", "fe80::a"),
        wire.dhcp_asked(at + 0.1, DESK, "request", hostname="accueil", requested=DESK_IP),
        wire.arp(at + 0.2, DESK, DESK_IP, wanted=BOX_IP),
        wire.arp(at + 0.3, BOX, BOX_IP, wanted=DESK_IP, answer=True, to=DESK),
        wire.dns_asked(at + 0.4, DESK, "fe80::a", "ff02::fb", "accueil.local", port=5353),
        wire.tcp(at + 0.5, DESK, DESK_IP, OUTSIDE, 50_002, 443, flags=wire.SYN),
        wire.tcp(at + 0.6, BOX, OUTSIDE, DESK_IP, 443, 50_002, b"x" * 99, to=DESK),
    ]


def test_of_a_guest_no_device_no_name_and_no_conversation_is_kept():
    pipeline, deltas = heard(guest())
    assert GUEST not in known(pipeline)
    assert deltas == []
    assert pipeline.meter.counters.unrecorded >= 10
    everything = repr(pipeline.inventory.learnt())
    assert "Claire" not in everything
    assert "claire" not in everything
    assert pipeline.inventory.name_of(Ip(OUTSIDE)) == ""


def test_a_machine_of_the_practice_is_heard_as_ever():
    plain, before = heard(desk(), Setting())
    pipeline, deltas = heard(sorted(chain(desk(), guest()), key=lambda frame: frame.at))
    assert known(pipeline) == known(plain) == {DESK, BOX}
    names = {device.mac: device.names for device in pipeline.inventory.learnt()}
    assert "accueil" in names[Mac(DESK)]
    told = {(each.src, each.dst) for each in deltas if each.dst == OUTSIDE}
    assert told == {(each.src, each.dst) for each in before if each.dst == OUTSIDE}


def test_without_networks_of_guests_the_guest_is_a_device():
    """Else the tests above would prove nothing."""
    pipeline, deltas = heard(guest(), Setting())
    assert GUEST in known(pipeline)
    assert deltas


def test_a_guest_that_scans_the_inside_is_told_by_its_address_alone():
    scan = [
        wire.tcp(10 + port / 100, GUEST, GUEST_IP, DESK_IP, 40_000, port, flags=wire.SYN, to=DESK)
        for port in range(1, 400)
    ]
    answers = [
        wire.tcp(frame.at + 0.001, DESK, DESK_IP, GUEST_IP, port, 40_000, flags=4, to=GUEST)
        for port, frame in enumerate(scan, 1)
    ]
    frames = sorted(chain(guest(), desk(), scan, answers), key=lambda frame: frame.at)
    pipeline, deltas = heard(frames)
    alerts = [each for each in pipeline.triage.take_changed() if each.detector == "port_scan"]
    assert [(each.about, each.src_ip) for each in alerts] == [(NO_MAC, GUEST_IP)]
    assert GUEST not in known(pipeline)
    assert all(GUEST_IP not in (each.src, each.dst) for each in deltas)


def test_a_network_of_guests_by_its_vlan_is_left_out_altogether():
    frames = [
        wire.tcp(1.0, GUEST, "192.168.1.99", OUTSIDE, 50_000, 443, flags=wire.SYN, vlans=(30,)),
        wire.dns_asked(1.1, GUEST, "fe80::99", "ff02::fb", "claire.local", port=5353),
    ]
    tagged = replace(block(frames[1:]), vlans=np.array([30], np.int32))
    pipeline = Pipeline(Setting(unrecorded_vlans=frozenset({30})), fence=False)
    deltas = pipeline.feed(block(frames[:1])) + pipeline.feed(tagged) + pipeline.finish()
    assert (known(pipeline), deltas, pipeline.meter.counters.unrecorded) == (set(), [], 2)


def test_a_false_router_is_seen_though_nobody_knows_it():
    """Who advertises itself by IPv6 before it has any address attacks the inside."""
    pipeline, _ = heard([wire.router_says(1.0, GUEST, "fe80::99")])
    assert GUEST in known(pipeline)


def test_the_way_out_is_still_watched_when_guests_use_it():
    pipeline = Pipeline(GUESTS, fence=False)
    pipeline.meter.watched.watch([Mac(BOX)], [ip_network("192.168.0.0/16")])
    pipeline.feed(block(guest()))
    assert pipeline.meter.watched.calls[Mac(BOX)].sent_at > 0


@pytest.mark.parametrize("cut", range(1, 20, 3))
def test_blocks_of_any_size_leave_out_the_same(cut):
    frames = sorted(chain(desk(), guest()), key=lambda frame: frame.at)
    pipeline = Pipeline(GUESTS, fence=False)
    for low in range(0, len(frames), cut):
        pipeline.feed(block(frames[low : low + cut]))
    pipeline.finish()
    assert known(pipeline) == {DESK, BOX}


@given(
    st.lists(st.ip_addresses(v=4).map(str), min_size=1, max_size=20),
    st.integers(0, 32),
    st.ip_addresses(v=4).map(str),
)
def test_membership_is_what_the_standard_library_says_for_version_4(addresses, length, base):
    network = ip_network(f"{base}/{length}", strict=False)
    packed = [int.from_bytes(bytes(map(int, each.split(".")))) for each in addresses]
    found = Networks([network]).hold_four(np.array(packed, np.uint64))
    assert found.tolist() == [ip_network(each).subnet_of(network) for each in addresses]


@given(st.lists(st.ip_addresses(v=6), min_size=1, max_size=20), st.integers(0, 128), st.data())
def test_membership_is_what_the_standard_library_says_for_version_6(addresses, length, data):
    base = data.draw(st.sampled_from(addresses) | st.ip_addresses(v=6))
    network = ip_network(f"{base}/{length}", strict=False)
    halves = [(int(each) >> 64, int(each) & (1 << 64) - 1) for each in addresses]
    high, low = (np.array(each, np.uint64) for each in zip(*halves, strict=True))
    assert Networks([network]).hold_six(high, low).tolist() == [
        each in network for each in addresses
    ]
