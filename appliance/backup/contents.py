"""What belongs to a backup, by the name it has there.

    manifest.json    what this is
    vigie.toml       the installer's configuration
    settings/…       what is set on the pages, with its secrets
    state/…          databases, certificates and keys, lists, evidence of incidents

Everything in the state directory belongs to it, but what is a copy itself, what the box makes
anew, and the conversations of the last days, which are large. The panel's latch and journal never
do: they say how *this* line is, and no other box may cut or join one because of them.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from appliance import settings
from appliance.config import Config
from appliance.store.swap import DATABASES

FORMAT = 1
"""Of the names below; what a later one holds, this version does not know."""

MANIFEST, CONFIG, SETTINGS, STATE = "manifest.json", "vigie.toml", "settings", "state"

FLOWS = "flows-*.db"
"""Conversations, a file per day."""

_LEFT_OUT = (
    *(f"{name}*" for name in DATABASES),  # copied while they are in use; spares; damaged ones
    *(FLOWS, "flows-*.db-*", "ballast", "*.damaged-*", "*.new", "*.lock", "core"),
    *("latch.json*", "panel-journal*", "run", "backup", "restoring", "asked", "*-outcome.json"),
    *("before-upgrade", "before-restore", "rehearsal", settings.FILE, settings.SECRETS),
)
"""Names in the state directory itself that do not belong to a backup; in a checkout, where one
directory has everything, the panel's and the pages' are among them."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What ``manifest.json`` holds."""

    format: Annotated[int, msgspec.Meta(gt=0)]
    version: str
    """Of the box that made it."""
    made_at: float
    schema: int
    """Steps that ``vigie.db`` has taken; 0: there was none."""
    practice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a backup is made of."""

    config: Config
    configuration: Path | None
    """The installer's file."""
    traffic: bool = False
    """With the conversations of the last days."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, and its name in the backup."""

    name: str
    path: Path


def pieces(source: Source) -> Iterator[Piece]:
    """Yield what belongs to a backup of *source*, but manifest and databases."""
    config, configuration = source.config, source.configuration
    if configuration is not None and configuration.exists():
        yield Piece(CONFIG, configuration)
    folder = settings.folder(config)
    for path in (folder / settings.FILE, *_below(folder / settings.SECRETS)):
        if path.is_file():
            yield Piece(f"{SETTINGS}/{path.relative_to(folder)}", path)
    for entry in sorted(config.state.iterdir()):
        if not any(entry.match(pattern) for pattern in _LEFT_OUT):
            for path in (entry, *_below(entry)):
                if _is_plain(path):
                    yield Piece(f"{STATE}/{path.relative_to(config.state)}", path)
    if source.traffic:
        for path in sorted(config.state.glob(FLOWS)):
            yield Piece(f"{STATE}/{path.name}", path)


def place_of(name: str, config: Config, configuration: Path) -> Path | None:
    """Give where *name* of a backup goes on this box; None for what has no place here."""
    first, _, rest = name.partition("/")
    parts = rest.split("/")
    if name == CONFIG:
        return configuration
    if not rest or any(part in {"", ".", ".."} or not part.isprintable() for part in parts):
        return None
    if first == SETTINGS and parts[0] in {settings.FILE, settings.SECRETS}:
        return settings.folder(config) / rest
    if first == STATE and (rest in DATABASES or Path(parts[0]).match(FLOWS)):
        return config.state / rest
    if first == STATE and not any(Path(parts[0]).match(pattern) for pattern in _LEFT_OUT):
        return config.state / rest
    return None


def _below(folder: Path) -> Iterator[Path]:
    if folder.is_dir() and not folder.is_symlink():
        for place, folders, files in os.walk(folder):
            folders.sort()
            yield from (Path(place) / file for file in sorted(files))


def _is_plain(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)
