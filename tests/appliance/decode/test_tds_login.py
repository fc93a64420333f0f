"""NTLM in TDS, by the letter of [MS-TDS]: scapy has no such layer."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import tds_login
from appliance.facts import Fact, NtlmHeard
from tests.kit import logons
from tests.kit.reading import CLIENT, gather


def packet(kind: int, data: bytes) -> bytes:
    """Section 2.2.3.1: type, status, length with this header, process, number, window."""
    return pack(">BBHHBB", kind, 1, 8 + len(data), 0, 1, 0) + data


def login(message: object) -> bytes:
    """Section 2.2.6.4: a LOGIN7 with a user, a program and the message as its SSPI data."""
    texts = ["ALICE-PC", "somebody", "", "Program", "SRV", "", "ODBC", "", "practice"]
    raw, token = [it.encode("utf-16-le") for it in texts], bytes(message)
    at, places, heap = 94, b"", b""
    for text, content in zip(texts, raw, strict=True):
        places += pack("<HH", at + len(heap), len(text))
        heap += content
    places += bytes(6) + pack("<HH", at + len(heap), len(token)) + bytes(12)
    fixed = bytes(32) + places + heap + token
    return packet(0x10, pack("<I", 4 + len(fixed)) + fixed)


def answer(message: object) -> bytes:
    """Section 2.2.7.22: the SSPI token."""
    token = bytes(message)
    return packet(0x04, b"\xed" + pack("<H", len(token)) + token)


def told(payload: bytes) -> tuple[list[Fact], bool]:
    return gather(tds_login.read(payload, CLIENT))


@pytest.mark.parametrize(
    ("payload", "server", "machine"),
    [
        (login(logons.negotiate()), False, ""),
        (login(logons.offered(logons.negotiate())), False, ""),
        (answer(logons.challenge({1: "SRV"})), True, "srv"),
        (packet(0x11, bytes(logons.authenticate("ALICE-PC"))), False, "alice-pc"),
    ],
)
def test_a_login_that_windows_vouches_for(payload: bytes, server: bool, machine: str):
    assert tds_login.begins(payload)
    ((fact,), malformed) = told(payload)
    assert isinstance(fact, NtlmHeard)
    assert (fact.protocol, fact.server, fact.machine) == ("tds", server, machine)
    assert ((fact.major, fact.minor, fact.build), malformed) == (logons.WINDOWS_10, False)


def test_a_login_with_a_password_tells_nothing():
    assert told(login(b"")) == ([], False)


def test_a_packet_that_goes_on_in_another_segment_is_no_fault():
    """What is here is read."""
    ((fact,), malformed) = told(packet(0x11, bytes(logons.authenticate("ALICE-PC")))[:-3])
    assert isinstance(fact, NtlmHeard)
    assert (fact.build, fact.machine, malformed) == (19041, "", False)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        packet(0x10, b""),
        packet(0x12, bytes(logons.negotiate())),
        packet(0x04, b"\x81" + bytes(logons.negotiate())),
    ],
)
def test_other_packets_do_not_begin_so(payload: bytes):
    """What comes before a login, and what a query finds: it may hold anything."""
    assert not tds_login.begins(payload)
    assert told(payload) == ([], True)


def test_a_packet_shorter_than_its_header_is_malformed():
    assert told(b"\x10\1\0\7" + bytes(60)) == ([], True)


@given(st.binary(max_size=100), st.data())
def test_no_bytes_make_it_raise(after: bytes, data: st.DataObject):
    """Anything but Malformed, nor any prefix of a real one."""
    told(b"\x11" + after)
    whole = login(logons.authenticate("ALICE-PC"))
    told(whole[: data.draw(st.integers(0, len(whole)))])
