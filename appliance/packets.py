"""Between the evidence of an incident and the sensor: which packets are asked for, and what came.

    incidents/ID/packets-asked.json          by whoever keeps the evidence, when it opens
                 packets.pcap                by the sensor: headers alone, of the machines concerned
                 packets.json                what is in it; once this is there, the file is whole
                 packets-after-asked.json, packets-after.pcap, packets-after.json
                                             the same once more, for what came in the minutes after

Files are enough: the sensor knows from the database which incident is open, and looks each second.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from appliance.model import Mac

FIRST, AFTER = "packets", "packets-after"
NAMES = FIRST, AFTER

LATER = 600.0
"""Seconds after which it is asked once more."""

LARGEST = 16 * 1024
"""Octets of the largest of these files that is read: many times what one with 32 devices has."""

T = TypeVar("T")

_Mac = Annotated[Mac, msgspec.Meta(pattern="^([0-9a-f]{2}:){5}[0-9a-f]{2}$")]
"""Checked, because another process wrote it."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Packets that are to be handed over."""

    at: float
    devices: tuple[_Mac, ...] = ()
    """Of whom; empty: of all."""
    after: float = 0.0
    """Only what passed later."""


class Caught(msgspec.Struct, frozen=True, kw_only=True):
    """Packets that were handed over."""

    at: float
    packets: int
    first_at: float
    last_at: float
    devices: tuple[Mac, ...] = ()
    """Of whom; empty: of all."""


def place(state: Path, incident: str) -> Path:
    """Give the folder of the incident with the id *incident*."""
    return state / "incidents" / incident


def asked_file(here: Path, name: str) -> Path:
    """Give where it is asked for *name* in the folder *here*."""
    return here / f"{name}-asked.json"


def caught_file(here: Path, name: str) -> Path:
    """Give where it is told what *name* holds."""
    return here / f"{name}.json"


def asked(here: Path, name: str) -> Asked | None:
    """Give what is asked for *name*, or None."""
    return _load(asked_file(here, name), Asked)


def caught(here: Path, name: str) -> Caught | None:
    """Give what *name* holds, or None while it is not there."""
    return _load(caught_file(here, name), Caught)


def handed_over(here: Path) -> tuple[tuple[str, Caught], ...]:
    """Give what was handed over, by the names of the files."""
    found = ((f"{name}.pcap", caught(here, name)) for name in NAMES)
    return tuple((name, one) for name, one in found if one is not None)


def unanswered(here: Path) -> Iterator[tuple[str, Asked]]:
    """Give what is asked for and not there."""
    for name in NAMES:
        if (one := asked(here, name)) is not None and caught(here, name) is None:
            yield name, one


def _load(path: Path, kind: type[T]) -> T | None:
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(LARGEST), type=kind)
    except (OSError, msgspec.DecodeError):
        return None
