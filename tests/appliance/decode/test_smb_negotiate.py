"""Which SMB two machines agree on, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import smb_negotiate
from appliance.decode.smb_heads import commands1, commands2
from appliance.facts import Fact, SmbSpoken
from tests.kit.reading import CLIENT, SERVER, gather
from tests.kit.scapy_layers import layer

smb, smb2 = layer("smb"), layer("smb2")

OLD = ("PC NETWORK PROGRAM 1.0", "LANMAN1.0", "LM1.2X002", "LANMAN2.1", "NT LM 0.12")
DIALECTS = (0x0202, 0x0210, 0x0300, 0x0302, 0x0311)


def spoken(server: bool, version: str, dialect: int = 0, offers_smb1: bool = False) -> SmbSpoken:
    envelope = SERVER if server else CLIENT
    return SmbSpoken(
        at=1.0,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        server=server,
        version=version,
        dialect=dialect,
        offers_smb1=offers_smb1,
    )


def told1(body: object, answer: bool = False, status: int = 0) -> tuple[list[Fact], bool]:
    flags = {"Flags": 0x80 if answer else 0x18, "Flags2": 0xC801}
    message = bytes(smb.SMB_Header(Status=status, **flags) / body)
    (command,) = commands1(message)
    return gather(smb_negotiate.read1(command, SERVER if answer else CLIENT))


def told2(body: object, answer: bool = False, status: int = 0) -> tuple[list[Fact], bool]:
    message = bytes(smb2.SMB2_Header(Command=0, Flags=int(answer), Status=status)) + bytes(body)
    (command,) = commands2(message)
    return gather(smb_negotiate.read2(command, SERVER if answer else CLIENT))


def offer(*names: str) -> object:
    dialects = [smb.SMB_Dialect(DialectString=name) for name in names]
    return smb.SMBNegotiate_Request(Dialects=dialects)


@pytest.mark.parametrize(
    ("names", "fact"),
    [
        (OLD, spoken(False, "1", offers_smb1=True)),
        (("NT LM 0.12",), spoken(False, "1", offers_smb1=True)),
        ((*OLD, "SMB 2.002"), spoken(False, "2", 0x0202, offers_smb1=True)),
        ((*OLD, "SMB 2.002", "SMB 2.???"), spoken(False, "2", offers_smb1=True)),
        (("SMB 2.002",), spoken(False, "2", 0x0202)),
        (("SMB 2.002", "SMB 2.???"), spoken(False, "2")),
    ],
)
def test_a_client_that_begins_in_smb1(names: tuple[str, ...], fact: SmbSpoken):
    """The best it offers, and whether it would speak version 1."""
    assert told1(offer(*names)) == ([fact], False)


@pytest.mark.parametrize(
    "body",
    [
        smb.SMBNegotiate_Response_Extended_Security(DialectIndex=5),
        b"\1\0\0\0\0",  # of the oldest there is
    ],
)
def test_a_server_that_answers_in_smb1_speaks_it(body: object):
    """Whichever of the names it chose."""
    assert told1(body, answer=True) == ([spoken(True, "1")], False)


def test_a_server_that_refuses_speaks_nothing():
    """None of the names suits it, or it fails."""
    answer = smb.SMBNegotiate_Response_Extended_Security
    assert told1(answer(DialectIndex=0xFFFF), answer=True) == ([], False)
    assert told1(answer(DialectIndex=0), answer=True, status=0xC00000BB) == ([], False)
    refusal = smb2.SMB2_Negotiate_Protocol_Response(DialectRevision=0x0311)
    assert told2(refusal, answer=True, status=0xC00000BB) == ([], False)


def test_an_answer_without_a_choice_is_malformed():
    assert told1(b"\0\0\0", answer=True) == ([], True)


@pytest.mark.parametrize("content", [b"", b"\2", b"NT LM 0.12\0", b"\0" * 40])
def test_an_offer_of_nothing_tells_nothing(content: bytes):
    """No name, or none where it should be."""
    offered = b"\0" + len(content).to_bytes(2, "little") + content
    facts, malformed = told1(offered)
    assert facts == ([spoken(False, "1", offers_smb1=True)] if content == b"\2" else [])
    assert not malformed


@given(st.lists(st.sampled_from(DIALECTS), min_size=1, max_size=5))
def test_a_client_that_begins_in_smb2(dialects: list[int]):
    """The highest it offers."""
    best = max(dialects)
    request = smb2.SMB2_Negotiate_Protocol_Request(Dialects=dialects)
    expected = spoken(False, "2" if best < 0x0300 else "3", best)
    assert told2(request) == ([expected], False)


@given(st.sampled_from(DIALECTS))
def test_a_server_that_answers_in_smb2(dialect: int):
    """What it chose; its identifier is not kept."""
    answer = smb2.SMB2_Negotiate_Protocol_Response(DialectRevision=dialect)
    expected = spoken(True, "2" if dialect < 0x0300 else "3", dialect)
    assert told2(answer, answer=True) == ([expected], False)


def test_a_server_that_will_choose_later():
    """The answer to an offer in SMB1 of any SMB2."""
    answer = smb2.SMB2_Negotiate_Protocol_Response(DialectRevision=0x02FF)
    assert told2(answer, answer=True) == ([spoken(True, "2")], False)


@pytest.mark.parametrize("dialect", [0, 1, 0x0201, 0x0400, 0xFFFF])
def test_numbers_that_are_no_dialect_are_malformed(dialect: int):
    request = smb2.SMB2_Negotiate_Protocol_Request(Dialects=[dialect])
    answer = smb2.SMB2_Negotiate_Protocol_Response(DialectRevision=dialect)
    assert told2(request) == ([], True)
    assert told2(answer, answer=True) == ([], True)


def test_a_thousand_dialects_are_bounded():
    """Thirty-two are looked at."""
    request = smb2.SMB2_Negotiate_Protocol_Request(Dialects=[0x0202] * 1000 + [0x0311])
    assert told2(request) == ([spoken(False, "2", 0x0202)], False)
    many = told1(offer(*["LANMAN1.0"] * 100, "SMB 2.002"))
    assert many == ([spoken(False, "1", offers_smb1=True)], False)


@given(st.binary(max_size=60), st.booleans())
def test_no_bytes_make_it_raise(body: bytes, answer: bool):
    """Anything but Malformed."""
    told2(body, answer)
    told1(b"\0" + len(body).to_bytes(2, "little") + body, answer)
