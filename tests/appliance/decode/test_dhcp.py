"""DHCP, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import DhcpAsked, DhcpOffered, Fact
from appliance.model import Frame
from tests.kit import wire
from tests.kit.scapy_layers import layer

l2, inet, dhcp = layer("l2"), layer("inet"), layer("dhcp")

ALICE, SERVER = "02:00:00:00:00:0a", "02:00:00:00:00:01"
ALICE_RAW = bytes.fromhex("02000000000a")
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=60
)
ADDRESSES = st.integers(1, 2**32 - 1).map(lambda n: ".".join(map(str, n.to_bytes(4, "big"))))


def encode(options: list[object], *, op: int = 1, mac: str = ALICE, **fields: object) -> Frame:
    bootp = dhcp.BOOTP(op=op, chaddr=ALICE_RAW, **fields) / dhcp.DHCP(options=[*options, "end"])
    ends = inet.UDP(sport=68, dport=67) if op == 1 else inet.UDP(sport=67, dport=68)
    return Frame(1.0, bytes(l2.Ether(src=mac, dst=wire.BROADCAST) / inet.IP() / ends / bootp))


def asked(options: list[object], **fields: object) -> DhcpAsked:
    (fact,) = Decoder().read(encode([("message-type", "request"), *options], **fields))
    assert isinstance(fact, DhcpAsked)
    return fact


def offered(options: list[object], **fields: object) -> DhcpOffered:
    frame = encode([("message-type", "ack"), *options], op=2, mac=SERVER, **fields)
    (fact,) = Decoder().read(frame)
    assert isinstance(fact, DhcpOffered)
    return fact


@given(TEXTS, TEXTS, st.binary(min_size=1, max_size=30), st.lists(st.integers(0, 255)), ADDRESSES)
def test_what_a_client_says(host: str, vendor: str, identity: bytes, wishes: list[int], ip: str):
    """Its names as sent, its identity in hexadecimal, its wishes in order."""
    found = asked(
        [
            ("hostname", host),
            ("vendor_class_id", vendor),
            ("client_id", identity),
            ("param_req_list", wishes),
            ("requested_addr", ip),
            ("server_id", "192.0.2.1"),
        ]
    )
    assert found == DhcpAsked(
        at=1.0,
        mac=ALICE,
        version=4,
        message="request",
        hostname=host,
        vendor_class=vendor,
        client_id=identity.hex(),
        parameters=tuple(wishes),
        requested=ip,
        server="192.0.2.1",
        sender=ALICE,
    )


@given(
    st.lists(ADDRESSES, min_size=1, max_size=16),
    st.lists(ADDRESSES, min_size=1, max_size=16),
    ADDRESSES,
    TEXTS,
)
def test_what_a_server_hands_out(routers: list[str], dns: list[str], ip: str, domain: str):
    """The address, and where the internet and the names are."""
    options = [("router", *routers), ("name_server", *dns), ("domain", domain)]
    found = offered([*options, ("server_id", "192.0.2.1")], yiaddr=ip)
    assert found == DhcpOffered(
        at=1.0,
        mac=SERVER,
        version=4,
        message="ack",
        server="192.0.2.1",
        client=ALICE,
        address=ip,
        routers=tuple(routers),
        dns=tuple(dns),
        domain=domain,
    )


@pytest.mark.parametrize(
    ("op", "number", "message"),
    [
        (1, 1, "discover"),
        (2, 2, "offer"),
        (1, 3, "request"),
        (1, 4, "decline"),
        (2, 5, "ack"),
        (2, 6, "nak"),
        (1, 7, "release"),
        (1, 8, "inform"),
    ],
)
def test_every_message_has_its_direction(op: int, number: int, message: str):
    """One that goes the wrong way is nobody's."""
    facts: list[Fact] = Decoder().read(encode([("message-type", number)], op=op))
    assert [getattr(fact, "message", "") for fact in facts] == [message]
    assert Decoder().read(encode([("message-type", number)], op=3 - op)) == []


def test_a_client_that_renews_wants_the_address_it_has():
    """It then sends no option for it (RFC 2131, section 4.3.2)."""
    assert asked([], ciaddr="192.0.2.10").requested == "192.0.2.10"
    assert asked([]).requested is None


def test_a_server_may_hand_out_nothing():
    """In answer to an inform, or a refusal."""
    assert offered([]).address is None
    assert offered([]).server is None


@pytest.mark.parametrize(
    ("option", "name"),
    [
        (b"\0\0\0alice.example", "alice.example"),
        (b"\4\0\0\5alice\7example\0", "alice.example"),
        (b"\4\0\0\5alice", "alice"),  # a part of a name ends without its root
        (b"\4\0\0\x63alice", "calice"),  # what is no name is spelt as text
        (b"\0\0", ""),
    ],
)
def test_a_full_name_stands_in_for_the_host_name(option: bytes, name: str):
    """Option 81 in both its forms (RFC 4702); option 12 wins."""
    assert asked([(81, option)]).hostname == name
    assert asked([(81, option), ("hostname", "short")]).hostname == "short"


@pytest.mark.parametrize(
    ("option", "spelt"), [(b"\3foo\3bar", "foo bar"), (b"iPXE", "iPXE"), (b"\xff", "\ufffd")]
)
def test_a_user_class_in_parts_or_plain(option: bytes, spelt: str):
    """RFC 3004 wants parts; many send plain text."""
    assert asked([(77, option)]).user_class == spelt


def test_an_option_in_parts_is_put_together():
    """RFC 3396: a long one comes several times."""
    assert asked([(12, b"ali"), (12, b"ce")]).hostname == "alice"


def test_options_go_on_in_the_fields_for_file_and_name():
    """Option 52 says so: 1 file, 2 sname, 3 both."""
    more = {"file": b"\x0c\5alice\xff", "sname": b"\x3c\4MSFT\xff"}
    assert asked([(52, b"\1")], **more).hostname == "alice"
    assert asked([(52, b"\1")], **more).vendor_class == ""
    assert asked([(52, b"\2")], **more).vendor_class == "MSFT"
    both = asked([(52, b"\3")], **more)
    assert (both.hostname, both.vendor_class) == ("alice", "MSFT")
    assert asked([], **more).hostname == ""


def test_hostile_names_are_spelt_harmlessly():
    """Markup is for the page to escape; line ends, NUL and turning marks are escaped here."""
    name = "<script>\n\0\u202e".encode()
    assert asked([(12, name)]).hostname == r"<script>\010\000\226\128\174"
    assert asked([(12, b"alice\0")]).hostname == "alice"


def raw_options(tail: bytes) -> Frame:
    body = wire._bootp(1, ALICE, "0.0.0.0") + b"\x35\1\1\x0c\5alice" + tail
    return wire.udp(1.0, ALICE, "0.0.0.0", "255.255.255.255", 68, 67, body)


def test_an_option_longer_than_the_message_ends_the_reading():
    """What came before it is told."""
    decoder = Decoder()
    (fact,) = decoder.read(raw_options(b"\x3c\xffMSFT"))
    assert isinstance(fact, DhcpAsked)
    assert (fact.message, fact.hostname, fact.vendor_class) == ("discover", "alice", "")
    assert decoder.malformed == 1


def test_ten_thousand_options_are_bounded():
    """256 are read, pads included; then what was read is told."""
    decoder = Decoder()
    (fact,) = decoder.read(raw_options(b"\x0c\1x" * 10_000))
    assert isinstance(fact, DhcpAsked)
    assert fact.hostname == "alice" + "x" * 250
    assert decoder.malformed == 0
    (fact,) = decoder.read(raw_options(b"\0" * 10_000 + b"\x3c\4MSFT\xff"))
    assert isinstance(fact, DhcpAsked)
    assert fact.vendor_class == ""


def test_only_dhcp_is_read():
    """BOOTP without a message type is silent; without the magic cookie it is malformed."""
    decoder = Decoder()
    assert decoder.read(encode([("hostname", "alice")])) == []
    assert decoder.malformed == 0
    broken = bytearray(encode([("message-type", "discover")]).data)
    broken[42 + 236] ^= 1
    assert decoder.read(Frame(1.0, bytes(broken))) == []
    assert decoder.malformed == 1


def test_a_client_on_another_link_is_its_frames_sender():
    """Whose hardware address is no Ethernet one."""
    assert asked([], htype=6, hlen=8, mac="02:00:00:00:00:77").mac == "02:00:00:00:00:77"


@given(st.integers(1, 2**32 - 1), st.binary(max_size=20), st.sampled_from((124, 125)))
def test_whose_own_options_a_client_brings(number: int, data: bytes, code: int):
    """The number that IANA gave the maker; what it says in them is not kept."""
    own = number.to_bytes(4) + bytes([len(data)]) + data
    assert asked([(code, own)]).enterprise == number
    assert asked([(code, own[:3])]).enterprise == 0
    assert asked([(60, b"MSFT")]).enterprise == 0


def test_it_is_told_who_asks_for_a_client():
    """A tool that takes all addresses makes clients up; its frames say whose they are."""
    found = asked([], mac="02:00:00:00:00:77")
    assert (found.mac, found.sender) == (ALICE, "02:00:00:00:00:77")
