"""SMB messages in their segments, against scapy's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import smb
from appliance.facts import Fact, LogonAsked, NtlmHeard, ShareOpened, SmbSpoken
from tests.kit import logons
from tests.kit.reading import CLIENT, SERVER, gather
from tests.kit.scapy_layers import layer

one, two, netbios, gssapi = layer("smb"), layer("smb2"), layer("netbios"), layer("gssapi")

MORE = 0xC0000016
TROPHY = r"\\SRV\TROPHY".encode("utf-16-le")


def session(*messages: object) -> bytes:
    """Give each message with its header, one after the other."""
    return b"".join(bytes(netbios.NBTSession() / message) for message in messages)


def two_(body: object, code: int, answer: bool = False, status: int = 0, after: int = 0) -> bytes:
    head = two.SMB2_Header(Command=code, Flags=int(answer), Status=status, NextCommand=after)
    return bytes(head) + bytes(body)


def told(payload: bytes, envelope=CLIENT) -> tuple[list[Fact], bool]:
    return gather(smb.read(payload, envelope))


def read(payload: bytes, envelope=CLIENT) -> list[Fact]:
    assert smb.begins(payload)
    facts, malformed = told(payload, envelope)
    assert not malformed
    return facts


OFFER = two_(two.SMB2_Negotiate_Protocol_Request(Dialects=[0x0202, 0x0311]), 0)
SHARE = two_(two.SMB2_Tree_Connect_Request(Path=r"\\SRV\PDATA"), 3)


def logon(message: object) -> bytes:
    return two_(two.SMB2_Session_Setup_Request(SecurityBlob=message), 1)


def test_a_clients_offer_is_told():
    (fact,) = read(session(OFFER))
    assert isinstance(fact, SmbSpoken)
    assert (fact.server, fact.version, fact.dialect) == (False, "3", 0x0311)


def test_a_servers_choice_is_told():
    body = two.SMB2_Negotiate_Protocol_Response(DialectRevision=0x0302)
    (fact,) = read(session(two_(body, 0, answer=True)), SERVER)
    assert isinstance(fact, SmbSpoken)
    assert (fact.server, fact.version, fact.dialect) == (True, "3", 0x0302)


def test_a_servers_choice_of_smb1_is_told():
    head = one.SMB_Header(Flags=0x80, Flags2=0xC801)
    body = one.SMBNegotiate_Response_Extended_Security(DialectIndex=5)
    (fact,) = read(session(head / body), SERVER)
    assert isinstance(fact, SmbSpoken)
    assert (fact.server, fact.version, fact.offers_smb1) == (True, "1", False)


@pytest.mark.parametrize(
    ("message", "machine"),
    [
        (logons.offered(logons.negotiate()), ""),
        (logons.negotiate(), ""),
        (logons.answered(logons.authenticate("ALICE-PC")), "alice-pc"),
    ],
)
def test_a_session_that_a_client_asks_for(message: object, machine: str):
    """In SMB2 and in SMB1."""
    head = one.SMB_Header(Command=0x73, Flags2=0xC801)
    old = one.SMBSession_Setup_AndX_Request_Extended_Security(SecurityBlob=message)
    for payload in (session(logon(message)), session(head / old)):
        (fact,) = (it for it in read(payload) if isinstance(it, NtlmHeard))
        assert (fact.protocol, fact.server, fact.machine) == ("smb", False, machine)
        assert (fact.major, fact.minor, fact.build) == logons.WINDOWS_10


def test_a_session_that_a_server_wants_proof_for():
    """It says its names."""
    message = logons.answered(logons.challenge({1: "SRV", 3: "srv.cabinet.example"}))
    new = two_(two.SMB2_Session_Setup_Response(Security=message), 1, answer=True, status=MORE)
    head = one.SMB_Header(Command=0x73, Flags=0x80, Flags2=0xC801, Status=MORE)
    old = one.SMBSession_Setup_AndX_Response_Extended_Security(SecurityBlob=message)
    for payload in (session(new), session(head / old)):
        (fact,) = read(payload, SERVER)
        assert isinstance(fact, NtlmHeard)
        assert (fact.server, fact.machine) == (True, "srv")
        assert fact.dns_name == "srv.cabinet.example"


@given(st.text("qxzjQXZJ", min_size=4), st.text("qxzjQXZJ", min_size=4))
def test_nobodys_name_is_in_any_fact(user: str, domain: str):
    """Of a session asked for in any way."""
    message = logons.authenticate("ALICE-PC", user=user, domain=domain)
    head = one.SMB_Header(Command=0x73, Flags2=0xC001)
    oldest = one.SMBSession_Setup_AndX_Request(AccountName=user, PrimaryDomain=domain)
    facts = read(session(logon(message), head / oldest))
    assert [type(fact) for fact in facts] == [LogonAsked, NtlmHeard]
    assert user.lower() not in repr(facts).lower()
    assert domain.lower() not in repr(facts).lower()


def test_a_session_and_a_share_asked_for_at_once():
    """As old Windows does; neither account nor password is read."""
    head = one.SMB_Header(Command=0x73, Flags2=0xC001)
    account = one.SMBSession_Setup_AndX_Request(AndXCommand=0x75)
    share = one.SMBTree_Connect_AndX(Path=TROPHY, AndXCommand=0xFF, Flags=0)
    (fact,) = read(session(head / account / share))
    assert isinstance(fact, ShareOpened)
    assert fact.role == "trophy"


def test_messages_that_follow_one_another():
    """In one segment, each with a header, or compounded behind one."""
    joined = two_(two.SMB2_Tree_Connect_Request(Path=r"\\SRV\PDATA"), 3, after=96)
    payload = session(OFFER, SHARE, joined.ljust(96, b"\0") + SHARE)
    kinds = [SmbSpoken, ShareOpened, ShareOpened, ShareOpened]
    assert [type(fact) for fact in read(payload)] == kinds


def test_a_thousand_messages_are_bounded():
    """Eight of a segment are read."""
    assert len(read(session(*[SHARE] * 1000))) == 8


@pytest.mark.parametrize(("envelope", "server"), [(CLIENT, False), (SERVER, True)])
def test_of_an_encrypted_message_only_that_it_is(envelope, server: bool):
    payload = session(two.SMB2_Transform_Header(SessionId=7) / bytes(80)) * 2
    (fact,) = read(payload, envelope)
    assert isinstance(fact, SmbSpoken)
    assert (fact.server, fact.version, fact.dialect, fact.encrypted) == (server, "3", 0, True)


def test_a_callers_patterns_tell_what_a_share_is_for():
    (fact,) = smb.read(session(SHARE), CLIENT, (("images", re.compile("DATA")),))
    assert isinstance(fact, ShareOpened)
    assert fact.role == "images"


def test_other_commands_tell_nothing():
    """Flushing, echoing, in either version."""
    head = one.SMB_Header(Command=0x2B)
    assert read(session(two_(bytes(48), 7), two_(bytes(4), 13), head / b"\1\1\0\0\0")) == []


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\0\0\0\x40\xfeSM",
        b"\x81\0\0\x44 CKFDENECFDEFFCFGEFFCCACACACACACA",
        b"\x85\0\0\0",
        b"\0\0\0\x20\xfeSMB" + bytes(60),
        b"\1\0\0\x40\xfeSMB" + bytes(60),
        b"\0\0\0\x40\xfbSMB" + bytes(60),
        b"\xfeSMB" + bytes(60),
    ],
)
def test_other_things_do_not_begin_so(payload: bytes):
    """NetBIOS' other packets, messages without a header or shorter than their own."""
    assert not smb.begins(payload)
    assert told(payload) == ([], False)


def test_a_message_that_goes_on_in_the_next_segment_is_no_fault():
    """What is here is read: a version stands far before the end."""
    payload = session(logon(logons.authenticate("ALICE-PC")))
    facts, malformed = told(payload[:-20])
    (_, fact) = facts
    assert isinstance(fact, NtlmHeard)
    assert (fact.build, fact.machine, malformed) == (19041, "", False)


def test_what_came_before_a_malformed_spot_is_told():
    """And it is counted."""
    broken = two_(b"\x24\0\1\0" + bytes(32) + b"\0\0", 0)
    facts, malformed = told(session(SHARE, broken, SHARE))
    assert [type(fact) for fact in facts] == [ShareOpened]
    assert malformed


SEEDS = (
    session(OFFER),
    session(SHARE),
    session(logon(logons.offered(logons.authenticate("ALICE-PC")))),
    session(
        one.SMB_Header(Command=0x73, Flags2=0xC001)
        / one.SMBSession_Setup_AndX_Request(AndXCommand=0x75)
        / one.SMBTree_Connect_AndX(Path=TROPHY, AndXCommand=0xFF, Flags=0)
    ),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_prefix_makes_it_raise(seed: bytes):
    """Nor counts as malformed: it goes on in the next segment."""
    most = len(told(seed)[0])
    for size in range(len(seed)):
        facts, malformed = told(seed[:size])
        assert len(facts) <= most
        assert not malformed


@given(st.sampled_from(SEEDS), st.data())
def test_no_changed_byte_makes_it_raise(seed: bytes, data: st.DataObject):
    """Anything but Malformed."""
    changed = bytearray(seed)
    places = st.dictionaries(st.integers(8, len(seed) - 1), st.integers(0, 255), max_size=8)
    for at, byte in data.draw(places).items():
        changed[at] = byte
    told(bytes(changed))


@given(st.sampled_from((b"\xff", b"\xfe", b"\xfd")), st.integers(33, 300), st.binary(max_size=300))
def test_no_bytes_make_it_raise(magic: bytes, size: int, after: bytes):
    """Anything but Malformed."""
    told(size.to_bytes(4) + magic + b"SMB" + after)
