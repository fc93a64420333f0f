"""NTLM in DCE/RPC, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import rpc_bind
from appliance.facts import Fact, NtlmHeard
from tests.kit import logons
from tests.kit.reading import CLIENT, gather
from tests.kit.scapy_layers import layer

dcerpc = layer("dcerpc")

SPNEGO, NTLM = 9, 10
BIND, BIND_ACK, ALTER, ALTER_ACK, AUTH3 = 11, 12, 14, 15, 16


def fragment(kind: int, auth_type: int, message: object, little: bool = True) -> bytes:
    verifier = dcerpc.CommonAuthVerifier(auth_type=auth_type, auth_level=6, auth_value=message)
    body = {
        BIND: dcerpc.DceRpc5Bind,
        BIND_ACK: dcerpc.DceRpc5BindAck,
        ALTER: dcerpc.DceRpc5AlterContext,
        ALTER_ACK: dcerpc.DceRpc5AlterContextResp,
        AUTH3: dcerpc.DceRpc5Auth3,
    }[kind]()
    head = dcerpc.DceRpc5(ptype=kind, auth_verifier=verifier, endian=int(little), call_id=1)
    return bytes(head / body)


def told(payload: bytes) -> tuple[list[Fact], bool]:
    return gather(rpc_bind.read(payload, CLIENT))


@pytest.mark.parametrize("little", [True, False])
@pytest.mark.parametrize(
    ("kind", "auth_type", "message", "server", "machine"),
    [
        (BIND, NTLM, logons.negotiate(), False, ""),
        (BIND, SPNEGO, logons.offered(logons.negotiate()), False, ""),
        (BIND_ACK, NTLM, logons.challenge({1: "SRV"}), True, "srv"),
        (ALTER_ACK, SPNEGO, logons.answered(logons.challenge({1: "SRV"})), True, "srv"),
        (ALTER, SPNEGO, logons.answered(logons.authenticate("ALICE-PC")), False, "alice-pc"),
        (AUTH3, NTLM, logons.authenticate("ALICE-PC"), False, "alice-pc"),
    ],
)
def test_the_messages_that_open_an_association(
    little: bool, kind: int, auth_type: int, message: object, server: bool, machine: str
):
    """In either order of bytes, bare or wrapped; a request may follow at once."""
    payload = fragment(kind, auth_type, message, little)
    assert rpc_bind.begins(payload)
    ((fact,), malformed) = told(payload + b"\5\0\0\3")
    assert isinstance(fact, NtlmHeard)
    assert (fact.protocol, fact.server, fact.machine) == ("rpc", server, machine)
    assert ((fact.major, fact.minor, fact.build), malformed) == (logons.WINDOWS_10, False)


def test_a_fragment_that_goes_on_in_another_segment_is_no_fault():
    """What is here is read."""
    payload = fragment(AUTH3, NTLM, logons.authenticate("ALICE-PC"))[:-3]
    ((fact,), malformed) = told(payload)
    assert isinstance(fact, NtlmHeard)
    assert (fact.build, fact.machine, malformed) == (19041, "", False)


def test_an_association_without_a_verifier_tells_nothing():
    payload = bytes(dcerpc.DceRpc5(ptype=BIND) / dcerpc.DceRpc5Bind())
    assert rpc_bind.begins(payload)
    assert told(payload) == ([], False)


@pytest.mark.parametrize(
    "payload",
    [b"", b"\5\0\x0b", b"\5\0\0\3\x10" + bytes(40), b"\4\0\x0b\3\x10" + bytes(40), b"\5" * 40],
)
def test_other_messages_do_not_begin_so(payload: bytes):
    """Requests, version 4, other protocols."""
    assert not rpc_bind.begins(payload)
    assert told(payload) == ([], True)


def test_a_verifier_longer_than_its_fragment_is_malformed():
    payload = bytearray(fragment(AUTH3, NTLM, logons.negotiate()))
    payload[10:12] = b"\xff\xff"
    assert told(bytes(payload)) == ([], True)


@given(st.binary(max_size=200), st.data())
def test_no_bytes_make_it_raise(after: bytes, data: st.DataObject):
    """Anything but Malformed, nor any prefix of a real one."""
    told(b"\5\0\x0b\3\x10\0\0\0" + after)
    whole = fragment(AUTH3, NTLM, logons.authenticate("ALICE-PC"))
    told(whole[: data.draw(st.integers(0, len(whole)))])
