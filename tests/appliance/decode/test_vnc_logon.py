"""Logons to a shared screen, after RFC 6143 section 7."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import vnc_logon
from appliance.facts import LogonAsked, LogonJudged
from tests.kit.messages import ANY, told

REASON = b"Authentication failure"


def verdicts(payload: bytes) -> list[bool]:
    facts, _ = told(vnc_logon.read, payload, 5900, ANY)
    return [fact.succeeded for fact in facts if isinstance(fact, LogonJudged)]


def test_a_response_to_the_challenge_asks():
    ((fact,), _) = told(vnc_logon.read, bytes(range(16)), ANY, 5901)
    assert isinstance(fact, LogonAsked)
    assert (fact.protocol, fact.account, fact.proof) == ("vnc", "", True)


def test_verdicts_with_and_without_a_reason():
    assert verdicts(bytes(4)) == [True]
    assert verdicts(b"\0\0\0\1") == verdicts(b"\0\0\0\2") == [False]
    assert verdicts(b"\0\0\0\1" + len(REASON).to_bytes(4) + REASON) == [False]


@pytest.mark.parametrize(
    "payload",
    [
        b"RFB 003.008\n",
        b"\1\2",
        bytes(range(16)),
        bytes(24),
        b"\0\0\0\1\0\0\0\x09short",
        b"\0\0\0\3",
    ],
)
def test_other_messages_of_the_server_are_no_verdict(payload: bytes):
    """Its challenge has the length of a response, too."""
    assert verdicts(payload) == []


def test_other_messages_of_the_client_are_no_response():
    assert told(vnc_logon.read, bytes(10), ANY, 5900)[0] == []
    assert told(vnc_logon.read, bytes(4), ANY, 5900)[0] == []


@given(st.binary(max_size=80))
def test_no_bytes_make_it_raise(payload: bytes):
    vnc_logon.begins(payload)
    for ports in ((ANY, 5900), (5900, ANY)):
        assert not told(vnc_logon.read, payload, *ports)[1]
