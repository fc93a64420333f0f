"""Signs of shells, against what real ones write, and programs behind their length."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import shell
from appliance.decode.envelope import Envelope
from appliance.facts import ShellHeard
from appliance.model import Ip, Mac

ENVELOPE = Envelope(
    1.0, Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01"), Ip("192.0.2.1"), Ip("192.0.2.2"), 50, 7
)
WINDOWS = b"MZ\x90\0" + bytes(56) + struct.pack("<I", 128) + bytes(100)
"""A program for Windows, as far as its old head goes."""
PYTHON = Path(sys.executable).resolve().read_bytes()[:200]


def greeting(version: str, copyright_: str) -> bytes:
    return f"{version}\r\n{copyright_}\r\n\r\nC:\\Windows\\system32>".encode("cp850")


GREETINGS = [
    (
        "Microsoft Windows [Version 10.0.19045.3803]",
        "(c) Microsoft Corporation. All rights reserved.",
    ),
    ("Microsoft Windows [version 10.0.19045.3803]", "(c) Microsoft Corporation. Tous droits r."),
    ("Microsoft Windows [Versión 6.1.7601]", "Copyright (c) 2009 Microsoft Corporation."),
    ("Microsoft Windows XP [Version 5.1.2600]", "(C) Copyright 1985-2001 Microsoft Corp."),
]


@pytest.mark.parametrize(("version", "copyright_"), GREETINGS)
def test_windows_greets_in_every_language(version: str, copyright_: str):
    """In one segment, or in two: then each is half a sign."""
    whole = greeting(version, copyright_)
    assert shell.sign(whole) == "cmd"
    first, _, second = whole.partition(b"\n")
    assert shell.sign(first + b"\n") == "cmd_version"
    assert shell.sign(second) == shell.sign(b"\r\n" + second) == "cmd_copyright"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"C:\\Windows\\system32>", "cmd_system"),
        (b"\n\rC:\\WINNT\\system32>", "cmd_system"),
        (b"C:\\Windows\\system32>dir\r\n", "cmd_prompt"),
        (b"\r\nC:\\Users\\alice>", "cmd_prompt"),
        (b"nothing here\r\n\r\nD:\\Some where (2)>", "cmd_prompt"),
        (b"PS C:\\Users\\alice> ", "powershell_prompt"),
        (b"alice-pc\\alice\nPS C:\\> ", "powershell_prompt"),
        (
            b"Windows PowerShell running as user a on B\r\nCopyright (C) Microsoft Corporation.",
            "powershell",
        ),
        (b"nt authority\\system\r\n", "answer"),
        (b"autorite nt\\syst\x8ame\r\n", "answer"),
        (b"\r\nWindows IP Configuration\r\n\r\n", "answer"),
        (b"\r\nUser accounts for \\\\PC-1\r\n", "answer"),
        (b"Linux nas 6.1.0-18-amd64 #1 SMP Debian x86_64 GNU/Linux\n", "answer"),
        (b"sh-5.2$ ", "prompt"),
        (b"bash-5.1# ", "prompt"),
        (b"[root@nas tmp]# ", "prompt"),
        (b"(env) alice@pc:~/work$ ", "prompt"),
        (b"\x1b[?2004h\x1b]0;root@nas: /\x07root@nas:/# ", "prompt"),
        (b"\x1b[01;32malice@pc\x1b[00m:\x1b[01;34m~\x1b[00m$ ", "prompt"),
        (b"$ ", "bare_prompt"),
        (b"some file\n# ", "bare_prompt"),
        (b"bash: no job control in this shell\nroot@nas:/# ", "no_terminal"),
        (b"/bin/sh: 0: can't access tty; job control turned off\n$ ", "no_terminal"),
        (b"sh: 7: can't access tty; job control turned off\n", "no_terminal"),
    ],
)
def test_prompts_complaints_and_answers(said: bytes, told: str):
    assert shell.sign(said) == told


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("id",), "answer"),
        (("uname", "-a"), "answer"),
        (("head", "-n1", "/etc/passwd"), "answer"),
        (("bash", "--norc", "-i"), "no_terminal"),
        (("dash", "-i"), "no_terminal"),
    ],
)
def test_what_the_programs_of_this_machine_say(argv: tuple[str, ...], told: str):
    """The real ones, with nobody at a terminal."""
    done = subprocess.run(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        check=False,
    )
    assert shell.sign(done.stdout) == told


@pytest.mark.parametrize("program", [WINDOWS, PYTHON], ids=["windows", "linux"])
def test_a_program_behind_its_length_is_a_stage(program: bytes):
    """The length is the program's, low byte first: other numbers are none."""
    assert shell.sign((75_000).to_bytes(4, "little") + program) == "stage"
    assert shell.sign(program) == ""
    for size in (0, 100, 1 << 25):
        assert shell.sign(size.to_bytes(4, "little") + program) == ""
    assert shell.sign((75_000).to_bytes(4, "big") + program) == ""


@pytest.mark.parametrize(
    "code",
    [
        "4d5a 4152 55 4889e5 4883ec20 e800000000",
        "4d5a e800000000 5b 52 45 55 89e5",
        "4d5a 52 45 e800000000 5b",
        "fc e882000000 60 89e5 31c0",
        "fc 4883e4f0 e8cc000000 4151 4150 52",
    ],
)
def test_a_head_that_is_code_is_a_loaders(code: str):
    """As their assemblers spell it: the letters MZ are code, too (pop r10; or dec ebp, pop edx)."""
    head = bytes.fromhex(code)
    assert shell.sign(head + bytes(60)) == "loader"
    assert shell.sign(b"\x2f\x26\x12\0" + head + bytes(60)) == "loader"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"$",
        b"price: 10 $ ",
        b"PRIVMSG #help :type alice@pc:~$ ls\r\n",
        b"write to alice@mail.example: # ",
        b"<a>C:\\x</a>\n",
        b"C:\\temp\\a.xml><a/>",
        b"\r\n\r\n",
        b"Microsoft Windows is a system",
        b"The Linux of 2.4 #1",
        b"uid=7&gid=8",
        b"login: ",
        b"220 nas FTP server ready\r\n",
        b"\xff\xfb\x01\xff\xfb\x03login: ",
        b"\0\0\0\x40\xfeSMB" + bytes(60),
        b"Linux version",
    ],
)
def test_other_text_has_no_sign(said: bytes):
    """Money, a chat, an address, a path, an old head of Telnet."""
    assert not shell.begins(said)
    assert list(shell.read(said, ENVELOPE)) == []


def test_nothing_that_was_said_is_kept():
    (fact,) = shell.read(b"secret\nalice@pc:~/patients$ ", ENVELOPE)
    assert fact == ShellHeard(
        at=1.0,
        mac=ENVELOPE.mac,
        src=Ip("192.0.2.1"),
        dst=Ip("192.0.2.2"),
        sport=50,
        dport=7,
        sign="prompt",
    )


PIECES = (
    *(greeting(*GREETINGS[0]), b"PS C:\\> ", b"root@nas:/# ", b"uid=0(root) gid=0(root)"),
    *(b"\x10\0\1\0" + WINDOWS, b"MZARUH\x89\xe5", b"\x1b]0;", b"\r\n\r\n", b"bash: "),
)


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=40)), st.integers(0, 400))
def test_any_bytes_have_a_sign_or_none(parts: list[bytes], cut: int):
    """Nothing raises, of no prefix."""
    for payload in (b"".join(parts), b"".join(parts)[:cut]):
        assert len(list(shell.read(payload, ENVELOPE))) == bool(shell.sign(payload))


def test_long_text_is_looked_at_no_longer_than_short():
    """Only its ends are, and no pattern goes back and forth in them."""
    for long in (b"a@" * 40_000 + b"$ ", b"\n[" * 40_000 + b"# ", b"\x1b[" * 40_000 + b"> "):
        assert shell.sign(long) in {"", "bare_prompt"}
