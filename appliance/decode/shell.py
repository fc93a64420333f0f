r"""Signs that somebody gives a machine orders line by line: what shells say, and bare programs.

================  ==============================================================================
``cmd``           Windows' greeting with its copyright, in any language: ``Microsoft Windows
                  [Version 10.0.19045.1]``; ``cmd_version``, ``cmd_copyright``: one line of it
``cmd_system``    nothing but ``C:\Windows\system32>``, where services and their shells begin;
                  ``cmd_prompt``: any other, behind what a command said or before the next
``powershell``    PowerShell's greeting; ``powershell_prompt``: ``PS C:\>``
``no_terminal``   bash and dash complain that nobody sits there (bash, jobs.c; dash, jobs.c)
``prompt``        ``user@host:path$``, ``[user@host path]$``, ``sh-5.2$``; ``bare_prompt``: ``$``
``answer``        what ``id``, ``uname``, ``whoami``, ``ipconfig`` and ``net user`` say, and the
                  first line of /etc/passwd
``loader``        code, or a program whose first bytes are code, made to run where it lands in
                  memory: as Metasploit and Cobalt Strike begin (block_api, reflective loaders)
``stage``         a length in four bytes, the low one first, and the program that has it
================  ==============================================================================

A segment is looked at from its beginning and at its end; nothing of it is kept but the sign. Who
speaks, and whether that is a shell or somebody's telnet, is not decided here.
"""

import re
from collections.abc import Iterator

from appliance.decode import file_starts
from appliance.decode.envelope import Envelope
from appliance.facts import Fact, ShellHeard

_LOOKED_AT = 400
"""Bytes at either end: a greeting, and the longest path in a prompt."""
_COPYRIGHT = rb"(?:\(c\)|copyright)[^\r\n]{0,40} microsoft corp"
_WINDOWS = (
    rb"microsoft windows (?:xp |2000 )?\[[^\]\r\n0-9]{1,12}[0-9]{1,2}\.[0-9]{1,3}\.[0-9.]{3,12}\]"
)
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]{0,10}[a-zA-Z]|\x1b\][0-9];[^\x07]{0,200}\x07")
"""Colours, and a window's title (ECMA-48 section 5.4, xterm's OSC)."""

_BEGINNINGS = tuple(
    (re.compile(pattern, re.IGNORECASE).match, sign)
    for pattern, sign in (
        (rb"\s{0,4}" + _WINDOWS + rb"\s{1,4}" + _COPYRIGHT, "cmd"),
        (rb"\s{0,4}" + _WINDOWS + rb"\s{0,4}$", "cmd_version"),
        (rb"\s{0,4}" + _COPYRIGHT + rb"[^\r\n]{0,80}\s{1,6}(?:[a-z]:\\|$)", "cmd_copyright"),
        (rb"\s{0,4}windows powershell[^\r\n]{0,200}\r?\ncopyright \(c\)", "powershell"),
        (
            rb"bash: (?:cannot set terminal process group|no job control in this shell)",
            "no_terminal",
        ),
        (rb"(?:/bin/)?(?:da)?sh: [0-9]{1,3}: can't access tty; job control", "no_terminal"),
        (rb"uid=[0-9]{1,10}\([^)\r\n]{1,32}\) gid=[0-9]{1,10}\(", "answer"),
        (rb"linux [\w.-]{1,64} [2-9]\.[0-9]{1,3}[\w.+-]{0,40} #[0-9]", "answer"),
        (rb"root:[x*]?:0:0:", "answer"),
        (rb"(?:nt authority|autorite nt)\\[^\r\n]{3,20}\r?\n", "answer"),
        (rb"\r\n(?:windows ip configuration|configuration ip de windows)\s", "answer"),
        (rb"\r\n(?:user accounts for|comptes d.{1,3}utilisateurs de) \\\\", "answer"),
        (rb"(?:\r\n|\n|\r){0,4}[a-z]:\\win(?:dows|nt)\\system32>$", "cmd_system"),
        (rb"(?:\r\n){0,2}[a-z]:\\[^\r\n<>:\"|?*]{0,250}>(?![\r\n]*<)", "cmd_prompt"),
        (rb"(?:\r?\n){0,2}ps [a-z]:\\[^\r\n<>:\"|?*]{0,250}> ", "powershell_prompt"),
    )
)
_HEADS = frozenset(
    (
        *(b"micr", b"(c) ", b"copy", b"wind", b"conf", b"user", b"comp", b"nt a", b"auto"),
        *(b"ps c", b"ps d", b"bash", b"/bin", b"dash", b"sh: ", b"uid=", b"linu", b"root"),
    )
)
"""How those begin, but for a disk's letter, behind white space and in lower case: a first look."""
_ENVIRONMENT = rb"(?:\([\w.-]{1,30}\) ?)?"
_PROMPTS = tuple(
    (re.compile(pattern).fullmatch, sign)
    for pattern, sign in (
        (rb"PS [A-Z]:\\[^<>:\"|?*]{0,250}> ", "powershell_prompt"),
        (rb"[A-Z]:\\[^<>:\"|?*]{0,250}>", "cmd_prompt"),
        (_ENVIRONMENT + rb"[\w.-]{1,32}@[\w.-]{1,64}:[~/][^$#]{0,250}[$#] ", "prompt"),
        (rb"\[[\w.-]{1,32}@[\w.-]{1,64} [^\]]{1,100}\][$#] ", "prompt"),
        (rb"(?:ba|da|k)?sh-[0-9]\.[0-9]{1,2}[$#] ", "prompt"),
        (rb"[$#] ", "bare_prompt"),
    )
)
"""What the last line may be, which no line end follows."""
_LOADER = re.compile(
    rb"(?:....)?(?:MZARUH\x89\xe5|MZ(?:RE)?\xe8\0\0\0\0\[|\xfc\xe8.\0\0\0\x60\x89\xe5"
    rb"|\xfcH\x83\xe4\xf0\xe8.\0\0\0AQAP)",
    re.DOTALL,
).match
"""Behind a length or not: where a linker leaves numbers of the old head, code that calls the
program's own loader; and what goes through Windows' lists for a function, 32 or 64 bits wide."""
_LAST = (b"$ ", b"# ", b">", b"> ")
_LENGTH = 4
_SMALLEST, _LARGEST = 1 << 12, 1 << 24
"""Bytes of a program: fewer hold none, and one that is sent whole has less than 16 MiB."""


def begins(payload: bytes) -> bool:
    """Tell whether *payload* has a sign."""
    return bool(sign(payload))


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact that *message* has a sign."""
    if found := sign(message):
        yield ShellHeard(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            sport=envelope.sport,
            dport=envelope.dport,
            sign=found,
        )


def sign(payload: bytes) -> str:
    """Name the surest sign in *payload*; empty for none."""
    if _LOADER(payload):
        return "loader"
    if _is_stage(payload):
        return "stage"
    return _beginning(_plain(payload[:_LOOKED_AT])) or _end(payload)


def _beginning(start: bytes) -> str:
    head = start.lstrip()[:4].lower()
    if head in _HEADS or head[1:3] == b":\\":
        for match, found in _BEGINNINGS:
            if match(start):
                return found
    return ""


def _end(payload: bytes) -> str:
    if not payload.endswith(_LAST):
        return ""
    end = payload[-_LOOKED_AT:]
    at = max(end.rfind(b"\n"), end.rfind(b"\r"))
    if at < 0 and len(payload) > _LOOKED_AT:
        return ""
    line = _plain(end[at + 1 :])
    return next((found for match, found in _PROMPTS if match(line)), "")


def _plain(text: bytes) -> bytes:
    return _ESCAPES.sub(b"", text) if b"\x1b" in text else text


def _is_stage(payload: bytes) -> bool:
    size = int.from_bytes(payload[:_LENGTH], "little")
    return _SMALLEST <= size < _LARGEST and file_starts.is_native(payload[_LENGTH:])
