"""Session setups of SMB and their answers, against scapy's."""

import pytest

from appliance.decode import logon, smb
from appliance.facts import LogonAsked, LogonJudged
from tests.kit import logons
from tests.kit.reading import CLIENT, SERVER, gather
from tests.kit.scapy_layers import layer

one, two, netbios = layer("smb"), layer("smb2"), layer("netbios")
MORE, FAILED = 0xC0000016, 0xC000006D


def session(message: object) -> bytes:
    return bytes(netbios.NBTSession() / bytes(message))


def answer(status: int, flags: int = 0) -> bytes:
    body = two.SMB2_Session_Setup_Response(SessionFlags=flags)
    head = two.SMB2_Header(Command=1, Flags="SMB2_FLAGS_SERVER_TO_REDIR", Status=status)
    return session(head / body)


def old_answer(status: int, action: int = 0) -> bytes:
    head = one.SMB_Header(Command=0x73, Flags=0x80, Flags2=0xC801, Status=status)
    return session(head / one.SMBSession_Setup_AndX_Response_Extended_Security(Action=action))


def verdicts(payload: bytes) -> list[bool]:
    facts, _ = gather(smb.read(payload, SERVER))
    return [fact.succeeded for fact in facts if isinstance(fact, LogonJudged)]


def test_whoever_proves_who_they_are_asks():
    """In SMB2 and in SMB1; a first message without a name does not."""
    for message, count in ((logons.authenticate("PC", user="anne"), 1), (logons.negotiate(), 0)):
        new = two.SMB2_Header(Command=1) / two.SMB2_Session_Setup_Request(SecurityBlob=message)
        head = one.SMB_Header(Command=0x73, Flags2=0xC801)
        old = head / one.SMBSession_Setup_AndX_Request_Extended_Security(SecurityBlob=message)
        for each in (new, old):
            facts = gather(smb.read(session(each), CLIENT))[0]
            asked = [fact for fact in facts if isinstance(fact, LogonAsked)]
            assert [fact.account for fact in asked] == [logon.mark(b"anne")] * count


@pytest.mark.parametrize("status", [FAILED, 0xC000006A, 0xC0000064, 0xC0000234, 0xC0000072])
def test_a_server_that_refuses(status: int):
    assert verdicts(answer(status)) == verdicts(old_answer(status)) == [False]


def test_a_server_that_lets_in():
    assert verdicts(answer(0)) == verdicts(old_answer(0)) == [True]


def test_more_to_be_said_and_other_troubles_are_neither():
    for status in (MORE, 0xC0000022, 0xC000000D):
        assert verdicts(answer(status)) == verdicts(old_answer(status)) == []


def test_a_guest_is_neither_let_in_nor_refused():
    """Nor is nobody in particular."""
    assert verdicts(answer(0, flags=1)) == verdicts(answer(0, flags=2)) == []
    assert verdicts(old_answer(0, action=1)) == []
