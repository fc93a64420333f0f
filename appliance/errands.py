"""What a technician asks on the pages for the box itself, and what became of it.

The pages may neither read all keys nor change the system. They lay what is asked into a folder
that they alone write, ``asked`` in that of the settings; systemd sees it there
(``vigie-backup.path``, ``vigie-update.path``, ``vigie-lists-asked.path``) and starts the part that
has the right. That part takes nothing there for true: a bundle must be signed, a lock must be one.
What became of it lies in the state directory, whoever asked for it: the pages, the night, or
somebody at a terminal.
"""

import errno
import os
import stat
from pathlib import Path
from typing import Annotated, BinaryIO, Literal, TypeAlias

import msgspec

from appliance import settings
from appliance.config import Config
from appliance.durable import write

BUNDLE = "update.bundle"
"""In the folder: another version, to be put in use."""

LIST = "lists.file"
"""In the folder: a list, or a signed bundle of lists, that was sent."""

_BACKUP, _LISTS = "backup.json", "lists.json"

LARGEST = 64 * 1024
"""Octets of the largest request or outcome that is read; ours have some hundred."""

Work: TypeAlias = Literal["backup", "update", "lists"]
State: TypeAlias = Literal["begun", "done", "refused"]


class BackupAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A backup is to be made now."""

    id: Annotated[str, msgspec.Meta(max_length=64)]
    """Another for each; what is asked is taken up once."""
    at: float
    recipient: str = ""
    key: bytes = b""
    """The lock for this one and all later ones (`appliance.backup.sealed`); empty: as before."""


class ListsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """One thing is to be done with the lists of known bad names (`appliance.outputs.wishes`)."""

    id: Annotated[str, msgspec.Meta(max_length=64)]
    at: float
    what: Literal["turn-on", "turn-off", "note", "forget", "remove", "take"]
    name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    """Of the feed, of the list, or of the file that was sent."""
    entry: Annotated[str, msgspec.Meta(max_length=300)] = ""
    """What is noted or forgotten."""
    why: Annotated[str, msgspec.Meta(max_length=200)] = ""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it."""

    at: float
    state: State
    key: str = ""
    """Of the sentence that says it, in ``[backup]``, ``[update]`` or ``[lists_page]``."""
    words: dict[str, str] = {}
    asked: str = ""
    """The id of what was asked last."""
    whole: bool = False
    """The backup was read from the card again after it was written, and found whole."""
    sticks: dict[str, bool] = {}
    """Where sticks were, and whether they took a copy."""


def folder(config: Config) -> Path:
    """Give the folder of what is asked."""
    return settings.folder(config) / "asked"


def sent(config: Config, name: str) -> BinaryIO:
    """Open what was sent on the pages as *name*; raises OSError, also where it is no file.

    Who may write there could have put a link or a pipe in its place, to have others read for them.
    """
    number = os.open(folder(config) / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    opened = os.fdopen(number, "rb")
    if not stat.S_ISREG(os.fstat(number).st_mode):
        opened.close()
        raise OSError(errno.EINVAL, "not a file", name)
    return opened


def ask_backup(config: Config, asked: BackupAsked) -> None:
    """Ask for a backup; raises OSError."""
    _ask(config, _BACKUP, asked)


def backup_asked(config: Config) -> BackupAsked | None:
    """Give what was asked last; None where it is nothing, or nothing that makes sense."""
    try:
        return msgspec.json.decode(_read(folder(config) / _BACKUP), type=BackupAsked)
    except (OSError, msgspec.DecodeError):
        return None


def ask_lists(config: Config, asked: ListsAsked) -> None:
    """Ask for a change of the lists; raises OSError."""
    _ask(config, _LISTS, asked)


def lists_asked(config: Config) -> ListsAsked | None:
    """Give what was asked last; None where it is nothing, or nothing that makes sense."""
    try:
        return msgspec.json.decode(_read(folder(config) / _LISTS), type=ListsAsked)
    except (OSError, msgspec.DecodeError):
        return None


def tell(config: Config, work: Work, outcome: Outcome) -> None:
    """Note what became of *work*, for all parts to read; raises OSError."""
    path = config.state / f"{work}-outcome.json"
    write(path, msgspec.json.encode(outcome), mode=0o640, settle=lambda file: file.chmod(0o640))


def outcome(config: Config, work: Work) -> Outcome | None:
    """Give what became of *work* last; None where nothing did."""
    try:
        return msgspec.json.decode(_read(config.state / f"{work}-outcome.json"), type=Outcome)
    except (OSError, msgspec.DecodeError):
        return None


def _ask(config: Config, name: str, asked: msgspec.Struct) -> None:
    made = folder(config)
    made.mkdir(mode=0o750, exist_ok=True)
    write(made / name, msgspec.json.encode(asked), mode=0o640)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)
