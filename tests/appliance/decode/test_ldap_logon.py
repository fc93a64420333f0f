"""Binds with passwords, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import ldap_logon, logon
from appliance.facts import LogonAsked, LogonJudged, PasswordSeen
from tests.kit import logons
from tests.kit.messages import ANY, told
from tests.kit.scapy_layers import layer

ldap = layer("ldap")


def bind(name: str, password: str) -> bytes:
    login = ldap.LDAP_Authentication_simple(password)
    request = ldap.LDAP_BindRequest(bind_name=name, authentication=login)
    return bytes(ldap.LDAP(messageID=7, protocolOp=request))


def answer(code: int) -> bytes:
    return bytes(ldap.LDAP(messageID=7, protocolOp=ldap.LDAP_BindResponse(resultCode=code)))


def test_a_simple_bind_brings_its_password_in_clear():
    facts, malformed = told(ldap_logon.read, bind("cn=anne", "secret"), ANY, 389)
    assert [type(fact) for fact in facts] == [LogonAsked, PasswordSeen]
    assert not malformed
    assert isinstance(facts[0], LogonAsked)
    assert facts[0].account == logon.mark(b"cn=anne")


@pytest.mark.parametrize(("name", "password"), [("", ""), ("cn=anne", ""), ("", "x")])
def test_a_bind_without_name_or_password_is_nobodys(name: str, password: str):
    """RFC 4513 section 5.1."""
    assert told(ldap_logon.read, bind(name, password), ANY, 389) == ([], False)


def test_ntlm_in_a_bind_asks_without_a_password():
    login = ldap.LDAP_Authentication_SaslCredentials(
        mechanism="GSS-SPNEGO", credentials=bytes(logons.authenticate("PC", user="anne"))
    )
    request = ldap.LDAP_BindRequest(bind_name="", authentication=login)
    payload = bytes(ldap.LDAP(messageID=7, protocolOp=request))
    ((fact,), _) = told(ldap_logon.read, payload, ANY, 389)
    assert isinstance(fact, LogonAsked)
    assert fact.account == logon.mark(b"anne")


@pytest.mark.parametrize(("code", "verdicts"), [(0, [True]), (49, [False]), (14, []), (8, [])])
def test_answers_let_in_or_refuse(code: int, verdicts: list[bool]):
    facts, _ = told(ldap_logon.read, answer(code), 389, ANY)
    assert [fact.succeeded for fact in facts if isinstance(fact, LogonJudged)] == verdicts


@given(st.text("qxzjQXZJ", min_size=5), st.text("qxzjQXZJ", min_size=5))
def test_neither_name_nor_password_is_in_any_fact(name: str, secret: str):
    said = repr(told(ldap_logon.read, bind(name, secret), ANY, 389))
    assert name not in said
    assert secret not in said


@given(st.binary(max_size=80), st.data())
def test_no_bytes_make_it_raise(payload: bytes, data: st.DataObject):
    """Anything but Malformed, nor any prefix of a real one."""
    told(ldap_logon.read, payload)
    whole = bind("cn=anne", "secret")
    told(ldap_logon.read, whole[: data.draw(st.integers(0, len(whole)))])
