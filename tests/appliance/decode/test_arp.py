"""ARP, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import AddressAsked, AddressClaim
from appliance.model import NO_MAC, Frame, Link
from tests.kit import wire
from tests.kit.scapy_layers import layer

l2 = layer("l2")

ALICE, BOB, MALLORY = "02:00:00:00:00:0a", "02:00:00:00:00:0b", "02:00:00:00:00:66"
EVERYBODY = "ff:ff:ff:ff:ff:ff"
MACHINES = st.binary(min_size=5, max_size=5).map(lambda raw: "02:" + raw.hex(":"))
ADDRESSES = st.tuples(*[st.integers(1, 223)] * 4).map(lambda n: ".".join(map(str, n)))


def claim(mac: str, ip: str, **more: object) -> AddressClaim:
    told = {"at": 1.0, "sender": mac, "to": EVERYBODY, "answer": False}
    return AddressClaim(**{**told, "mac": mac, "ip": ip, **more})


@given(MACHINES, MACHINES, ADDRESSES, ADDRESSES, st.lists(st.integers(0, 4095), max_size=2))
def test_a_request_claims_and_asks(mac: str, sender: str, ip: str, wanted: str, vlans: list[int]):
    """The asker's address is his own, and the sender is named when he speaks for another."""
    frame = l2.Ether(src=sender, dst=EVERYBODY)
    for vlan in vlans:
        frame /= l2.Dot1Q(vlan=vlan)
    data = bytes(frame / l2.ARP(hwsrc=mac, psrc=ip, pdst=wanted, op="who-has"))
    claimed, *asked = Decoder().read(Frame(1.0, data))
    assert claimed == claim(mac, ip, sender=sender)
    if wanted == ip:
        assert not asked
    else:
        assert asked == [AddressAsked(at=1.0, mac=sender, ip=ip, wanted=wanted)]


@given(MACHINES, MACHINES, MACHINES, ADDRESSES, ADDRESSES)
def test_a_reply_claims(mac: str, sender: str, to: str, ip: str, asker: str):
    """It says nothing of the one it goes to."""
    reply = l2.ARP(hwsrc=mac, psrc=ip, hwdst=to, pdst=asker, op="is-at")
    facts = Decoder().read(Frame(1.0, bytes(l2.Ether(src=sender, dst=to) / reply)))
    assert facts == [claim(mac, ip, sender=sender, to=to, answer=True)]


def test_an_announcement_asks_nothing():
    """Gratuitous ARP, as request and as reply."""
    assert Decoder().read(wire.arp(1.0, ALICE, "192.0.2.10")) == [claim(ALICE, "192.0.2.10")]
    facts = Decoder().read(wire.arp(1.0, ALICE, "192.0.2.10", answer=True))
    assert facts == [claim(ALICE, "192.0.2.10", answer=True)]


def test_a_probe_claims_nothing():
    """Its sender has no address yet (RFC 5227)."""
    facts = Decoder().read(wire.arp(1.0, ALICE, "0.0.0.0", wanted="192.0.2.10"))
    assert facts == [AddressAsked(at=1.0, mac=ALICE, ip=None, wanted="192.0.2.10")]


@pytest.mark.parametrize("mac", [EVERYBODY, "33:33:00:00:00:01", "01:00:5e:00:00:fb", NO_MAC])
def test_no_group_and_nobody_claims(mac: str):
    """An address of many machines, or of none, cannot be one machine's."""
    frame = wire.arp(1.0, mac, "192.0.2.10", wanted="192.0.2.1", sender=MALLORY)
    asked = AddressAsked(at=1.0, mac=MALLORY, ip="192.0.2.10", wanted="192.0.2.1")
    assert Decoder().read(frame) == [asked]


@pytest.mark.parametrize("ip", ["224.0.0.1", "255.255.255.255", "240.0.0.1"])
def test_no_group_is_claimed(ip: str):
    """Nor is the address of all."""
    assert Decoder().read(wire.arp(1.0, ALICE, ip)) == []


def test_a_link_without_hardware_addresses():
    """The message's own sender stands in for the frame's."""
    arp = bytes(l2.ARP(hwsrc=ALICE, psrc="192.0.2.10", pdst="192.0.2.1"))
    cooked = bytes(l2.CookedLinux(lladdrlen=0, proto=0x0806)) + arp
    assert Decoder().read(Frame(1.0, cooked, Link.COOKED)) == [
        claim(ALICE, "192.0.2.10", sender=NO_MAC, to=NO_MAC),
        AddressAsked(at=1.0, mac=ALICE, ip="192.0.2.10", wanted="192.0.2.1"),
    ]


@pytest.mark.parametrize(
    "other", [{"op": 3}, {"op": 0}, {"ptype": 0x86DD}, {"hwtype": 6}, {"hwlen": 8}, {"plen": 16}]
)
def test_other_forms_are_passed_over(other: dict[str, int]):
    """Reverse ARP, other links and protocols: nothing is wrong with them."""
    decoder = Decoder()
    arp = l2.ARP(hwsrc=ALICE, psrc="192.0.2.10", pdst="192.0.2.1")
    data = bytearray(bytes(l2.Ether(src=ALICE) / arp))
    for name, value in other.items():
        at, size = {
            "hwtype": (14, 2),
            "ptype": (16, 2),
            "hwlen": (18, 1),
            "plen": (19, 1),
            "op": (20, 2),
        }[name]
        data[at : at + size] = value.to_bytes(size)
    assert decoder.read(Frame(1.0, bytes(data))) == []
    assert decoder.malformed == 0


def test_a_message_cut_short_is_malformed():
    """At every length."""
    whole = wire.arp(1.0, ALICE, "192.0.2.10").data[: 14 + 28]
    decoder = Decoder()
    assert [decoder.read(Frame(1.0, whole[:size])) for size in range(14, len(whole))] == [[]] * 28
    assert decoder.malformed == 28
