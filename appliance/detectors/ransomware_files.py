"""What becomes of files on shares, worked out from single requests: which are lost, and how.

Requests and answers are joined here (`appliance.facts.FileTouched`), so that each file is known by
share, folder and name, whatever handle it is opened by. A file is *lost* when its readable content
was replaced by dice; `Lost.how` says by what that was told:

- ``overwritten``: it was read and readable, and then dice were written into it;
- ``broken``: dice at the beginning of a file that always begins with a format of its own;
- ``renamed``: dice were written into it, and it was given an ending that nobody knows (in either
  order), or one that ransomware is known for;
- ``copied``: it was read and readable, and a new file of dice took its name; or it was deleted,
  and in the same folder stands a new one, with an ending that is not ordinary, for it.

Dice are bytes as evenly spread as encryption leaves them, without the head of a compressed format.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from appliance.facts import FileTouched
from appliance.knowledge.file_names import Nature, file_names
from appliance.memory import Memory
from appliance.model import Ip, Mac

_PORTS = frozenset((139, 445))
_DICE = ((512, 7.45), (256, 7.0), (128, 6.3))
"""Bits a byte that so many bytes of dice have at least, but for one sample in 10,000 (tried); of
fewer bytes nothing can be said."""
_READABLE = 0.4
"""Bits a byte below dice at which content has a form: text, tables, plain images."""

Pair: TypeAlias = tuple[Ip, Ip]
"""Client and server."""
Key: TypeAlias = tuple[Pair, int, int]
"""A file: by whom and where, folder, name."""


class Lost(NamedTuple):
    """A file is lost."""

    mac: Mac
    pair: Pair
    file: int
    """The same for one file as long as it is remembered."""
    how: str


class Oddity(NamedTuple):
    """Something that ransomware does, and others too."""

    mac: Mac
    pair: Pair
    what: str
    """``note``: a new file is called like a ransom note. ``renamed``: a file was given an ending
    that nobody knows behind its own. ``backup``: a backup was deleted."""
    name: int
    folder: int
    before: int
    """``renamed``: the ending it had."""
    ending: int
    """The one that it has."""


Sign: TypeAlias = Lost | Oddity


@dataclass(slots=True)
class _File:
    """What is known of a file."""

    mac: Mac
    """Who opened it last."""
    key: Key
    ending: int
    extension: str
    looks: str
    number: int
    at: float
    before: int = 0
    """The ending it had before it was renamed."""
    fresh: bool = False
    """This client made it."""
    readable: bool = False
    """What this client read of it was."""
    formed: bool = False
    """It wrote something with a form at its beginning: whatever follows belongs to that."""
    dice: bool = False
    """It wrote dice into it."""
    strange: bool = False
    """It gave it an ending that nobody knows."""
    lost: bool = False


@dataclass(slots=True)
class _Folder:
    """What replaced what in a folder."""

    copies: int = 0
    """New files of dice that stand for no other yet."""
    gone: list[_File] = field(default_factory=list)
    """Readable files that were deleted, the last ones."""


_MOST_GONE = 32


class Shares:
    """Follows files; *limit* of each kind of thing are remembered, each for *seconds*."""

    def __init__(self, *, limit: int, seconds: float) -> None:
        self._seconds = seconds
        self._nature, self._begins = file_names().nature, file_names().begins
        self._opening: Memory[tuple[Pair, int, int], _File] = Memory(limit)
        """By conversation and message: files whose number is awaited."""
        self._open: Memory[tuple[Pair, int, int], _File] = Memory(limit)
        """By conversation and number."""
        self._reading: Memory[tuple[Pair, int, int], tuple[_File, int]] = Memory(limit)
        """By conversation and message: files that are read, and where."""
        self._files: Memory[Key, _File] = Memory(limit)
        self._folders: Memory[tuple[Pair, int], _Folder] = Memory(limit)
        self._count = 0

    @property
    def dropped(self) -> int:
        """Files forgotten early."""
        return self._files.dropped

    def see(self, fact: FileTouched) -> Iterator[Sign]:
        """Yield what *fact* says of a file."""
        asked = fact.dport in _PORTS
        pair = (fact.src, fact.dst) if asked else (fact.dst, fact.src)
        talk = (pair, fact.sport if asked else fact.dport)
        if fact.action == "opens":
            self._opening.put((*talk, fact.message), self._file(pair, fact))
        elif not asked:
            yield from self._answered(fact, talk)
        elif (file := self._meant(fact, talk)) is not None:
            yield from self._done(fact, talk, file)

    def _answered(self, fact: FileTouched, talk: tuple[Pair, int]) -> Iterator[Sign]:
        what = (*talk, fact.message)
        if fact.action == "read":
            read = self._reading.pop(what)
            if read is not None and _is_readable(fact, read[1]):
                read[0].readable = True
            return
        file = self._opening.pop(what)
        self._reading.pop(what)
        if file is None or fact.action == "refused":
            return
        self._open.put((*talk, fact.file), file)
        if fact.action == "created":
            file.fresh = True
            file.readable = file.dice = False
            if file.looks == "note":
                yield _oddity(file, "note")

    def _done(self, fact: FileTouched, talk: tuple[Pair, int], file: _File) -> Iterator[Sign]:
        match fact.action:
            case "reads":
                self._reading.put((*talk, fact.message), (file, fact.offset))
            case "writes":
                yield from self._written(fact, file)
            case "renames":
                yield from self._renamed(fact, file)
            case "deletes":
                yield from self._deleted(fact, file)
            case "closes":
                self._open.pop((*talk, fact.file))

    def _meant(self, fact: FileTouched, talk: tuple[Pair, int]) -> _File | None:
        if fact.file:
            return self._open.get((*talk, fact.file))
        return self._opening.get((*talk, fact.message))

    def _written(self, fact: FileTouched, file: _File) -> Iterator[Sign]:
        if not _is_dice(fact):
            file.formed |= not fact.offset and fact.sampled >= _DICE[-1][0]
        if file.formed or not _is_dice(fact):
            return
        anew = not file.dice
        file.dice = True
        if file.fresh:
            if anew and (not file.extension or file.looks == Nature.RANSOMWARE):
                yield from self._copied(fact, file)
        elif file.readable:
            yield from _lost(file, "overwritten")
        elif not fact.offset and self._begins(file.extension):
            yield from _lost(file, "broken")
        elif file.strange:
            yield from _lost(file, "renamed")

    def _copied(self, fact: FileTouched, copy: _File) -> Iterator[Sign]:
        """Let *copy*, new and of dice, stand for a readable file that is gone, or will be."""
        folder = self._folder(copy)
        while folder.gone:
            gone = folder.gone.pop()
            if 0 <= fact.at - gone.at <= self._seconds:
                yield from _lost(gone, "copied")
                return
        folder.copies += 1

    def _renamed(self, fact: FileTouched, file: _File) -> Iterator[Sign]:
        before = self._nature(file.extension)
        behind = fact.stem == file.key[2]
        target = self._files.get((file.key[0], fact.folder, fact.name))
        file.key = (file.key[0], fact.folder, fact.name)
        file.before, file.ending = file.ending, fact.ending
        file.extension, file.looks, file.at = fact.extension, fact.looks, fact.at
        self._files.put(file.key, file)
        if fact.looks == Nature.RANSOMWARE:
            yield from _lost(file, "renamed")
        elif fact.ending and not fact.extension:
            file.strange = True
            if file.dice and not file.fresh:
                yield from _lost(file, "renamed")
            elif behind and before is Nature.DOCUMENT:
                yield _oddity(file, "renamed")
        elif file.fresh and file.dice:
            if target is not None and target.readable and not target.fresh:
                yield from _lost(target, "copied")
                file.lost = True  # it is the same, now
            elif self._begins(file.extension):
                yield from _lost(file, "broken")

    def _deleted(self, fact: FileTouched, file: _File) -> Iterator[Sign]:
        if file.looks == Nature.BACKUP:
            yield _oddity(file, "backup")
        if file.fresh or not file.readable:
            return
        folder, file.at = self._folder(file), fact.at
        if folder.copies:
            folder.copies -= 1
            yield from _lost(file, "copied")
        else:
            folder.gone = [*folder.gone[1 - _MOST_GONE :], file]

    def _folder(self, file: _File) -> _Folder:
        where = file.key[:2]
        folder = self._folders.get(where) or _Folder()
        self._folders.put(where, folder)
        return folder

    def _file(self, pair: Pair, fact: FileTouched) -> _File:
        """Give what is known of the file that *fact* names."""
        key = (pair, fact.folder, fact.name)
        file = self._files.get(key)
        if file is None or not 0 <= fact.at - file.at <= self._seconds:
            self._count += 1
            file = _File(
                fact.mac, key, fact.ending, fact.extension, fact.looks, self._count, fact.at
            )
        file.mac, file.at, file.formed = fact.mac, fact.at, False
        self._files.put(key, file)
        return file


def _lost(file: _File, how: str) -> Iterator[Sign]:
    if not file.lost:
        file.lost = True
        yield Lost(file.mac, file.key[0], file.number, how)


def _oddity(file: _File, what: str) -> Oddity:
    pair, folder, name = file.key
    return Oddity(file.mac, pair, what, name, folder, file.before, file.ending)


def _is_dice(fact: FileTouched) -> bool:
    """Tell whether what is written looks encrypted."""
    least = next((bits for size, bits in _DICE if fact.sampled >= size), None)
    return least is not None and fact.entropy >= least and not fact.begins


def _is_readable(fact: FileTouched, offset: int) -> bool:
    """Tell whether what was read has a form."""
    if fact.begins and not offset:
        return True
    least = next((bits for size, bits in _DICE if fact.sampled >= size), None)
    return least is not None and fact.entropy < least - _READABLE
