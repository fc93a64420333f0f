"""Headers of SMB messages, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.reader import Malformed
from appliance.decode.smb_heads import Command1, Command2, commands1, commands2
from tests.kit.scapy_layers import layer

smb, smb2 = layer("smb"), layer("smb2")

BYTE, SHORT, LONG = st.integers(0, 255), st.integers(0, 65_535), st.integers(0, 0xFFFFFFFF)


def gather(commands) -> tuple[list, bool]:
    found = []
    try:
        for command in commands:
            found.append(command)  # noqa: PERF402 - what came before a malformed spot is wanted
    except Malformed:
        return found, True
    return found, False


def head1(code: int, **fields: object) -> bytes:
    return bytes(smb.SMB_Header(Command=code, **fields))


def block(words: bytes, content: bytes) -> bytes:
    return bytes((len(words) // 2,)) + words + len(content).to_bytes(2, "little") + content


def head2(code: int, after: int = 0, **fields: object) -> bytes:
    return bytes(smb2.SMB2_Header(Command=code, NextCommand=after, **fields))


@given(st.integers(0, 0x23), LONG, st.booleans(), st.booleans(), st.binary(max_size=40))
def test_a_command_of_smb1(code: int, status: int, answer: bool, unicode: bool, content: bytes):
    """Which, asked or answered, and what is in it."""
    flags, flags2 = 0x80 if answer else 0x18, 0xC001 if unicode else 1
    message = head1(code, Status=status, Flags=flags, Flags2=flags2) + block(b"\1\2", content)
    expected = Command1(code, answer, status, unicode, b"\1\2", content, 37)
    assert gather(commands1(message)) == ([expected], False)


def test_commands_joined_to_one_another_are_followed():
    """A session and a share at once, as old Windows asks for them."""
    first = b"\x75\0" + (32 + 10).to_bytes(2, "little")
    message = head1(0x73) + block(first, b"abc") + block(b"\xff\0\0\0", b"de")
    found, malformed = gather(commands1(message))
    assert [(it.code, it.content) for it in found] == [(0x73, b"abc"), (0x75, b"de")]
    assert not malformed


@pytest.mark.parametrize("after", [0, 32, 41])
def test_a_command_joined_to_itself_is_malformed(after: int):
    """Or to anything before its own end; it is told once."""
    message = head1(0x73) + block(b"\x75\0" + after.to_bytes(2, "little"), b"abc")
    found, malformed = gather(commands1(message))
    assert ([it.code for it in found], malformed) == ([0x73], True)


def test_a_thousand_commands_are_bounded():
    """Eight are read."""
    message = head1(0x73)
    for _ in range(1000):
        message += block(b"\x73\0" + (len(message) + 7).to_bytes(2, "little"), b"")
    assert len(gather(commands1(message))[0]) == 8
    assert len(gather(commands2((head2(5, 64)) * 1000))[0]) == 8


def test_a_command_cut_short_is_told_as_far_as_it_goes():
    message = head1(0x72) + block(b"", b"abcdef")[:-2]
    ((command,), malformed) = gather(commands1(message))
    assert (command.content, malformed) == (b"abcd", True)


@given(st.integers(0, 18), LONG, st.booleans(), st.binary(max_size=40))
def test_a_command_of_smb2(code: int, status: int, answer: bool, body: bytes):
    """Which, asked or answered, and all of it."""
    message = head2(code, Status=status, Flags=int(answer)) + body
    assert gather(commands2(message)) == ([Command2(code, answer, status, message)], False)


def test_compounded_commands_are_followed():
    """Each with its own header, filled up to eight bytes."""
    first, second = head2(5, 72) + b"filled  ", head2(6) + b"end"
    found, malformed = gather(commands2(first + second))
    assert [(it.code, it.message) for it in found] == [(5, first), (6, second)]
    assert not malformed


@pytest.mark.parametrize("after", [1, 63, 65, 200, 0xFFFFFFFF])
def test_a_compound_that_leads_nowhere_is_malformed(after: int):
    """Into its own header, or to where no header is."""
    found, malformed = gather(commands2(head2(5, after) + head2(6)))
    assert (len(found), malformed) == (after > 63, True)


@given(st.binary(max_size=100), st.sampled_from((commands1, commands2)))
def test_no_bytes_make_it_raise(after: bytes, commands):
    """Anything but Malformed."""
    gather(commands(after))
    gather(commands((head1(0x73) if commands is commands1 else head2(1)) + after))
