"""What a file is, told by its first bytes: never more than 64 are looked at, and none is kept.

Signatures: PE ([MS-DOS header], "MZ"), ELF, Mach-O, ZIP (APPNOTE 4.3.7), OLE ([MS-CFB] 2.2), LNK
([MS-SHLLINK] 2.1), CAB ([MS-CAB] 2.2.1), VHDX ([MS-VHDX] 2.1); others as file(1) tells them.

A large file begins in the head's own segment or in the one behind it: `http` asks for the kind
of the first, `read` gives a fact for the second, and for files that come with no head, as by FTP.
"""

import re
from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.facts import Fact, FileBegun

LOOKED_AT = 64
"""Bytes; of a ZIP enough for the name of the first file in it."""

_ZIP, _ZIP_HEAD = b"PK\3\4", 30
_MZ, _MZ_HEAD = b"MZ", 64
_FARTHEST = 0x1000
"""Where the new head of a program for Windows begins at the latest; mostly at 128 to 300."""
_ELF = b"\x7fELF"
_STARTS = (
    (_ELF, "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"L\0\0\0\1\x14\2\0", "shortcut"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document"),
    (b"%PDF-", "document"),
    (b"{\\rtf", "document"),
    (b"vhdxfile", "disk"),
    (b"conectix", "disk"),
    (b"MSCF\0\0\0\0", "archive"),
    (b"Rar!\x1a\7", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"!<arch>\n", "archive"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"GIF8", "image"),
    (b"#!/", "script"),
)
_INSIDE = re.compile(
    rb"(?:\.(?:exe|scr|com|dll|pif|cpl|js|jse|vbs|vbe|wsf|hta|lnk|ps1|bat|cmd|msi|iso)$"
    rb"|^classes\.dex$|^AndroidManifest\.xml$)",
    re.IGNORECASE,
).search
"""Names in a ZIP that do something when they are opened."""
_WORDS = (b"[Content_Types].xml", b"mimetype", b"_rels/.rels", b"docProps/", b"word/", b"xl/")
"""How the ZIPs of office programs begin."""
_TEXT = re.compile(rb"[\t\r\n\x20-\x7e\x80-\xff]+").fullmatch


def kind(start: bytes) -> str:
    """Name what a file that begins with *start* is.

    ``program``, ``script`` (of a shell), ``shortcut`` and ``disk`` do something when they are
    opened, as does ``packed``: an archive whose first file does. The others are ``archive``,
    ``document``, ``image``, ``text``; empty: too little in hand, or none of these.
    """
    start = start[:LOOKED_AT]
    for signature, said in _STARTS:
        if start.startswith(signature):
            return said
    if start.startswith(_ZIP):
        return _of_zip(start)
    if _is_program(start):
        return "program"
    if len(start) == LOOKED_AT or start.rstrip().endswith((b">", b"}")):
        return "text" if _TEXT(start) else ""
    return ""


def is_native(start: bytes) -> bool:
    """Tell whether *start* begins a program for Windows or Linux."""
    return start.startswith(_ELF) or _is_program(start[:LOOKED_AT])


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins a file that does something when it is opened."""
    return kind(payload) in _ALONE


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact that such a file begins."""
    said = kind(payload)
    if said in _ALONE:
        yield FileBegun(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            sport=envelope.sport,
            dport=envelope.dport,
            kind=said,
        )


_ALONE = frozenset(("program", "packed", "shortcut", "disk"))
"""Told without a head before them: their beginnings are long enough to be no chance."""


def _is_program(start: bytes) -> bool:
    """Tell a PE by where its head says that the new one is: within some kilobytes, and aligned."""
    if not start.startswith(_MZ) or len(start) < _MZ_HEAD:
        return False
    at = int.from_bytes(start[60:64], "little")
    return _MZ_HEAD <= at < _FARTHEST and at % 4 == 0


def _of_zip(start: bytes) -> str:
    size = int.from_bytes(start[26:28], "little")
    name = start[_ZIP_HEAD : _ZIP_HEAD + size]
    if len(name) == size and _INSIDE(name):
        return "packed"
    return "document" if name.startswith(_WORDS) else "archive"
