"""Link headers, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.ethernet import ARP, IPV4, IPV6, Hop, unwrap
from appliance.decode.reader import Malformed
from appliance.model import Frame, Link
from tests.kit.scapy_layers import layer

l2 = layer("l2")

ALICE, ROUTER = "02:00:00:00:00:0a", "02:00:00:00:00:01"
ALICE_RAW, ROUTER_RAW = bytes.fromhex("02000000000a"), bytes.fromhex("020000000001")
NOWHERE = bytes(6)
KINDS = st.sampled_from((IPV4, ARP, IPV6, 0x88CC))


@given(st.lists(st.integers(0, 4095), max_size=2), KINDS)
def test_ethernet_with_up_to_two_tags(vlans: list[int], kind: int):
    """The type and the place behind the tags are found."""
    frame = l2.Ether(src=ALICE, dst=ROUTER)
    for vlan in vlans:
        frame /= l2.Dot1AD(vlan=vlan) if len(vlans) == 2 else l2.Dot1Q(vlan=vlan)
    frame.lastlayer().type = kind
    data = bytes(frame)
    assert unwrap(Frame(0.0, data)) == Hop(kind, len(data), ALICE_RAW, ROUTER_RAW)


def test_a_third_tag_is_not_followed():
    """What is inside is of a type that nobody reads."""
    data = bytes(l2.Ether() / l2.Dot1Q() / l2.Dot1Q() / l2.Dot1Q(type=IPV4))
    assert unwrap(Frame(0.0, data)).kind == 0x8100


@given(KINDS, st.sampled_from((0, 1, 4)))
def test_cooked_captures(kind: int, cast: int):
    """Both versions know the sender; of the receiver only that it was everybody."""
    to = b"\xff" * 6 if cast == 1 else NOWHERE
    v1 = bytes(l2.CookedLinux(pkttype=cast, lladdrlen=6, src=ALICE_RAW, proto=kind))
    assert unwrap(Frame(0.0, v1, Link.COOKED)) == Hop(kind, 16, ALICE_RAW, to)
    v2 = bytes(l2.CookedLinuxV2(pkttype=cast, lladdrlen=6, src=ALICE_RAW, proto=kind))
    assert unwrap(Frame(0.0, v2, Link.COOKED_V2)) == Hop(kind, 20, ALICE_RAW, to)


def test_a_cooked_capture_of_a_link_without_hardware_addresses():
    """A tunnel has none: the sender is left empty."""
    data = bytes(l2.CookedLinux(lladdrlen=0, proto=IPV4))
    assert unwrap(Frame(0.0, data, Link.COOKED)).sender == b""


@pytest.mark.parametrize(("first", "kind"), [(0x45, IPV4), (0x60, IPV6), (0x10, 0)])
def test_raw_ip_says_its_version_itself(first: int, kind: int):
    """There is nothing before the packet."""
    data = bytes((first,)) + bytes(40)
    assert unwrap(Frame(0.0, data, Link.RAW_IP)) == Hop(kind, 0, NOWHERE, NOWHERE)


@pytest.mark.parametrize("link", Link)
def test_a_header_cut_short_is_malformed(link: Link):
    """At every length; also inside the tags."""
    whole = {
        Link.ETHERNET: bytes(l2.Ether() / l2.Dot1AD() / l2.Dot1Q(type=IPV4)),
        Link.COOKED: bytes(l2.CookedLinux(proto=IPV4)),
        Link.COOKED_V2: bytes(l2.CookedLinuxV2(proto=IPV4)),
        Link.RAW_IP: b"\x45",
    }[link]
    for size in range(len(whole)):
        with pytest.raises(Malformed):
            unwrap(Frame(0.0, whole[:size], link))
