"""How a flight is told from other bytes, and when it is complete."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import tls
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.facts import TlsHello, TlsServed
from appliance.model import Ip, Mac
from tests.kit.handshakes import message
from tests.kit.wire import client_hello

HELLO = client_hello("a.example")


@pytest.mark.parametrize(
    ("payload", "begins"),
    [
        (HELLO, True),
        (b"\x16\3\3\0\4\2\0\0\0", True),  # a server's
        (b"\x16\3\1\0\4", False),  # nothing in it
        (b"\x16\3\1\0\4\x0b\0\0\0", False),  # a certificate alone
        (b"\x17\3\3\0\4\1\0\0\0", False),  # encrypted
        (b"\x16\2\0\0\4\1\0\0\0", False),
        (b"\x16\3\5\0\4\1\0\0\0", False),  # a version nobody defined
        (b"GET / HTTP/1.1", False),
        (b"", False),
    ],
)
def test_how_a_flight_begins(payload: bytes, begins: bool):
    """By type, version and first message."""
    assert tls.begins(payload) is begins


@given(st.binary(max_size=300), st.integers(1, 50), st.sampled_from((b"", b"\x14\3\3\0\1\1")))
def test_messages_come_out_of_their_records(message: bytes, size: int, more: bytes):
    """However they were cut; what follows is only noticed."""
    parts = [message[at : at + size] for at in range(0, len(message), size)]
    stream = b"".join(b"\x16\3\3" + len(part).to_bytes(2) + part for part in parts)
    assert tls.unwrap(stream + more) == (message, bool(more))


def test_a_record_that_is_cut_is_taken_as_far_as_it_goes():
    """The rest may come in the next segment."""
    assert tls.unwrap(b"\x16\3\3\0\4ab") == (b"ab", False)
    assert tls.unwrap(b"\x16\3\3\0\2ab\x16\3") == (b"ab", False)


def test_a_clients_flight_is_complete_with_its_hello():
    """Not a byte before."""
    flight, ended = tls.unwrap(HELLO)
    assert tls.is_complete(flight, ended)
    assert not any(tls.is_complete(flight[:size], False) for size in range(len(flight)))


def test_a_servers_flight_is_complete_with_its_certificate():
    """Or with whatever else comes behind its hello."""
    hello = b"\2\0\0\1h"
    leaf = b"\x0b\0\0\x0b" + b"\0\0\x08" + b"\0\0\2ab" + b"\0\0\0"
    assert not tls.is_complete(hello, False)
    assert [tls.is_complete(hello + leaf[:size], False) for size in range(1, 13)] == [
        False
    ] * 11 + [True]
    assert tls.is_complete(hello + b"\x0e", False)
    assert tls.is_complete(hello, True)


def test_a_flight_that_is_too_long_is_complete():
    """More than 16 KiB are not waited for."""
    assert tls.is_complete(b"\1\xff\xff\xff" + bytes(tls.LONGEST), False)
    stream = b"".join(b"\x16\3\3\x40\0" + bytes(16_384) for _ in range(3))
    assert len(tls.unwrap(stream)[0]) == tls.LONGEST


ENVELOPE = Envelope(1.0, Mac("02:00:00:00:00:0a"), Mac(""), Ip("192.0.2.1"), Ip("192.0.2.2"))
SERVER_HELLO = message(2, b"\3\3" + bytes(32) + b"\0\xc0\x2f\0")


def test_either_sides_flight_is_read():
    """By its first message; others tell nothing."""
    assert isinstance(next(tls.read(tls.unwrap(HELLO)[0], ENVELOPE)), TlsHello)
    assert isinstance(next(tls.read(SERVER_HELLO, ENVELOPE)), TlsServed)
    assert list(tls.read(message(4, b"ticket"), ENVELOPE)) == []


def test_a_flight_that_is_cut():
    """Of a client's hello what is there is told; of a server's only a whole one."""
    (fact,) = tls.read(tls.unwrap(HELLO)[0][:60], ENVELOPE)
    assert isinstance(fact, TlsHello)
    assert fact.ja4 == ""
    assert list(tls.read(SERVER_HELLO[:-1], ENVELOPE)) == []
    with pytest.raises(Malformed):
        list(tls.read(b"\1\0\0", ENVELOPE))
