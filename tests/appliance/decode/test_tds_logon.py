"""Logons to SQL Server, laid out as the examples of [MS-TDS] section 4 are."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import logon, tds_logon
from appliance.facts import LogonAsked, LogonJudged, PasswordSeen
from tests.kit.messages import ANY, told


def packet(kind: int, content: bytes) -> bytes:
    return pack("!BBHHBB", kind, 1, 8 + len(content), 0, 1, 0) + content


def login(name: str, secret: str) -> bytes:
    disguised = bytes(((byte >> 4 | byte << 4) & 255) ^ 0xA5 for byte in secret.encode("utf-16-le"))
    spelt, at = name.encode("utf-16-le"), 94
    places = pack("<8H", at, 0, at, len(name), at + len(spelt), len(secret), at, 0)
    fixed = pack("<I", at + len(spelt) + len(disguised)) + bytes(32)
    return packet(0x10, (fixed + places).ljust(at, b"\0") + spelt + disguised)


def error(number: int) -> bytes:
    words = "Login failed for user 'sa'.".encode("utf-16-le")
    content = pack("<IBBH", number, 1, 14, len(words) // 2) + words + b"\0\0" + bytes(4)
    return b"\xaa" + pack("<H", len(content)) + content


CHANGE = b"\xe3\x03\0\1\0\0"
ACK = b"\xad\x0a\0\1\x74\0\0\4\0\x10\0\0\0"
DONE = b"\xfd\2\0" + bytes(10)


def verdicts(*tokens: bytes) -> list[bool]:
    facts, malformed = told(tds_logon.read, packet(4, b"".join(tokens)), 1433, ANY)
    assert not malformed
    return [fact.succeeded for fact in facts if isinstance(fact, LogonJudged)]


def test_a_login_in_clear_shows_its_password():
    facts, malformed = told(tds_logon.read, login("sa", "secret"), ANY, 1433)
    assert [type(fact) for fact in facts] == [LogonAsked, PasswordSeen]
    assert isinstance(facts[0], LogonAsked)
    assert (facts[0].account, malformed) == (logon.mark(b"sa"), False)


def test_a_login_by_windows_or_without_password_shows_none():
    assert told(tds_logon.read, login("", ""), ANY, 1433)[0] == []
    assert [type(it) for it in told(tds_logon.read, login("sa", ""), ANY, 1433)[0]] == [LogonAsked]


def test_the_answer_lets_in_or_refuses():
    """Behind other tokens or not; what comes later is not read."""
    assert verdicts(CHANGE, CHANGE, ACK, DONE) == [True]
    assert verdicts(error(18456), DONE) == [False]
    assert verdicts(CHANGE, DONE, ACK) == []


@pytest.mark.parametrize("number", [102, 208, 4060])
def test_other_errors_are_no_verdict(number: int):
    assert verdicts(error(number), DONE) == []


def test_other_packets_do_not_begin_so():
    for payload in (b"", packet(1, b"S\0E\0"), packet(4, b"\x81\1\0"), b"\x12\1\0\x10\0\0\0\0x"):
        assert not tds_logon.begins(payload)
        assert told(tds_logon.read, payload)[1]


@given(st.text("qxzjQXZJ", min_size=5, max_size=20), st.text("qxzjQXZJ", min_size=5, max_size=20))
def test_neither_name_nor_password_is_in_any_fact(name: str, secret: str):
    said = repr(told(tds_logon.read, login(name, secret), ANY, 1433))
    assert name not in said
    assert secret not in said


@given(st.binary(max_size=80), st.data())
def test_no_bytes_make_it_raise(content: bytes, data: st.DataObject):
    """Anything but Malformed, nor any prefix of a real one."""
    for payload in (packet(4, b"\xaa" + content), packet(0x10, content), content):
        told(tds_logon.read, payload)
    whole = login("sa", "secret")
    told(tds_logon.read, whole[: data.draw(st.integers(0, len(whole)))])
