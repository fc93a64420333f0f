"""Remote desktop, by the specification's own example messages (sections 4.1.1 and 4.1.2)."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.rdp import PORT, begins, read
from appliance.facts import RdpAnswered, RdpAsked
from tests.kit.messages import ALICE, ALICE_IP, ANY, SERVER_IP, told

EXAMPLE_REQUEST = bytes.fromhex(
    "0300002c27e00000000000436f6f6b69653a206d737473686173683d656c746f6e730d0a0100080000000000"
)
EXAMPLE_CONFIRM = bytes.fromhex("030000130ed000001234000200080001000000")
COOKIE = b"Cookie: mstshash=durand\r\n"
BITS = {"tls": 1, "credssp": 2, "rdstls": 4, "credssp_early": 8, "aad": 16}


def message(kind: int, rest: bytes) -> bytes:
    """TPKT and X.224 around *rest*, with right lengths."""
    tpdu = bytes((kind, 0, 0, 0x12, 0x34, 0)) + rest
    return pack("!BBHB", 3, 0, len(tpdu) + 5, len(tpdu)) + tpdu


def negotiation(kind: int, value: int) -> bytes:
    return pack("<BBHI", kind, 0, 8, value)


def asked(raw: bytes, dport: int = PORT) -> RdpAsked:
    assert begins(raw)
    (fact,), broken = told(read, raw, ANY, dport)
    assert isinstance(fact, RdpAsked)
    assert not broken
    assert (fact.mac, fact.src, fact.dst, fact.dport) == (ALICE, ALICE_IP, SERVER_IP, dport)
    return fact


def answered(raw: bytes, sport: int = PORT) -> RdpAnswered:
    assert begins(raw)
    (fact,), broken = told(read, raw, sport, ANY)
    assert isinstance(fact, RdpAnswered)
    assert not broken
    assert (fact.mac, fact.src, fact.dst, fact.sport) == (ALICE, ALICE_IP, SERVER_IP, sport)
    return fact


def test_the_specifications_examples():
    """A cookie and no protection; the answer chooses TLS."""
    fact = asked(EXAMPLE_REQUEST)
    assert (fact.cookie, fact.protocols) == (True, ("rdp",))
    assert "elton" not in repr(fact)
    assert (answered(EXAMPLE_CONFIRM).protocol, answered(EXAMPLE_CONFIRM).failure) == ("tls", 0)


@given(
    st.sampled_from((b"", COOKIE, b"Cookie: msts=3640205228.15629.0000\r\n")),
    st.sets(st.sampled_from(tuple(BITS))),
    st.sampled_from((PORT, 3390)),
)
def test_a_request_says_what_may_protect_it(token: bytes, protocols: set[str], dport: int):
    """On any port, behind a cookie, a routing token or nothing."""
    offered = negotiation(1, sum(BITS[name] for name in protocols))
    fact = asked(message(0xE0, token + offered + bytes(36)), dport)
    assert fact.cookie == (token == COOKIE)
    assert set(fact.protocols) == protocols or (not protocols and fact.protocols == ("rdp",))


@pytest.mark.parametrize(
    ("rest", "cookie"), [(b"", False), (COOKIE, True), (COOKIE + b"\1\0\x08", True)]
)
def test_an_old_or_cut_request_offers_its_own_protection_only(rest: bytes, cookie: bool):
    """Without a negotiation."""
    fact = asked(message(0xE0, rest))
    assert (fact.cookie, fact.protocols) == (cookie, ("rdp",))


@pytest.mark.parametrize(
    ("rest", "protocol", "failure"),
    [
        (negotiation(2, 2), "credssp", 0),
        (negotiation(2, 0), "rdp", 0),
        (negotiation(3, 5), "", 5),
        (b"", "rdp", 0),
    ],
)
def test_an_answer_chooses_or_refuses(rest: bytes, protocol: str, failure: int):
    """Servers that cannot negotiate say nothing."""
    fact = answered(message(0xD0, rest))
    assert (fact.protocol, fact.failure) == (protocol, failure)


@given(st.text(st.characters(categories=("Lu", "Ll")), min_size=4, max_size=12))
def test_no_name_of_a_user_is_kept(user: str):
    """Only that one was sent in clear."""
    cookie = b"Cookie: mstshash=" + user.encode() + b"\r\n"
    fact = asked(message(0xE0, cookie + negotiation(1, 3)))
    assert fact.cookie
    assert user not in repr(fact)


@pytest.mark.parametrize(
    "raw",
    [
        message(0xE0, b""),
        message(0xD0, b""),
        message(0xE0, b"\xc0\1\x0a\xc1\2\1\0\xc2\2\1\2"),
        message(0xF0, negotiation(1, 1)),
        b"",
    ],
)
def test_what_else_is_in_such_messages_is_passed_over(raw: bytes):
    """Controllers (port 102) and telephones begin alike."""
    assert told(read, raw, 102, ANY) == ([], False)
    assert told(read, raw, ANY, 102) == ([], False)


@pytest.mark.parametrize("start", [b"\3\0\0\3", b"\3\0\0\0", b"\3\0\xff\xff", b"\3\0\0\x06"])
def test_a_length_that_contradicts_is_malformed(start: bytes):
    """Too short for what is inside, or longer than what is there."""
    assert told(read, start + EXAMPLE_REQUEST[4:], ANY, PORT) == ([], True)


@given(
    st.sampled_from((EXAMPLE_REQUEST, EXAMPLE_CONFIRM)), st.integers(0, 50), st.binary(max_size=90)
)
def test_no_bytes_make_it_raise(raw: bytes, size: int, tail: bytes):
    """Cut anywhere, and going on with anything."""
    begins(raw[:size] + tail)
    told(read, raw[:size] + tail, ANY, PORT)
    told(read, raw[:size] + tail, PORT, ANY)
