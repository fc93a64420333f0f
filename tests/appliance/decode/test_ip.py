"""IP headers, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import ip
from appliance.decode.reader import Malformed
from tests.kit.scapy_layers import layer
from tests.kit.wire import ip_bytes

inet, inet6 = layer("inet"), layer("inet6")

V4 = {"src": "192.0.2.10", "dst": "198.51.100.7"}
V6 = {"src": "2001:db8::a", "dst": "2001:db8::b"}
BODIES = st.binary(max_size=60)


@given(BODIES, st.integers(0, 10), st.integers(0, 255), st.integers(0, 255), st.binary(max_size=9))
def test_version_4_with_options_and_padding(
    body: bytes, words: int, ttl: int, proto: int, padding: bytes
):
    """The message begins behind the options and ends before the link's padding."""
    header = inet.IP(**V4, ttl=ttl, proto=proto, options=[inet.IPOption_NOP()] * 4 * words)
    data = b"link" + bytes(header / body) + padding
    packet = ip.unwrap4(data, 4)
    assert packet is not None
    assert (packet.proto, packet.hops) == (proto, ttl)
    assert (packet.src, packet.dst) == tuple(map(ip_bytes, V4.values()))
    assert data[packet.start : packet.end] == body
    assert packet.whole


@pytest.mark.parametrize("flags", ["", "DF"])
def test_version_4_says_whether_it_may_be_fragmented(flags: str):
    """Its one bit of that meaning."""
    packet = ip.unwrap4(bytes(inet.IP(**V4, flags=flags) / b"body"), 0)
    assert packet is not None
    assert packet.unfragmentable == (flags == "DF")


EXTENSIONS = st.lists(
    st.sampled_from((inet6.IPv6ExtHdrHopByHop, inet6.IPv6ExtHdrDestOpt, inet6.IPv6ExtHdrRouting)),
    max_size=8,
)


@given(BODIES, EXTENSIONS, st.integers(0, 255))
def test_version_6_with_extension_headers(body: bytes, extensions: list[type], hops: int):
    """Up to eight are passed over."""
    header = inet6.IPv6(**V6, hlim=hops)
    for extension in extensions:
        header /= extension()
    header.lastlayer().nh = 17
    data = bytes(header / body)
    packet = ip.unwrap6(data, 0)
    assert packet is not None
    assert (packet.proto, packet.hops) == (17, hops)
    assert (packet.src, packet.dst) == tuple(map(ip_bytes, V6.values()))
    assert data[packet.start : packet.end] == body


def test_an_authentication_header_is_passed_over():
    """Its length counts otherwise than the others' (RFC 4302)."""
    header = bytes(inet6.IPv6(**V6, nh=51)) + bytes((17, 4)) + bytes(22) + b"body"
    data = header[:4] + (28).to_bytes(2) + header[6:]
    packet = ip.unwrap6(data, 0)
    assert packet is not None
    assert (packet.proto, data[packet.start : packet.end]) == (17, b"body")


@pytest.mark.parametrize("count", [9, 100])
def test_a_long_chain_of_extension_headers_is_malformed(count: int):
    """No real stack makes one; the ninth is not looked at."""
    header = inet6.IPv6(**V6)
    for _ in range(count):
        header /= inet6.IPv6ExtHdrDestOpt()
    with pytest.raises(Malformed):
        ip.unwrap6(bytes(header), 0)


def test_only_the_first_fragment_is_read():
    """Later ones carry no header of the message inside."""
    assert ip.unwrap4(bytes(inet.IP(**V4, frag=1, flags="MF") / b"later"), 0) is None
    first = ip.unwrap4(bytes(inet.IP(**V4, flags="MF", proto=17) / b"first"), 0)
    assert first is not None
    fragment = inet6.IPv6ExtHdrFragment
    assert ip.unwrap6(bytes(inet6.IPv6(**V6) / fragment(offset=9, nh=17) / b"later"), 0) is None
    six = ip.unwrap6(bytes(inet6.IPv6(**V6) / fragment(m=1, nh=17) / b"first"), 0)
    assert six is not None
    assert six.proto == 17


def test_what_was_not_captured_is_missed():
    """A packet cut by the capture says so."""
    for packet in (
        ip.unwrap4(bytes(inet.IP(**V4) / bytes(100))[:60], 0),
        ip.unwrap6(bytes(inet6.IPv6(**V6, nh=17) / bytes(100))[:60], 0),
    ):
        assert packet is not None
        assert (packet.end, packet.whole) == (60, False)


def test_a_length_of_zero_means_all_there_is():
    """Cards that cut segments themselves, and jumbograms."""
    four = ip.unwrap4(bytes(inet.IP(**V4, len=0) / bytes(9)), 0)
    six = ip.unwrap6(bytes(inet6.IPv6(**V6, plen=0, nh=17) / bytes(9)), 0)
    assert four is not None
    assert six is not None
    assert (four.end, six.end) == (29, 49)


@pytest.mark.parametrize(
    "broken",
    [
        bytes(inet.IP(**V4))[:19],
        bytes(inet.IP(**V4, ihl=4)),
        bytes(inet.IP(**V4, ihl=6)),
        bytes(inet.IP(**V4, version=6)),
        bytes(inet.IP(**V4, len=19)),
    ],
)
def test_a_broken_header_of_version_4_is_malformed(broken: bytes):
    """Too short, lengths that contradict, another version."""
    with pytest.raises(Malformed):
        ip.unwrap4(broken, 0)


@pytest.mark.parametrize(
    "broken",
    [
        bytes(inet6.IPv6(**V6))[:39],
        bytes(inet6.IPv6(**V6, version=4)),
        bytes(inet6.IPv6(**V6) / inet6.IPv6ExtHdrDestOpt())[:-1],
    ],
)
def test_a_broken_header_of_version_6_is_malformed(broken: bytes):
    """Too short, another version, an extension header cut short."""
    with pytest.raises(Malformed):
        ip.unwrap6(broken, 0)
