"""A machine encrypts the files on a share.

What it sees
    What clients do with files by SMB 1, 2 and 3: which they open, read, write,
    rename and delete. Of a name only what it looks like is known, of content
    how evenly its first bytes are spread and which format begins so.

Why it matters
    Images, records and backups of the practice are gone within minutes, and
    every file counts: the machine must be cut off now.

How it decides
    By behaviour first. A file is lost when readable content was replaced by
    what looks like dice: written over it in place; or written into a new file
    of the folder, and the old one deleted; or written into a file whose kind
    always begins with a format of its own (photos, PDF, office documents); or
    with a new ending that nobody knows. A new ending that public lists name,
    and no dental software uses, is enough, too. `Limits.files` lost files of
    one client on one server within `Limits.seconds` are a finding, each
    further `Limits.files` add to it. The same new file, named like a ransom
    note, in `Limits.folders` folders counts for half of them, and three
    deleted backups for a quarter; but never without files lost.
    `Limits.renames` files of three kinds that are given one and the same
    unknown ending are a finding of their own: their content may not have
    passed here.

What it misses
    Encrypted shares (SMB 3), of which nothing can be told but that they are;
    a file server that encrypts its own disk; other ways to files (NFS, iSCSI,
    a program of its own). Encryption of parts only that leaves names and
    beginnings alone, in files that are compressed anyway. A slow hand: fewer
    files than the limit within the time. Files of less than 128 bytes.

When it is wrong
    Somebody encrypts files on purpose where they lie (rights protection, a
    vault that is filled by moving files into it), many within minutes.

Sources
    MITRE ATT&CK T1486, T1490; ``data/ransomware_extensions.csv``,
    ``data/ransomware_notes.csv``, ``data/ransomware_ordinary.csv``; Morató and
    others, "Ransomware early detection by the analysis of file sharing
    traffic" (2018), who see 19 families by reads, writes and deletions alone
    before ten files are lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.ransomware_files import Lost, Oddity, Pair, Shares
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import Fact, FileTouched
from appliance.knowledge.file_names import Nature
from appliance.memory import Memory
from appliance.model import Finding, Mac, Severity
from appliance.stages import Stage

_BACKUPS = 3
"""Deleted backups that count; a backup program deletes its oldest one."""
_KINDS = 3
"""Kinds of files among those renamed: who tidies up renames files of one kind."""
_MOST_ENDINGS = 4
"""Endings told in a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    files: int = limit(
        8,
        "lost files of one client on one server; what else looks like it loses one or two",
        minimum=3,
        maximum=1000,
    )
    folders: int = limit(3, "folders in which the same note is left", minimum=2, maximum=1000)
    renames: int = limit(15, "files that are given one unknown ending", minimum=5, maximum=10_000)
    seconds: float = limit(
        300.0, "seconds within which all this happens", minimum=10.0, maximum=DAY
    )
    remembered: int = limit(
        8192, "files remembered at once, and of those open as many", minimum=64, maximum=65_536
    )


class Ransomware:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="ransomware",
        severity=Severity.DANGER,
        attack=("T1486", "T1490"),
        stage=Stage.HARM,
        cut_helps=True,
        limits=Limits,
        sees=(FileTouched,),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._shares = Shares(limit=limits.remembered, seconds=limits.seconds)
        pairs, most = max(16, limits.remembered // 64), max(64, limits.files, limits.renames)
        self._lost: Distinct[tuple[Mac, Pair], int] = Distinct(
            seconds=limits.seconds, keys=pairs, values=most
        )
        self._notes: Distinct[tuple[Mac, Pair, int], int] = Distinct(
            seconds=limits.seconds, keys=pairs, values=max(64, limits.folders)
        )
        self._backups: Distinct[tuple[Mac, Pair], tuple[int, int]] = Distinct(
            seconds=limits.seconds, keys=pairs, values=64
        )
        self._renamed: Distinct[tuple[Mac, Pair, int], tuple[int, int]] = Distinct(
            seconds=limits.seconds, keys=pairs, values=most
        )
        self._kinds: Distinct[tuple[Mac, Pair, int], int] = Distinct(
            seconds=limits.seconds, keys=pairs, values=16
        )
        self._noted: Memory[tuple[Mac, Pair], float] = Memory(pairs)
        """When somebody was last seen to leave notes."""
        self._endings: Memory[tuple[Mac, Pair], tuple[str, ...]] = Memory(pairs)
        """Those of ransomware that somebody's files had, or were given."""
        self._told: Memory[tuple[Mac, Pair], tuple[float, int]] = Memory(pairs)
        """When, and with how many files, somebody was last told of."""

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when *fact* makes it one file too many."""
        if not isinstance(fact, FileTouched):
            return
        if fact.looks == Nature.RANSOMWARE:
            self._note_ending((fact.mac, (fact.src, fact.dst)), fact.extension)
        for sign in self._shares.see(fact):
            who = (sign.mac, sign.pair)
            if isinstance(sign, Lost):
                files, _ = self._lost.add(who, sign.file, fact.at)
                yield from self._judge(who, files, fact.at)
            else:
                yield from self._wonder(who, sign, fact.at)

    def dropped(self) -> int:
        """Files forgotten early."""
        return self._shares.dropped

    def _wonder(self, who: tuple[Mac, Pair], sign: Oddity, at: float) -> Iterator[Finding]:
        match sign.what:
            case "note":
                folders, _ = self._notes.add((*who, sign.name), sign.folder, at)
                if folders >= self._limits.folders:
                    self._noted.put(who, at)
            case "backup":
                self._backups.add(who, (sign.folder, sign.name), at)
            case "renamed":
                ending = (*who, sign.ending)
                kinds, _ = self._kinds.add(ending, sign.before, at)
                files, _ = self._renamed.add(ending, (sign.folder, sign.name), at)
                if files >= self._limits.renames and kinds >= _KINDS:
                    yield from self._tell(who, files, at)
                return
        yield from self._judge(who, self._lost.count(who, at), at)

    def _judge(self, who: tuple[Mac, Pair], files: int, at: float) -> Iterator[Finding]:
        """Weigh what one client did to one server."""
        enough, points = self._limits.files, files
        noted = self._noted.get(who)
        if noted is not None and 0 <= at - noted <= self._limits.seconds:
            points += enough // 2
        if self._backups.count(who, at) >= _BACKUPS:
            points += enough // 4
        if files and points >= enough:
            yield from self._tell(who, files, at)

    def _tell(self, who: tuple[Mac, Pair], files: int, at: float) -> Iterator[Finding]:
        """Tell it once, and again for each further handful of files."""
        before, told = self._told.get(who) or (at, -self._limits.files)
        if 0 <= at - before <= self._limits.seconds and files < told + self._limits.files:
            return
        self._told.put(who, (at, files))
        mac, (client, server) = who
        yield Finding(
            detector=self.about.id,
            at=at,
            about=mac,
            key=(self.about.id, mac, server),
            words={
                "files": str(files),
                "server": server,
                "endings": " ".join(self._endings.get(who) or ()),
            },
            peer=server,
            src_ip=client,
            dest_ip=server,
        )

    def _note_ending(self, who: tuple[Mac, Pair], extension: str) -> None:
        known = self._endings.get(who) or ()
        if f".{extension}" not in known and len(known) < _MOST_ENDINGS:
            self._endings.put(who, (*known, f".{extension}"))
