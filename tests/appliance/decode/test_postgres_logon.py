"""Logons to PostgreSQL, after its protocol's message formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import logon, postgres_logon
from appliance.facts import LogonAsked, LogonJudged, PasswordSeen
from tests.kit.messages import ANY, told

IN = b"R\0\0\0\x08\0\0\0\0"
READY = b"S\0\0\0\x16application_name\0\0"


def started(name: bytes) -> bytes:
    options = b"user\0" + name + b"\0database\0cabinet\0\0"
    return (8 + len(options)).to_bytes(4) + b"\0\3\0\0" + options


def message(kind: bytes, content: bytes) -> bytes:
    return kind + (4 + len(content)).to_bytes(4) + content


def refused(state: bytes) -> bytes:
    return message(b"E", b"SFATAL\0VFATAL\0C" + state + b"\0Mpassword failed for anne\0\0")


def verdicts(payload: bytes) -> list[bool]:
    facts, malformed = told(postgres_logon.read, payload, 5432, ANY)
    assert not malformed
    return [fact.succeeded for fact in facts if isinstance(fact, LogonJudged)]


def test_a_start_names_an_account():
    ((fact,), malformed) = told(postgres_logon.read, started(b"anne"), ANY, 5432)
    assert isinstance(fact, LogonAsked)
    assert (fact.account, malformed) == (logon.mark(b"anne"), False)


def test_verdicts_of_the_server():
    assert verdicts(IN + READY) == [True]
    assert verdicts(refused(b"28P01")) == verdicts(refused(b"28000")) == [False]
    assert verdicts(refused(b"3D000")) == []


def test_a_password_in_clear_and_others():
    """MD5 and SCRAM hide it."""
    ((fact,), _) = told(postgres_logon.read, message(b"p", b"secret\0"), ANY, 5432)
    assert isinstance(fact, PasswordSeen)
    for content in (
        b"md5" + b"0a" * 16 + b"\0",
        b"SCRAM-SHA-256\0\0\0\0\x20n,,n=,r=abc",
        b"c=biws,r=abc,p=abc",
        b"\0",
    ):
        assert told(postgres_logon.read, message(b"p", content), ANY, 5432) == ([], False)


@pytest.mark.parametrize("payload", [b"", b"Q\0\0\0\x0dSELECT 1\0", b"\0\0\0\x08\x04\xd2\x16\x2f"])
def test_questions_and_requests_for_tls_do_not_begin_so(payload: bytes):
    assert not postgres_logon.begins(payload)
    assert told(postgres_logon.read, payload, ANY, 5432)[1]


@given(st.text("qxzjQXZJ", min_size=5).map(str.encode))
def test_neither_name_nor_password_is_in_any_fact(word: bytes):
    for payload in (started(word), message(b"p", word + b"\0")):
        assert word not in repr(told(postgres_logon.read, payload, ANY, 5432)).encode()


@given(st.binary(max_size=80), st.data())
def test_no_bytes_make_it_raise(content: bytes, data: st.DataObject):
    """Anything but Malformed, nor any prefix of a real one."""
    whole = started(b"anne")
    for payload in (
        *(content, b"E\0\0" + content, b"p\0\0" + content, content[:4] + b"\0\3\0\0" + content),
        whole[: data.draw(st.integers(0, len(whole)))],
    ):
        told(postgres_logon.read, payload, ANY, 5432)
        told(postgres_logon.read, payload, 5432, ANY)
