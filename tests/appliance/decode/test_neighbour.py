"""IPv6 neighbour discovery, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import AddressAsked, AddressClaim, Fact, RouterAdvertised
from appliance.model import NO_MAC, Frame, Link
from tests.kit import wire
from tests.kit.scapy_layers import layer

l2, six = layer("l2"), layer("inet6")

ALICE, BOB = "02:00:00:00:00:0a", "02:00:00:00:00:0b"
ALL = "33:33:00:00:00:01"
ADDRESSES = st.ip_addresses(v=6).filter(lambda ip: not ip.is_multicast and int(ip)).map(str)
# Told apart from what our own formatter makes of them: scapy gets the text, not the bytes.
PLAIN = ADDRESSES.filter(lambda text: "." not in text)


def read(message, src: str = "fe80::a", hops: int = 255) -> list[Fact]:
    packet = l2.Ether(src=ALICE, dst=ALL) / six.IPv6(src=src, dst="ff02::1", hlim=hops) / message
    return Decoder().read(Frame(1.0, bytes(packet)))


def claim(mac: str, ip: str, *, answer: bool) -> AddressClaim:
    return AddressClaim(at=1.0, mac=mac, sender=ALICE, ip=ip, to=ALL, answer=answer)


@given(PLAIN, PLAIN)
def test_a_solicitation_asks_and_claims(src: str, wanted: str):
    """With the source's address in its option it says whose the source is."""
    option = six.ICMPv6NDOptSrcLLAddr(lladdr=BOB)
    asked = AddressAsked(at=1.0, mac=ALICE, ip=src, wanted=wanted)
    assert read(six.ICMPv6ND_NS(tgt=wanted) / option, src) == [asked, claim(BOB, src, answer=False)]
    assert read(six.ICMPv6ND_NS(tgt=wanted), src) == [asked]


def test_a_probe_claims_nothing():
    """A solicitation from :: looks whether an address is free (RFC 4862)."""
    option = six.ICMPv6NDOptSrcLLAddr(lladdr=ALICE)
    facts = read(six.ICMPv6ND_NS(tgt="fe80::a") / option, "::")
    assert facts == [AddressAsked(at=1.0, mac=ALICE, ip=None, wanted="fe80::a")]


@given(PLAIN)
def test_an_advertisement_claims_its_target(target: str):
    """For the address in its option; without one, for the sender of the frame."""
    option = six.ICMPv6NDOptDstLLAddr(lladdr=BOB)
    told = six.ICMPv6ND_NA(tgt=target)
    assert read(told / option) == [claim(BOB, target, answer=True)]
    assert read(told) == [claim(ALICE, target, answer=True)]


@pytest.mark.parametrize("mac", [NO_MAC, ALL, "ff:ff:ff:ff:ff:ff"])
def test_no_group_and_nobody_claims(mac: str):
    """Neither by advertisement nor by solicitation."""
    assert read(six.ICMPv6ND_NA(tgt="fe80::a") / six.ICMPv6NDOptDstLLAddr(lladdr=mac)) == []
    asked = read(six.ICMPv6ND_NS(tgt="fe80::b") / six.ICMPv6NDOptSrcLLAddr(lladdr=mac))
    assert [type(fact) for fact in asked] == [AddressAsked]


def test_a_link_without_hardware_addresses_claims_nothing():
    """Nobody can be named."""
    packet = bytes(
        six.IPv6(src="fe80::a", dst="ff02::1", hlim=255) / six.ICMPv6ND_NA(tgt="fe80::a")
    )
    assert Decoder().read(Frame(1.0, packet, Link.RAW_IP)) == []


def test_a_host_that_looks_for_routers_claims_its_address():
    """A router solicitation with the source's address."""
    option = six.ICMPv6NDOptSrcLLAddr(lladdr=ALICE)
    assert read(six.ICMPv6ND_RS() / option) == [claim(ALICE, "fe80::a", answer=False)]
    assert read(six.ICMPv6ND_RS() / option, "::") == []


@given(
    st.integers(0, 65_535),
    st.lists(st.tuples(PLAIN, st.integers(1, 128)), max_size=3),
    st.lists(PLAIN, max_size=3),
)
def test_a_router_advertisement(lifetime: int, prefixes: list[tuple[str, int]], dns: list[str]):
    """Its lifetime, prefixes and servers; options of other kinds are passed over."""
    message = six.ICMPv6ND_RA(routerlifetime=lifetime) / six.ICMPv6NDOptMTU()
    for prefix, length in prefixes:
        message /= six.ICMPv6NDOptPrefixInfo(prefix=prefix, prefixlen=length)
    if dns:
        message /= six.ICMPv6NDOptRDNSS(dns=dns)
    (told,) = read(message)
    assert isinstance(told, RouterAdvertised)
    assert (told.mac, told.ip, told.lifetime) == (ALICE, "fe80::a", lifetime)
    assert told.dns == tuple(dns)
    assert [prefix.split("/")[1] for prefix in told.prefixes] == [str(n) for _, n in prefixes]


def test_a_prefix_is_spelt_without_the_bits_behind_it():
    """A receiver must not look at them (RFC 4861, section 4.6.2)."""
    option = six.ICMPv6NDOptPrefixInfo(prefix="2001:db8::dead:beef", prefixlen=64)
    (told,) = read(six.ICMPv6ND_RA() / option)
    assert isinstance(told, RouterAdvertised)
    assert told.prefixes == ("2001:db8::/64",)


def test_what_came_through_a_router_is_no_neighbour():
    """Every receiver drops it; a code that nobody defined likewise."""
    assert read(six.ICMPv6ND_NA(tgt="fe80::a"), hops=254) == []
    assert read(six.ICMPv6ND_NA(tgt="fe80::a", code=1)) == []


@pytest.mark.parametrize(
    "tail",
    [b"\3\0" + bytes(6), b"\3\4" + bytes(6), b"\3", b"\3\1" + bytes(6), b"\3\4\xff" + bytes(29)],
)
def test_a_broken_option_ends_the_reading(tail: bytes):
    """Length 0, length past the end, a prefix too short or too long; the rest is told."""
    decoder = Decoder()
    good = bytes(six.ICMPv6NDOptRDNSS(dns=["2001:db8::53"]))
    message = bytes(six.ICMPv6ND_RA(routerlifetime=9)) + good + tail
    packet = l2.Ether(src=ALICE) / six.IPv6(src="fe80::a", hlim=255, nh=58) / message
    (told,) = decoder.read(Frame(1.0, bytes(packet)))
    assert isinstance(told, RouterAdvertised)
    assert (told.lifetime, told.dns) == (9, ("2001:db8::53",))
    assert decoder.malformed == 1


def test_a_group_is_nobodys_address():
    """Asking for one, or claiming it, is malformed."""
    decoder = Decoder()
    assert decoder.read(wire.neighbour_asks(1.0, ALICE, "fe80::a", "ff02::1")) == []
    assert decoder.read(wire.neighbour_says(1.0, ALICE, "ff02::1")) == []
    assert decoder.malformed == 2


def test_an_advertisement_of_a_thousand_servers_is_bounded():
    """Sixteen are kept."""
    one = six.ICMPv6NDOptRDNSS(dns=["2001:db8::53"] * 100)
    (told,) = read(six.ICMPv6ND_RA() / one / one / one / one / one)
    assert isinstance(told, RouterAdvertised)
    assert len(told.dns) == 16
