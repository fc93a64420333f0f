"""NTLM in LDAP, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import ldap_bind
from appliance.facts import Fact, NtlmHeard
from tests.kit import logons
from tests.kit.reading import CLIENT, gather
from tests.kit.scapy_layers import layer

ldap = layer("ldap")


def bind(message: object) -> bytes:
    login = ldap.LDAP_Authentication_SaslCredentials(
        mechanism="GSS-SPNEGO", credentials=bytes(message)
    )
    request = ldap.LDAP_BindRequest(bind_name="", authentication=login)
    return bytes(ldap.LDAP(messageID=7, protocolOp=request))


def answer(message: object) -> bytes:
    response = ldap.LDAP_BindResponse(resultCode=14, serverSaslCreds=bytes(message))
    return bytes(ldap.LDAP(messageID=7, protocolOp=response))


def told(payload: bytes) -> tuple[list[Fact], bool]:
    return gather(ldap_bind.read(payload, CLIENT))


@pytest.mark.parametrize(
    ("payload", "server", "machine"),
    [
        (bind(logons.offered(logons.negotiate())), False, ""),
        (bind(logons.negotiate()), False, ""),
        (answer(logons.answered(logons.challenge({1: "SRV"}))), True, "srv"),
        (bind(logons.answered(logons.authenticate("ALICE-PC"))), False, "alice-pc"),
    ],
)
def test_binds_and_their_answers(payload: bytes, server: bool, machine: str):
    """Other messages may follow at once."""
    assert ldap_bind.begins(payload)
    ((fact,), malformed) = told(payload + b"0\5\2\1\1B\0")
    assert isinstance(fact, NtlmHeard)
    assert (fact.protocol, fact.server, fact.machine) == ("ldap", server, machine)
    assert ((fact.major, fact.minor, fact.build), malformed) == (logons.WINDOWS_10, False)


def test_lengths_of_four_bytes():
    """As Windows writes all of them."""
    inner = b"\2\1\7" + b"\x60\x84\0\0\0\x40" + bytes(logons.authenticate("ALICE-PC"))
    payload = b"\x30\x84" + len(inner).to_bytes(4) + inner
    assert ldap_bind.begins(payload)
    ((fact,), malformed) = told(payload)
    assert isinstance(fact, NtlmHeard)
    assert (fact.machine, malformed) == ("alice-pc", False)


def test_a_bind_that_goes_on_in_another_segment_is_no_fault():
    """What is here is read."""
    ((fact,), malformed) = told(bind(logons.authenticate("ALICE-PC"))[:-3])
    assert isinstance(fact, NtlmHeard)
    assert (fact.build, fact.machine, malformed) == (19041, "", False)


def test_a_bind_with_a_password_tells_nothing():
    login = ldap.LDAP_BindRequest(
        bind_name="cn=somebody", authentication=ldap.LDAP_Authentication_simple("secret")
    )
    payload = bytes(ldap.LDAP(messageID=7, protocolOp=login))
    assert ldap_bind.begins(payload)
    assert told(payload) == ([], False)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x30",
        b"\x30\x85\0\0\0\0\0",
        b"\x30\x80\2\1\7\x60\0",
        b"\x30\5\4\1\7\x60\0",
        b"\x30\5\2\1\7\x63\0",
        b"\x31\5\2\1\7\x60\0",
        b"\x30\5\2\x09\7\x60\0",
    ],
)
def test_other_messages_do_not_begin_so(payload: bytes):
    """Searches, other protocols, lengths that nobody writes."""
    assert not ldap_bind.begins(payload)
    assert told(payload) == ([], True)


@given(st.binary(max_size=100), st.data())
def test_no_bytes_make_it_raise(after: bytes, data: st.DataObject):
    """Anything but Malformed, nor any prefix of a real one."""
    told(b"\x30" + after)
    ldap_bind.begins(after)
    whole = bind(logons.authenticate("ALICE-PC"))
    told(whole[: data.draw(st.integers(0, len(whole)))])
