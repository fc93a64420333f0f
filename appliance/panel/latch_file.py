"""The latch on disk: one small file, whole or not at all (`whole`).

After a power cut there is the old state or the new one. A file that cannot be understood is put
aside under its date, and the latch is taken for isolated, in doubt.
"""

import json
import logging
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any
from zlib import crc32

from appliance.panel import whole
from appliance.panel.latch import Latch, resumed

VERSION = 1

_NUMBERS = ("since", "isolate_asked_at", "reconnected_at", "test_until")
_NEWER = {"test_until": None}
"""What files of former versions do not hold, and what that means."""


_log = logging.getLogger(__name__)


class DamagedLatch(Exception):  # noqa: N818 - it names the file, nobody erred
    """The file of the latch is there and cannot be understood."""


def save(path: Path, latch: Latch) -> None:
    """Write *latch* to *path*, durably when this returns; raises OSError."""
    whole.write(path, encode(latch))


def load(path: Path) -> Latch:
    """Give the latch kept in *path*, a new one when there is no file.

    Raises DamagedLatch, also when the file is there and cannot be read.
    """
    try:
        return decode(path.read_bytes())
    except FileNotFoundError:
        return Latch()
    except OSError as error:
        raise DamagedLatch(str(error)) from error


def says_joined(path: Path) -> bool:
    """Tell whether the latch kept in *path* surely leaves the uplink as it is, for now."""
    try:
        kept = load(path)
    except DamagedLatch:
        return False
    return not kept.isolated and kept.test_until is None


def take_up(path: Path, now: float) -> Latch:
    """Give the latch that *path* keeps; a damaged one is put aside and is isolated, in doubt.

    After a proof test that was interrupted the line is joined: the test had cut it, nobody else.
    """
    try:
        kept = load(path)
        return kept if kept.test_until is None else _joined(path, kept, now)
    except DamagedLatch as error:
        _log.warning("The kept state of the uplink is damaged (%s): isolated, in doubt.", error)
    doubtful = Latch(isolated=True, since=now, doubt=True)
    try:
        set_aside(path, now)
        save(path, doubtful)
    except OSError as error:
        _log.warning("The damaged state cannot be replaced: %s.", error)
    return doubtful


def _joined(path: Path, kept: Latch, now: float) -> Latch:
    """End the proof test of *kept*; unwritten, the disk goes on saying that one has ended."""
    _log.warning("A proof test was interrupted: the line is joined again.")
    latch = resumed(kept, now)
    try:
        save(path, latch)
    except OSError as error:
        _log.warning("The end of the proof test cannot be written: %s.", error)
    return latch


def set_aside(path: Path, now: float) -> None:
    """Keep a damaged file under the date *now* as well: it stays until a good one replaces it."""
    aside = path.with_name(f"{path.stem}-damaged-{int(now)}{path.suffix}")
    if not aside.exists():
        os.link(path, aside)


def encode(latch: Latch) -> bytes:
    """Give *latch* as it is kept: JSON with a version and a checksum (CRC-32)."""
    kept = asdict(latch)
    document = {"version": VERSION, "latch": kept, "crc32": _checksum(kept)}
    return (json.dumps(document, indent=1) + "\n").encode()


def decode(data: bytes) -> Latch:
    """Give the latch kept as *data*; raises DamagedLatch."""
    try:
        document = json.loads(data)
        kept = document["latch"]
        if document["version"] != VERSION or document["crc32"] != _checksum(kept):
            raise DamagedLatch("its version or its checksum is wrong")
        return _latch({**_NEWER, **kept})
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamagedLatch(str(error)) from error


def _latch(kept: dict[str, Any]) -> Latch:
    if set(kept) != {field.name for field in fields(Latch)}:
        raise DamagedLatch("it holds other values")
    return Latch(
        isolated=bool(kept["isolated"]),
        doubt=bool(kept["doubt"]),
        who=str(kept["who"]),
        why=str(kept["why"]),
        **{name: None if kept[name] is None else float(kept[name]) for name in _NUMBERS},
    )


def _checksum(kept: object) -> int:
    return crc32(json.dumps(kept, sort_keys=True).encode())
