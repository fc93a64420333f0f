"""DNS, mDNS and LLMNR, against scapy's."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import NameAnswered, NameAsked, Record
from appliance.model import Frame
from tests.kit import wire
from tests.kit.scapy_layers import layer

l2, inet, dns, llmnr = layer("l2"), layer("inet"), layer("dns"), layer("llmnr")

ALICE, ALICE_IP, SERVER_IP = "02:00:00:00:00:0a", "192.0.2.10", "192.0.2.1"
LABELS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=20)
NAMES = st.lists(LABELS, min_size=1, max_size=4).map(".".join)
TTLS = st.integers(0, 2**31 - 1)
V4 = st.ip_addresses(v=4).map(str)
V6 = st.ip_addresses(v=6).map(str).filter(lambda text: "." not in text)
TEXTS = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=50)


def hosts(kind: str, number: int, before: int = 0):
    """Records of a type whose value is a name, scapy's and ours."""
    made = {
        "MX": lambda name, host, ttl: dns.DNSRRMX(rrname=name, exchange=host, ttl=ttl),
        "SRV": lambda name, host, ttl: dns.DNSRRSRV(rrname=name, target=host, ttl=ttl),
    }.get(kind, lambda name, host, ttl: dns.DNSRR(rrname=name, type=kind, rdata=host, ttl=ttl))
    return st.builds(
        lambda name, host, ttl: (made(name, host, ttl), Record(name, number, host, ttl)),
        NAMES,
        NAMES,
        TTLS,
    )


def plain(kind: str, number: int, values, *, read: bool = True):
    return st.builds(
        lambda name, value, ttl: (
            dns.DNSRR(rrname=name, type=kind, rdata=value, ttl=ttl),
            Record(name, number, value if read else "", ttl),
        ),
        NAMES,
        values,
        TTLS,
    )


RECORDS = st.one_of(
    plain("A", 1, V4),
    plain("AAAA", 28, V6),
    st.builds(
        lambda name, strings, ttl: (
            dns.DNSRR(rrname=name, type="TXT", rdata=strings, ttl=ttl),
            Record(name, 16, "", ttl, tuple(strings)),
        ),
        NAMES,
        st.lists(TEXTS, min_size=1, max_size=5),
        TTLS,
    ),
    plain("NULL", 10, TEXTS, read=False),
    hosts("CNAME", 5),
    hosts("NS", 2),
    hosts("PTR", 12),
    hosts("MX", 15),
    hosts("SRV", 33),
)


def read(message: bytes, sport: int = 53, dport: int = 50_000) -> tuple[list, int]:
    decoder = Decoder()
    found = decoder.read(wire.udp(1.0, ALICE, SERVER_IP, ALICE_IP, sport, dport, message))
    return found, decoder.malformed


def answer(message: bytes, **ports: int) -> NameAnswered:
    (fact,), malformed = read(message, **ports)
    assert isinstance(fact, NameAnswered)
    assert malformed == 0
    return fact


@given(NAMES, st.integers(0, 65_535), st.sampled_from((53, 5353, 5355)))
def test_a_question(name: str, kind: int, port: int):
    """Its name and type; the port says which protocol it is."""
    encode = llmnr.LLMNRQuery if port == 5355 else dns.DNS
    message = bytes(encode(qd=[dns.DNSQR(qname=name, qtype=kind)]))
    frame = wire.udp(1.0, ALICE, ALICE_IP, SERVER_IP, 50_000, port, message)
    assert Decoder().read(frame) == [
        NameAsked(
            at=1.0,
            mac=ALICE,
            src=ALICE_IP,
            dst=SERVER_IP,
            protocol={53: "dns", 5353: "mdns", 5355: "llmnr"}[port],
            name=name,
            type=kind,
        )
    ]


@given(NAMES, st.lists(RECORDS, max_size=6), st.integers(0, 15), st.booleans())
def test_an_answer(name: str, records: list, code: int, compressed: bool):
    """The question it repeats, its code, and its records in order, compressed or not."""
    query = [dns.DNSQR(qname=name, qtype="AAAA")]
    third = len(records) // 3
    parts = [[made for made, _ in part] for part in (records[third:], records[:third])]
    message = dns.DNS(qr=1, rcode=code, qd=query, an=parts[0], ar=[*parts[1], dns.DNSRROPT()])
    data = bytes(dns.dns_compress(message) if compressed else message)
    told = [record for _, record in (*records[third:], *records[:third])]
    found = answer(data)
    assert (found.name, found.type, found.code) == (name, 28, code)
    assert found.records == tuple(told)


@pytest.mark.parametrize(("port", "protocol"), [(5353, "mdns"), (5355, "llmnr"), (53, "dns")])
def test_an_answer_comes_from_the_port_of_its_protocol(port: int, protocol: str):
    """Also when it goes to an asker's own port."""
    message = wire.dns_answer("", [("alice.local", wire.A, ALICE_IP)])
    found = answer(message, sport=port)
    assert (found.protocol, found.name, found.type) == (protocol, "", 0)
    assert found.records == (Record("alice.local", 1, ALICE_IP, 300),)


def test_a_message_with_several_questions():
    """One fact each; an answer tells the first."""
    two = [dns.DNSQR(qname=name, qtype="PTR") for name in ("a.local", "b.local")]
    found, _ = read(bytes(dns.DNS(qd=two)), 5353, 5353)
    assert [fact.name for fact in found] == ["a.local", "b.local"]
    assert answer(bytes(dns.DNS(qr=1, qd=two))).name == "a.local"


def texts(*strings: bytes) -> tuple[str, ...]:
    record = dns.DNSRR(rrname="a", type="TXT", rdata=list(strings))
    (found,) = answer(bytes(dns.DNS(qr=1, qd=[], an=[record]))).records
    assert found.value == ""
    return found.texts


def test_text_strings_are_kept_apart():
    """A space in one does not end it; what does not print is escaped."""
    said = (b"ty=Laser 5 product=x", b"<b>\n", b"", b"usb_MFG=Maker")
    assert texts(*said) == ("ty=Laser 5 product=x", r"<b>\010", "", "usb_MFG=Maker")


def test_a_printers_paths_and_place_are_left_out():
    """They say nothing of what it is, and may name somebody."""
    said = (
        b"rp=printers/alice",
        b"NOTE=Room of Bob",
        b"adminurl=http://a/b",
        b"ty=Laser",
        b"rpm=1",
    )
    assert texts(*said) == ("ty=Laser", "rpm=1")


def test_an_address_of_the_wrong_size_is_no_value():
    """The record is told without it."""
    record = b"\1a\0" + pack("!HHIH", 1, 1, 60, 5) + bytes(5)
    assert answer(pack("!6H", 1, 0x8000, 0, 1, 0, 0) + record).records == (Record("a", 1, "", 60),)


@pytest.mark.parametrize("operation", [1, 2, 4, 5, 15])
def test_only_queries_are_read(operation: int):
    """Updates and the like are passed over; nothing is wrong with them."""
    found, malformed = read(bytes(dns.DNS(opcode=operation, qd=[dns.DNSQR(qname="a")])))
    assert (found, malformed) == ([], 0)


def records_of(count: int, one: bytes) -> bytes:
    return pack("!6H", 1, 0x8180, 1, count, 0, 0) + b"\1a\0\0\1\0\1" + one * count


ONE_A = b"\xc0\x0c" + pack("!HHIH", 1, 1, 60, 4) + bytes((192, 0, 2, 1))


def test_four_thousand_records_are_bounded():
    """The first 25 are told, and nothing is wrong with the rest."""
    assert len(answer(records_of(4000, ONE_A)).records) == 25


def test_four_thousand_questions_are_bounded():
    """The first 25 are told."""
    found, malformed = read(pack("!6H", 1, 0, 4000, 0, 0, 0) + b"\1a\0\0\1\0\1" * 4000)
    assert (len(found), malformed) == (25, 0)


def test_sixty_thousand_empty_strings_are_bounded():
    """The first 32 are told."""
    record = b"\xc0\x0c" + pack("!HHIH", 16, 1, 60, 60_000) + bytes(60_000)
    message = pack("!6H", 1, 0x8180, 1, 1, 0, 0) + b"\1a\0\0\x10\0\1" + record
    (found,) = answer(message).records
    assert found.texts == ("",) * 32


@pytest.mark.parametrize(
    "broken",
    [
        b"\xc0\x20",  # a name that points at itself
        ONE_A[:-1],  # content past the end
        ONE_A[:9],  # a head past the end
        b"\xc0\x0c" + pack("!HHIH", 5, 1, 60, 1) + b"\1a\0",  # a name longer than its record
    ],
)
def test_what_came_before_a_malformed_record_is_told(broken: bytes):
    """And the message is counted."""
    message = pack("!6H", 1, 0x8183, 1, 2, 0, 0) + b"\1a\0\0\1\0\1" + ONE_A + broken
    (fact,), malformed = read(message)
    assert isinstance(fact, NameAnswered)
    assert (fact.name, fact.code, len(fact.records), malformed) == ("a", 3, 1, 1)


def test_questions_before_a_malformed_one_are_told():
    """And the message is counted."""
    found, malformed = read(pack("!6H", 1, 0, 2, 0, 0, 0) + b"\1a\0\0\1\0\1\1b\0\0\1\0")
    assert [fact.name for fact in found] == ["a"]
    assert malformed == 1


def test_a_message_shorter_than_its_head_is_malformed():
    """There is nothing to tell."""
    assert read(bytes(11)) == ([], 1)


def segment(payload: bytes) -> Frame:
    return wire.tcp(1.0, ALICE, SERVER_IP, ALICE_IP, 53, 50_000, payload)


def sized(message: bytes) -> bytes:
    return len(message).to_bytes(2) + message


def test_messages_over_tcp_have_their_length_before_them():
    """One or several in a segment, at most eight."""
    message = sized(bytes(dns.DNS(qr=1, qd=[dns.DNSQR(qname="a.example")])))
    assert [fact.name for fact in Decoder().read(segment(message * 2))] == ["a.example"] * 2
    assert len(Decoder().read(segment(message * 1000))) == 8


def test_a_message_over_tcp_that_goes_on_in_the_next_segment():
    """What is in the first is told; the next starts with no length and head, and is passed over."""
    message = sized(records_of(100, ONE_A))
    decoder = Decoder()
    (fact,) = decoder.read(segment(message[:200]))
    assert isinstance(fact, NameAnswered)
    assert len(fact.records) == 11
    assert decoder.read(segment(message[200:])) == []
    assert decoder.read(segment(b"\0\1a")) == []
