"""Logons to MySQL, after the examples of its protocol's description."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import logon, mysql_logon
from appliance.facts import LogonAsked, LogonJudged, PasswordSeen
from tests.kit.messages import ANY, told

DENIED = b"\xff\x15\4#28000Access denied for user 'anne'@'pc' (using password: YES)"
GREETING = b"\x4a\0\0\0\x0a8.0.36\0" + bytes(60)


def packet(number: int, content: bytes) -> bytes:
    return len(content).to_bytes(3, "little") + bytes([number]) + content


def response(name: bytes, plugin: bytes = b"mysql_native_password", proof: bytes = b"p" * 20):
    able = pack("<IIB23x", 0x000FA685 & ~0x800, 1 << 24, 33)
    proven = bytes([len(proof)]) + proof
    return packet(1, able + name + b"\0" + proven + plugin + b"\0")


def verdicts(payload: bytes) -> list[bool]:
    facts, _ = told(mysql_logon.read, payload, 3306, ANY)
    return [fact.succeeded for fact in facts if isinstance(fact, LogonJudged)]


def test_a_response_names_an_account_and_hides_its_password():
    ((fact,), malformed) = told(mysql_logon.read, response(b"anne"), ANY, 3306)
    assert isinstance(fact, LogonAsked)
    assert (fact.account, malformed) == (logon.mark(b"anne"), False)


def test_a_client_that_sends_clear_text():
    payload = response(b"anne", b"mysql_clear_password", b"secret\0")
    facts, _ = told(mysql_logon.read, payload, ANY, 3306)
    assert [type(fact) for fact in facts] == [LogonAsked, PasswordSeen]


def test_verdicts_of_the_server():
    assert verdicts(packet(2, DENIED)) == [False]
    assert verdicts(packet(2, b"\0\0\0\2\0\0\0")) == [True]
    assert verdicts(packet(4, b"\0\0\0\2\0\0\0")) == [True]


@pytest.mark.parametrize(
    "payload",
    [
        GREETING,
        packet(1, b"\0\0\0\2\0\0\0"),
        packet(2, b"\xff\x14\4#42000Access denied to database"),
        packet(2, b"\xfemysql_native_password\0" + bytes(21)),
        packet(1, pack("<IIB23x", 0xA685 | 0x800, 1 << 24, 33)),
        b"",
    ],
)
def test_greetings_orders_and_requests_for_tls_are_none(payload: bytes):
    assert told(mysql_logon.read, payload, ANY, 3306)[0] == []
    assert verdicts(payload) == []


@given(st.text("qxzjQXZJ", min_size=5).map(str.encode))
def test_the_name_is_in_no_fact(name: bytes):
    assert name not in repr(told(mysql_logon.read, response(name), ANY, 3306)).encode()


@given(st.binary(max_size=80), st.data())
def test_no_bytes_make_it_raise(content: bytes, data: st.DataObject):
    """Anything but Malformed, nor any prefix of a real one."""
    for ports in ((ANY, 3306), (3306, ANY)):
        told(mysql_logon.read, content, *ports)
        told(mysql_logon.read, packet(1, content), *ports)
        whole = response(b"anne")
        told(mysql_logon.read, whole[: data.draw(st.integers(0, len(whole)))], *ports)
