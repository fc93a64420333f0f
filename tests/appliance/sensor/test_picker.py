"""Which packets are worth reading whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.model import Frame
from appliance.sensor import headers, picker
from appliance.sensor.columns import Gather
from tests.kit import procedures, wire
from tests.kit.associations import IMAGES, requested
from tests.kit.capture import block
from tests.kit.openings import OPENINGS
from tests.kit.talk import ALICE, ALICE_IP, BOB, BOB_IP, datagram, segment


def kinds(frame: Frame) -> tuple[bool, bool]:
    strange, named = picker.by_header(headers.read(block([frame])))
    return bool(strange[0]), bool(named[0])


NAMED = [53, 67, 68, 88, 137, 161, 162, 546, 547, 1900, 3702, 5353, 5355]


@pytest.mark.parametrize("port", NAMED)
def test_small_protocols_are_known_by_either_port(port: int):
    """DNS and its family, DHCP, SSDP; over IPv6, too."""
    assert kinds(datagram(1.0, dport=port)) == (False, True)
    assert kinds(datagram(1.0, sport=port)) == (False, True)
    assert kinds(datagram(1.0, src="fe80::1", dst="ff02::1", dport=port)) == (False, True)


def test_other_datagrams_are_left():
    ports = set(range(1, 7000)) - set(NAMED)
    many = [datagram(1.0, sport=9999, dport=port) for port in sorted(ports)]
    strange, named = picker.by_header(headers.read(block(many)))
    assert not (strange | named).any()


@pytest.mark.parametrize(("data", "worth"), [(b"\0\x1cquestion", True), (b"", False)])
def test_dns_over_tcp_is_read_where_it_says_something(data: bytes, worth: bool):
    assert kinds(segment(1.0, data, dport=53)) == (False, worth)
    assert kinds(segment(1.0, data, dport=53, back=True)) == (False, worth)


@pytest.mark.parametrize("kind", range(128, 144))
def test_neighbour_discovery_is_read_and_no_other_icmp(kind: int):
    message = wire.ip(bytes([kind]) + bytes(23), "fe80::1", "fe80::2", 58)
    packet = Frame(1.0, wire.ether(message, ALICE, BOB, 0x86DD))
    assert kinds(packet) == (False, 133 <= kind <= 137)
    old = Frame(1.0, wire.ether(wire.ip(bytes([kind]) + bytes(23), ALICE_IP, ALICE_IP, 1), ALICE))
    assert kinds(old) == (False, False)


def test_what_is_not_ip_is_read_unless_it_is_cut():
    """ARP, LLDP, EAPOL and whatever else devices say below IP."""
    said = wire.arp(1.0, ALICE, ALICE_IP, wanted=ALICE_IP)
    assert kinds(said) == (True, False)
    assert kinds(Frame(1.0, said.data[:13])) == (False, False)


def test_a_malformed_packet_is_not_read():
    cut = datagram(1.0, dport=53).data[:40]
    assert kinds(Frame(1.0, cut)) == (False, False)


def test_a_later_fragment_is_not_taken_for_what_its_bytes_look_like():
    """It has no ports."""
    packet = bytearray(datagram(1.0, dport=53).data)
    packet[14 + 6 : 14 + 8] = b"\x00\x09"
    assert kinds(Frame(1.0, bytes(packet))) == (False, False)


def record(kind: int, size: int = 4, there: int | None = None) -> bytes:
    body = bytes(size)
    return bytes([kind, 3, 3]) + size.to_bytes(2) + body[: size if there is None else there]


HELLO, CIPHER, ALERT, DATA = (record(kind) for kind in (0x16, 0x14, 0x15, 0x17))
LONG = record(0x16, 3000, there=1000)
MORE = b"\x00the middle of something"


class Looked:
    """Segments of one side, looked at a few at a time, with what is remembered between."""

    def __init__(self) -> None:
        self.seen, self.reading = 0, False

    def at(self, *payloads: bytes) -> list[bool]:
        many = block([segment(1.0, payload) for payload in payloads])
        rows = np.arange(len(payloads))
        segments = picker.Segments(
            rows, np.array([0]), np.array([self.seen]), np.array([self.reading])
        )
        worth, goes_on = picker.by_beginning(Gather(many.buffer), headers.read(many), segments)
        self.seen += len(payloads)
        self.reading = bool(goes_on[0])
        return worth.tolist()


VERBS = ["GET /", "POST /", "PUT /", "HEAD /", "OPTIONS *", "DELETE /", "PATCH /", "PROPFIND /"]


@pytest.mark.parametrize("head", [*VERBS, "HTTP/1.1 200 OK"])
def test_heads_of_http_messages_are_read(head: str):
    assert Looked().at(head.encode(), MORE) == [True, False]


@pytest.mark.parametrize(
    "data", [b"GE", b"get / HTTP", b"SSH 2.0-x", b"\x16\x02\x00\x00\x04", b"\0\0\0\x40SMB", MORE]
)
def test_other_beginnings_are_left(data: bytes):
    assert Looked().at(data) == [False]


def test_a_hello_in_one_segment_is_read_alone():
    """What follows is sealed."""
    assert Looked().at(HELLO, MORE, DATA, MORE) == [True, False, False, False]


def test_a_hello_is_read_to_its_end():
    """As certificates go on over several segments; another kind of record ends it."""
    assert Looked().at(LONG, MORE, MORE, DATA, MORE) == [True, True, True, False, False]
    assert Looked().at(LONG, CIPHER, MORE) == [True, False, False]


def test_a_hello_behind_another_in_the_same_segment_goes_on():
    """A server's first flight."""
    assert Looked().at(HELLO + LONG, MORE) == [True, True]
    assert Looked().at(HELLO + HELLO + DATA, MORE) == [True, False]


def test_a_head_of_a_record_that_is_cut_goes_on():
    """Its length is in the next segment."""
    assert Looked().at(HELLO[:4], MORE) == [True, True]
    assert Looked().at(HELLO + HELLO[:2], MORE) == [True, True]


def test_only_the_first_segments_are_looked_at():
    """Also of a hello that does not end."""
    as_many = [True] * picker.SEGMENTS + [False] * 4
    assert Looked().at(*[b"GET /"] * len(as_many)) == as_many
    assert Looked().at(LONG, *[MORE] * (len(as_many) - 1)) == as_many


def test_bytes_that_pad_the_link_are_not_looked_at():
    """Short frames are filled up to 60 bytes, with whatever was in memory."""
    short = segment(1.0, b"\x16").data + b"\x03\x03\x00\x04GET "
    many = block([Frame(1.0, short)])
    columns = headers.read(many)
    one = picker.Segments(np.array([0]), np.array([0]), np.array([0]), np.array([False]))
    assert not picker.by_beginning(Gather(many.buffer), columns, one)[0].any()


def test_the_end_of_a_segment_that_was_cut_is_not_looked_at():
    """A prompt may end there, or not."""
    cut = segment(1.0, b"alice@nas:/# ls").data[:-2]
    many = block([Frame(1.0, cut)])
    columns = headers.read(many)
    one = picker.Segments(np.array([0]), np.array([0]), np.array([0]), np.array([False]))
    assert not picker.by_beginning(Gather(many.buffer), columns, one)[0].any()
    assert Looked().at(b"alice@nas:/# ", b"$ ", b"$") == [True, True, False]


@given(
    st.lists(st.sampled_from([HELLO, LONG, CIPHER, ALERT, DATA, MORE, b"GET / ", b"x"])),
    st.lists(st.integers(1, 4)),
)
def test_the_same_segments_are_read_for_any_batch_size(payloads, sizes):
    """What must be known of a side between two batches is remembered."""
    if not payloads:
        return
    whole, parts, rest, found = Looked(), Looked(), list(payloads), []
    for size in [*sizes, len(payloads)]:
        now, rest = rest[:size], rest[size:]
        found += parts.at(*now) if now else []
    assert found == whole.at(*payloads)
    assert (parts.seen, parts.reading) == (whole.seen, whole.reading)


def test_a_long_association_is_read_to_its_end():
    """What names the software stands there."""
    long = requested([IMAGES] * 60)
    parts = [long[at : at + 1000] for at in range(0, len(long), 1000)]
    assert len(parts) > 3
    assert Looked().at(*parts) == [True] * len(parts)
    assert Looked().at(requested([IMAGES]), MORE) == [True, False]


@pytest.mark.parametrize(("sport", "dport", "payload"), OPENINGS)
def test_what_the_decoder_reads_is_picked(sport: int, dport: int, payload: bytes):
    """Of every protocol, wherever in the first segments it comes; sensor and decoder must agree."""
    frames = [
        wire.tcp(1.0, ALICE, ALICE_IP, BOB_IP, sport, dport, said) for said in (b"?", payload)
    ]
    assert Decoder().read(frames[1])
    many = block(frames)
    columns = headers.read(many)
    segments = picker.Segments(np.arange(2), np.array([0]), np.array([0]), np.array([False]))
    worth, _ = picker.by_beginning(Gather(many.buffer), columns, segments)
    assert worth[1] or picker.by_header(columns)[1][1]


def test_sides_do_not_mix():
    """Each has its own count, and its own hello that goes on."""
    payloads = [LONG, MORE, MORE, HELLO, MORE]
    many = block([segment(1.0, payload) for payload in payloads])
    segments = picker.Segments(
        np.arange(5), np.array([0, 2, 3]), np.array([0, 1, 7]), np.array([False, True, False])
    )
    worth, goes_on = picker.by_beginning(Gather(many.buffer), headers.read(many), segments)
    assert worth.tolist() == [True, True, True, True, False]
    assert goes_on.tolist() == [True, True, False]


def test_no_segments_are_none_worth_reading():
    none = np.empty(0, np.int64)
    many = block([segment(1.0)])
    segments = picker.Segments(none, none, none, none.astype(bool))
    worth, goes_on = picker.by_beginning(Gather(many.buffer), headers.read(many), segments)
    assert (len(worth), len(goes_on)) == (0, 0)


def are_calls(*frames: Frame) -> list[bool]:
    many = block(list(frames))
    return picker.calls(Gather(many.buffer), headers.read(many)).tolist()


@pytest.mark.parametrize("port", [135, 1025, 49_670])
def test_calls_of_remote_procedures_are_taken_wherever_they_come(port: int):
    """To the endpoint mapper, or to a port of their own."""
    called = segment(1.0, procedures.call(5, bytes(40)), dport=port)
    cut = segment(1.0, procedures.call(5)[:7], dport=port)
    assert are_calls(segment(1.0, MORE, dport=port), called, cut) == [False, True, False]


def test_so_are_calls_to_objects_first_parts_and_further_binds():
    """DCOM, and what WMI takes to get to a method: more than twelve segments."""
    calls = [procedures.call(24, bytes(40), flags=flags) for flags in (0x83, 0x81, 0x01)]
    more = procedures.bind(procedures.SAMR, kind=procedures.ALTER)
    frames = [segment(1.0, it, dport=49_670) for it in (*calls, more)]
    assert are_calls(*frames) == [True] * 4
    later = procedures.call(24, bytes(40), flags=0x80)
    assert are_calls(segment(1.0, later, dport=49_670)) == [False]


def test_what_is_no_call_or_not_where_calls_are_is_left():
    """Answers, binds, and web pages that begin like one."""
    answer = procedures.fragment(2, bytes(24))
    others = [procedures.bind(procedures.SAMR), answer, b"", b"\5\0\0\3\x10\0\0\1" + bytes(40)]
    assert not any(are_calls(*(segment(1.0, other, dport=49_670) for other in others)))
    call = procedures.call(5)
    assert not any(are_calls(segment(1.0, call, dport=80), segment(1.0, call, sport=80)))
    assert not any(are_calls(datagram(1.0, dport=49_670)))
