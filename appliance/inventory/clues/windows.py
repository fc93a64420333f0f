"""What Windows says of itself: versions in NTLM messages, dialects of SMB, shares.

Windows, Samba and Linux all speak NTLM. A version counts when all three of its numbers are known;
Linux's client shows the kernel's first two and a small number of its own (``fs/smb/client``).
"""

from collections.abc import Iterator

from appliance.facts import NtlmHeard, ShareOpened, SmbSpoken
from appliance.inventory.clues.clue import Clue, named, of
from appliance.knowledge.hint import LOW, MEDIUM, Source
from appliance.knowledge.names import names
from appliance.knowledge.windows import windows
from appliance.memory import Memory
from appliance.model import Ip

NAMED = 50
"""As for NetBIOS names: capitals, 15 characters."""
OFFERS = 512
"""Clients whose offer is remembered until the server chooses."""
_LINUX = range(3, 10)
_SMALL = 256
"""Windows has had no build below, Linux's client no version above."""
_TEN, _BUILT = (10, 0), 10_000
"""Windows since 2015: a build that no table has yet is still Windows."""
_SMB1 = "NT LM 0.12"


def read_ntlm(fact: NtlmHeard) -> Iterator[Clue]:
    """Give the clues in a logon message."""
    if fact.machine:
        yield from named(Source.NTLM, fact.machine, NAMED)
    version = f"{fact.major}.{fact.minor}.{fact.build}"
    if known := windows().find(version):
        yield of(known.says, version)
    elif (fact.major, fact.minor) == _TEN and fact.build >= _BUILT:
        yield Clue(Source.NTLM, version, MEDIUM, os="Windows")
    elif not fact.server and fact.major in _LINUX and fact.build < _SMALL:
        yield Clue(Source.NTLM, version, MEDIUM, os="Linux")


def read_share(fact: ShareOpened) -> Iterator[Clue]:
    """Give what a share, by what it is for, says of its server."""
    for hint in names().hints(Source.SHARE, fact.role):
        yield of(hint, fact.role)


def read_encrypted(fact: SmbSpoken) -> Iterator[Clue]:
    """Give the clue, about the server, that nobody else can see what is done with its files."""
    if fact.encrypted:
        yield Clue(Source.SMB_ENCRYPTED, f"SMB {fact.version}", LOW)


class Dialects:
    """Joins what a client offers with what the server chooses."""

    def __init__(self) -> None:
        self._offers: Memory[tuple[Ip, int, Ip], int] = Memory(OFFERS)

    def read(self, fact: SmbSpoken) -> Iterator[Clue]:
        """Give the clue in an offer, or in a choice below it: a server's best is not told else."""
        if fact.encrypted:
            return
        if not fact.server:
            self._offers.put((fact.src, fact.sport, fact.dst), fact.dialect)
            # Who would also speak version 1 says its best in the next message.
            if fact.dialect or fact.version == "1":
                yield from _dialect(fact)
            return
        offered = self._offers.pop((fact.dst, fact.dport, fact.src))
        if offered and (fact.dialect or fact.version == "1") and fact.dialect < offered:
            yield from _dialect(fact)


def _dialect(fact: SmbSpoken) -> Iterator[Clue]:
    dialect = _SMB1 if fact.version == "1" else _spell(fact.dialect)
    if hint := windows().smb(dialect):
        yield of(hint, f"SMB {dialect}")


def _spell(dialect: int) -> str:
    """Spell 0x0311 as ``3.1.1``, 0x0210 as ``2.1``."""
    major, minor, patch = dialect >> 8, dialect >> 4 & 0xF, dialect & 0xF
    return f"{major}.{minor}.{patch}" if patch else f"{major}.{minor}"
