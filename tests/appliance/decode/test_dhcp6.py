"""DHCP for IPv6, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import DhcpAsked, DhcpOffered
from appliance.model import Frame
from tests.kit import wire
from tests.kit.scapy_layers import layer

l2, inet, six, v6 = layer("l2"), layer("inet"), layer("inet6"), layer("dhcp6")

ALICE, SERVER, ALL = "02:00:00:00:00:0a", "02:00:00:00:00:01", "33:33:00:01:00:02"
LABELS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)
NAMES = st.lists(LABELS, min_size=1, max_size=4).map(".".join)
TEXTS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=40)
ADDRESSES = st.ip_addresses(v=6).map(str).filter(lambda text: "." not in text)


def frame(message, *, served: bool = False) -> Frame:
    mac, to = (SERVER, ALICE) if served else (ALICE, ALL)
    ports = {"sport": 547, "dport": 546} if served else {"sport": 546, "dport": 547}
    ends = six.IPv6(src="fe80::1" if served else "fe80::a", dst="ff02::1:2") / inet.UDP(**ports)
    return Frame(1.0, bytes(l2.Ether(src=mac, dst=to) / ends / message))


@given(NAMES, TEXTS, TEXTS, st.lists(st.integers(0, 65_535), min_size=1, max_size=9), ADDRESSES)
def test_what_a_client_says(name: str, vendor: str, user: str, wishes: list[int], ip: str):
    """Its name, classes, wishes, identity, and the address it has."""
    message = (
        v6.DHCP6_Renew()
        / v6.DHCP6OptClientId(duid=v6.DUID_LL(lladdr=ALICE))
        / v6.DHCP6OptClientFQDN(fqdn=name)
        / v6.DHCP6OptVendorClass(vcdata=[v6.VENDOR_CLASS_DATA(data=vendor)], enterprisenum=311)
        / v6.DHCP6OptUserClass(userclassdata=[v6.USER_CLASS_DATA(data=user)])
        / v6.DHCP6OptOptReq(reqopts=wishes)
        / v6.DHCP6OptIA_NA(ianaopts=[v6.DHCP6OptIAAddress(addr=ip)])
    )
    assert Decoder().read(frame(message)) == [
        DhcpAsked(
            at=1.0,
            mac=ALICE,
            version=6,
            message="renew",
            hostname=name,
            vendor_class=vendor,
            enterprise=311,
            user_class=user,
            client_id="0003000102000000000a",
            parameters=tuple(wishes),
            requested=ip,
            sender=ALICE,
        )
    ]


@given(st.lists(ADDRESSES, min_size=1, max_size=4), NAMES, ADDRESSES)
def test_what_a_server_hands_out(dns: list[str], domain: str, ip: str):
    """The server is the packet's sender, the client where the frame goes."""
    message = (
        v6.DHCP6_Reply()
        / v6.DHCP6OptIA_NA(ianaopts=[v6.DHCP6OptIAAddress(addr=ip)])
        / v6.DHCP6OptDNSServers(dnsservers=dns)
        / v6.DHCP6OptDNSDomains(dnsdomains=[domain, "other.example"])
    )
    assert Decoder().read(frame(message, served=True)) == [
        DhcpOffered(
            at=1.0,
            mac=SERVER,
            version=6,
            message="reply",
            server="fe80::1",
            client=ALICE,
            address=ip,
            dns=tuple(dns),
            domain=domain,
        )
    ]


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (1, "solicit"),
        (2, "advertise"),
        (3, "request"),
        (4, "confirm"),
        (5, "renew"),
        (6, "rebind"),
        (7, "reply"),
        (8, "release"),
        (9, "decline"),
        (11, "information-request"),
    ],
)
def test_every_message_has_its_name(number: int, message: str):
    """Even one without options."""
    (fact,) = Decoder().read(frame(bytes((number, 0, 0, 0))))
    assert isinstance(fact, DhcpAsked | DhcpOffered)
    assert fact.message == message


@pytest.mark.parametrize("number", [0, 10, 12, 13, 99])
def test_what_relays_say_is_passed_over(number: int):
    """And what nobody defined; nothing is wrong with it."""
    decoder = Decoder()
    assert decoder.read(frame(bytes((number, 0, 0, 0)))) == []
    assert decoder.malformed == 0


@pytest.mark.parametrize(
    ("option", "field", "value"),
    [
        (b"\0\x27\0\7\0\5alice", "hostname", "alice"),  # a part of a name ends without its root
        (b"\0\x27\0\3\0\xffa", "hostname", "\ufffda"),
        (b"\0\3\0\2ab", "requested", None),
        (b"\0\3\0\x10" + bytes(12) + b"\0\5\0\x18", "requested", None),
        (b"\0\x10\0\x0a" + bytes(4) + b"\0\2ab\0\xff", "vendor_class", "ab "),
        (b"\0\6\0\3\0\1\2", "parameters", (1,)),
    ],
)
def test_a_torn_option_is_told_as_far_as_it_goes(option: bytes, field: str, value: object):
    """Inside an option nothing is malformed for the message."""
    decoder = Decoder()
    (fact,) = decoder.read(frame(bytes((1, 0, 0, 0)) + option))
    assert getattr(fact, field) == value
    assert decoder.malformed == 0


def test_an_option_longer_than_the_message_ends_the_reading():
    """What came before it is told."""
    decoder = Decoder()
    (fact,) = decoder.read(frame(bytes((1, 0, 0, 0)) + b"\0\1\0\2ab\0\x27\0\xff"))
    assert isinstance(fact, DhcpAsked)
    assert fact.client_id == "6162"
    assert decoder.malformed == 1


def test_ten_thousand_options_are_bounded():
    """256 are read; the first of a kind counts."""
    many = b"".join(b"\0\1\0\2" + number.to_bytes(2) for number in range(10_000))
    (fact,) = Decoder().read(frame(bytes((1, 0, 0, 0)) + many + b"\0\x27\0\3\0\1a"))
    assert isinstance(fact, DhcpAsked)
    assert (fact.client_id, fact.hostname) == ("0000", "")


def test_a_name_is_spelt_harmlessly():
    """As every name from the wire."""
    message = bytes((1, 0, 0, 0)) + b"\0\x27\0\7\0\5a\n<b>"
    (fact,) = Decoder().read(wire.udp(1.0, ALICE, "fe80::a", "ff02::1:2", 546, 547, message))
    assert isinstance(fact, DhcpAsked)
    assert fact.hostname == r"a\010<b>"
