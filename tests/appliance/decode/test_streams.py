"""Hellos in several segments."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.decode.streams import SEGMENTS, STREAMS
from appliance.facts import Fact, TlsHello, TlsServed
from appliance.model import Frame
from tests.kit import wire
from tests.kit.handshakes import (
    certificate,
    certificates,
    extension,
    hello,
    message,
    named,
    recorded,
    server_name,
)

ALICE, ALICE_IP, SERVER_IP = "02:00:00:00:00:0a", "192.0.2.10", "198.51.100.7"
LONG = recorded(hello(server_name(b"a.example") + extension(21, bytes(1500))))
"""As long as browsers' hellos are that bring keys against quantum computers."""
WHOLE = Decoder().read(wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, 50_000, 443, LONG))
START = 2**32 - 700
"""Sequence numbers start over in the middle of it."""


SERVER_HELLO = message(2, b"\3\3" + bytes(32) + b"\0\xc0\x2f\0")


def segment(data: bytes, first: int, port: int = 50_000) -> Frame:
    return wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, port, 443, data, seq=START + first)


def read(decoder: Decoder, *parts: tuple[int, int], stream: bytes = LONG) -> list[Fact]:
    """Send the segments of *stream* from byte to byte."""
    return [
        fact for start, end in parts for fact in decoder.read(segment(stream[start:end], start))
    ]


@given(st.lists(st.integers(6, len(LONG) - 1), max_size=SEGMENTS - 1, unique=True).map(sorted))
def test_a_hello_cut_anywhere_is_the_same(cuts: list[int]):
    """In up to eight segments; the fact comes with the last."""
    ends = [*cuts, len(LONG)]
    parts = list(zip([0, *cuts], ends, strict=True))
    decoder = Decoder()
    assert read(decoder, *parts[:-1]) == []
    assert read(decoder, parts[-1]) == WHOLE


def test_what_was_sent_twice_counts_once():
    """A whole segment, a part of one, and more than was sent before."""
    decoder = Decoder()
    parts = ((0, 700), (0, 700), (300, 600), (500, 1400), (0, 1400), (0, len(LONG)))
    assert read(decoder, *parts) == WHOLE
    assert decoder.malformed == 0


def test_after_a_gap_what_is_there_is_told():
    """A server name found is worth having; the fingerprint needs all."""
    decoder = Decoder()
    (fact,) = read(decoder, (0, 700), (900, 1400))
    assert isinstance(fact, TlsHello)
    assert (fact.name, fact.ja4) == ("a.example", "")
    assert read(decoder, (1400, len(LONG))) == []
    assert decoder.malformed == 0


def test_a_new_hello_after_a_gap_begins_anew():
    """Ports are used again."""
    decoder = Decoder()
    assert read(decoder, (0, 700)) == []
    again = decoder.read(segment(LONG, 90_000))
    assert [fact.ja4 != "" for fact in again if isinstance(fact, TlsHello)] == [False, True]


def test_a_thirteenth_segment_is_not_waited_for():
    """With the twelfth what is there is told."""
    decoder = Decoder()
    parts = [(100 * number, 100 * number + 100) for number in range(SEGMENTS)]
    assert read(decoder, *parts[:-1]) == []
    (fact,) = read(decoder, parts[-1])
    assert isinstance(fact, TlsHello)
    assert (fact.name, fact.ja4) == ("a.example", "")


def test_a_segment_cut_by_the_capture_is_read_at_once():
    """Nobody will bring the rest."""
    cut = Frame(1.0, segment(LONG, 0).data[:400])
    (fact,) = Decoder().read(cut)
    assert isinstance(fact, TlsHello)
    assert (fact.name, fact.ja4) == ("a.example", "")


def test_a_servers_flight_brings_its_certificate_in_the_next_segment():
    """As it does whenever the chain is long."""
    leaf = certificate(named("nas.example"), named("authority"))
    stream = recorded(SERVER_HELLO + certificates(leaf, bytes(3000)))
    decoder = Decoder()
    assert read(decoder, (0, 200), stream=stream) == []
    (fact,) = read(decoder, (200, 1400), stream=stream)
    assert isinstance(fact, TlsServed)
    assert (fact.subject, fact.issuer) == ("nas.example", "authority")


def test_streams_are_told_apart_by_their_ports():
    """Two hellos at once, piece by piece."""
    decoder = Decoder()
    assert decoder.read(segment(LONG[:700], 0, 50_001)) == []
    assert decoder.read(segment(LONG[:800], 0, 50_002)) == []
    assert len(decoder.read(segment(LONG[700:], 700, 50_001))) == 1
    assert len(decoder.read(segment(LONG[800:], 800, 50_002))) == 1


def test_the_memory_has_a_maximum():
    """Ten thousand begun hellos leave it bounded; those that had to leave are counted."""
    decoder = Decoder()
    for port in range(10_000):
        decoder.read(segment(LONG[:700], 0, port))
    assert len(decoder._streams._open) == STREAMS
    assert decoder.dropped == 10_000 - STREAMS
    assert decoder.read(segment(LONG[700:], 700, 9_999)) == WHOLE
    assert decoder.read(segment(LONG[700:], 700, 0)) == []


def test_a_stream_has_a_maximum():
    """Of a hello that claims 16 MB no more than 16 KiB are kept, then it is let go."""
    begun = hello(server_name(b"a.example"))[4:]
    endless = recorded(b"\1\xff\xff\xff" + begun + bytes(40_000))
    decoder = Decoder()
    (fact,) = read(decoder, (0, 9_000), (9_000, 20_000), stream=endless)
    assert isinstance(fact, TlsHello)
    assert fact.ja4 == ""
    assert len(decoder._streams._open) == 0
