"""What a share is for, told from its name; the name itself goes no further.

TREE_CONNECT: SMB1 [MS-CIFS] section 2.2.4.55, SMB2 and 3 [MS-SMB2] section 2.2.9. A name may be
anybody's, so what is kept of it is the key of the first pattern in it, and those are few and known.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.decode.smb_heads import HEAD2, Command1, Command2
from appliance.facts import Fact, ShareOpened

Roles: TypeAlias = Sequence[tuple[str, re.Pattern[str]]]
"""Keys and patterns; the first that is found in a name counts."""

OTHER = "other"

_LONGEST_PATH = 1024
r"""Bytes read of ``\\server\share``: a DNS name has 255 characters, a share's 80, of two bytes."""
_LONGEST_NAME = 80
"""Characters of a share's name (NNLEN in lmcons.h)."""
_PATH_AT = HEAD2 + 8
_PASSWORD_AT = 6
"""Where among the words of SMB1 the length of the password is."""

_PATTERNS = {
    # Of Windows itself: pipes, administration, printer drivers, domain controllers.
    "ipc": r"^ipc\$$",
    "admin": r"^(admin|[a-z])\$$",
    "printer": r"^print\$$",
    "domain": r"^(netlogon|sysvol)$",
    # Of imaging and practice software, by the names their installers give or their makers bear.
    # "Julie" and "Matisse" are left out: a share of that name may be a person's.
    "sidexis": r"^pdata|sidexis",
    "dexis": r"dexis|dtx.?studio",
    "romexis": r"romexis|planmeca",
    "trophy": r"trophy|carestream|cs.?imaging",
    "vixwin": r"vixwin|gendex",
    "dbswin": r"dbswin|vistasoft|d(ü|ue?)rr.?dental",
    "ezdent": r"ez.?dent|ez3d|ezserver|vatech",
    "cliniview": r"cliniview|digora|soredex|instrumentarium",
    "idixel": r"i-?dixel|veraview",
    "nnt": r"\bnnt\b|newtom|myray|cefla",
    "quickvision": r"quick.?vision|owandy",
    "acteon": r"acteon|sopro|sopix|pspix",
    "3shape": r"3shape|dental.?desktop|^trios",
    "exocad": r"exocad",
    "visiodent": r"visiodent|veasy",
    "logosw": r"logos_?w",
    "desmos": r"desmos",
    # By habit.
    "xray": r"radio|cbct|dicom",
    "backup": r"backup|sauvegarde|^sauv|veeam|time.?machine",
    "scan": r"^scans?\b|num[ée]ris",
}
ROLES: Roles = tuple((key, re.compile(it, re.IGNORECASE)) for key, it in _PATTERNS.items())


def role(path: str, roles: Roles = ROLES) -> str:
    r"""Give the role of the share at the end of *path*, ``\\server\share``."""
    server, _, share = path.strip("\\").rpartition("\\")
    name = share[:_LONGEST_NAME] if server else ""
    return next((key for key, pattern in roles if pattern.search(name)), OTHER)


def read1(command: Command1, envelope: Envelope, roles: Roles = ROLES) -> Iterator[Fact]:
    """Give the fact in a request of SMB1 for a share."""
    if command.answer:
        return
    start = Reader(command.words, _PASSWORD_AT).u16_little()
    if command.unicode:
        start += (command.at + start) % 2
    path = command.content[start : start + _LONGEST_PATH]
    if command.unicode:
        yield _opened(path.decode("utf-16-le", "replace").partition("\0")[0], envelope, roles)
    else:
        yield _opened(path.partition(b"\0")[0].decode("latin-1"), envelope, roles)


def read2(command: Command2, envelope: Envelope, roles: Roles = ROLES) -> Iterator[Fact]:
    """Give the fact in a request of SMB2 for a share."""
    if command.answer:
        return
    body = Reader(command.message, HEAD2)
    body.skip(4)
    start, size = body.u16_little(), body.u16_little()
    path = command.message[start : start + size]
    if start < _PATH_AT or len(path) < size:
        raise Malformed
    yield _opened(path[:_LONGEST_PATH].decode("utf-16-le", "replace"), envelope, roles)


def _opened(path: str, envelope: Envelope, roles: Roles) -> ShareOpened:
    return ShareOpened(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        role=role(path, roles),
    )
