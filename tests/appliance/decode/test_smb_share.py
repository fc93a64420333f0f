"""What a share is for, against scapy's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import smb_share
from appliance.decode.smb_heads import commands1, commands2
from appliance.facts import Fact, ShareOpened
from tests.kit.reading import CLIENT, gather
from tests.kit.scapy_layers import layer

smb, smb2 = layer("smb"), layer("smb2")

SHARES = [
    ("IPC$", "ipc"),
    ("ADMIN$", "admin"),
    ("C$", "admin"),
    ("print$", "printer"),
    ("NETLOGON", "domain"),
    ("SYSVOL", "domain"),
    ("PDATA", "sidexis"),
    ("pdata$", "sidexis"),
    ("Sidexis4", "sidexis"),
    ("DEXIS", "dexis"),
    ("RomexisServer", "romexis"),
    ("TROPHY", "trophy"),
    ("CS Imaging", "trophy"),
    ("VixWin", "vixwin"),
    ("DBSWIN", "dbswin"),
    ("Dürr Dental", "dbswin"),
    ("EzDent-i", "ezdent"),
    ("NNT", "nnt"),
    ("logos_w", "logosw"),
    ("Radios 2026", "xray"),
    ("Sauvegardes", "backup"),
    ("veeam", "backup"),
    ("Scans", "scan"),
    ("Numérisation", "scan"),
    ("Julie", "other"),
    ("DUPONT Jean", "other"),
    ("Documents", "other"),
    ("", "other"),
]


def opened(role: str) -> ShareOpened:
    return ShareOpened(
        at=1.0,
        mac=CLIENT.mac,
        src=CLIENT.src,
        dst=CLIENT.dst,
        sport=50_000,
        dport=445,
        role=role,
    )


def told2(body: object, answer: bool = False) -> tuple[list[Fact], bool]:
    message = bytes(smb2.SMB2_Header(Command=3, Flags=int(answer))) + bytes(body)
    (command,) = commands2(message)
    return gather(smb_share.read2(command, CLIENT))


def told1(path: str, password: bytes = b"\0", answer: bool = False) -> tuple[list[Fact], bool]:
    head = smb.SMB_Header(Command=0x75, Flags=0x80 if answer else 0x18, Flags2=0xC801)
    body = smb.SMBTree_Connect_AndX(
        Path=path.encode("utf-16-le"), Password=password, AndXCommand=0xFF, Flags=8
    )
    (command,) = commands1(bytes(head / body))
    return gather(smb_share.read1(command, CLIENT))


def told_in_oem(path: str, password: bytes) -> tuple[list[Fact], bool]:
    """By the letter of [MS-CIFS] section 2.2.4.55.1: scapy fills up where nobody else does."""
    content = password + path.encode("cp850") + b"\0?????\0"
    words = b"\4\xff\0\0\0\x08\0" + len(password).to_bytes(2, "little")
    message = bytes(smb.SMB_Header(Command=0x75, Flags2=0x4801)) + words
    (command,) = commands1(message + len(content).to_bytes(2, "little") + content)
    return gather(smb_share.read1(command, CLIENT))


def asked(path: str) -> object:
    return smb2.SMB2_Tree_Connect_Request(Path=path)


@pytest.mark.parametrize(("share", "role"), SHARES)
def test_a_share_is_known_by_its_name(share: str, role: str):
    r"""Whatever the server's name; ``\\backup\c$`` is no backup."""
    for server in ("SRV", "backup.cabinet.example"):
        path = f"\\\\{server}\\{share}"
        assert told2(asked(path)) == ([opened(role)], False)
        assert told1(path) == ([opened(role)], False)


@pytest.mark.parametrize("share", ["IPC$", "PDATA", "TROPHY"])
@pytest.mark.parametrize("password", [b"", b"\0", b"secret", b"7 bytes"])
def test_smb1_has_a_password_before_the_path(share: str, password: bytes):
    """In UTF-16 the path begins at an even place."""
    role, path = dict(SHARES)[share], f"\\\\SRV\\{share}"
    assert told1(path, password) == ([opened(role)], False)
    assert told_in_oem(path, password) == ([opened(role)], False)


@given(st.text(max_size=300))
def test_no_name_is_kept(name: str):
    """Of any share only a role is told."""
    (fact,), malformed = told2(asked(f"\\\\SRV\\{name}".encode("utf-16-le", "replace")))
    assert isinstance(fact, ShareOpened)
    assert fact.role in {key for key, _ in smb_share.ROLES} | {"other"}
    assert not malformed


def test_a_caller_may_bring_patterns_of_its_own():
    """The first that is found counts."""
    roles = (("first", re.compile("^pat")), ("second", re.compile("patients")))
    assert smb_share.role(r"\\SRV\patients", roles) == "first"
    assert smb_share.role(r"\\SRV\nos patients", roles) == "second"
    assert smb_share.role("\\\\SRV\\nos patients\\", roles) == "second"
    assert smb_share.role(r"\\patients\other", roles) == "other"


def test_answers_tell_nothing():
    """They do not repeat the name."""
    assert told2(smb2.SMB2_Tree_Connect_Response(), answer=True) == ([], False)
    assert told1("\\\\SRV\\IPC$", answer=True) == ([], False)


def test_a_path_that_lies_elsewhere_is_malformed():
    """In the header, or beyond the message."""
    body = bytes(asked(r"\\SRV\IPC$"))
    for broken in (body[:4] + b"\x10\0" + body[6:], body[:6] + b"\xff\0" + body[8:], body[:-1]):
        assert told2(broken) == ([], True)


def test_a_path_of_60_000_bytes_is_bounded():
    """Its end is not looked at."""
    assert told2(asked("\\\\" + "S" * 30_000 + "\\IPC$")) == ([opened("other")], False)
    assert told1("\\\\" + "S" * 30_000 + "\\IPC$") == ([opened("other")], False)
