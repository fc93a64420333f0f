"""A test message that somebody asked for on the pages: a small file beside the settings.

The pages write it and never call out; the outputs read it and send. It names people, not ways, and
the outputs send only to people that the configuration has.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from appliance import settings
from appliance.config import Config
from appliance.durable import write

FILE = "test.json"

LARGEST = 4096
"""Octets of the largest file that is read."""

MOST = 20
"""People that are told at once."""

FRESH = 600.0
"""Seconds after which nobody waits for it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is to get a test message, and since when."""

    at: float
    people: tuple[str, ...]
    """By their names in the configuration."""


def path(config: Config) -> Path:
    """Give where it is asked for."""
    return settings.folder(config) / FILE


def ask(config: Config, asked: Asked) -> None:
    """Ask for it; raises OSError."""
    content = {"at": asked.at, "people": list(asked.people[:MOST])}
    write(path(config), json.dumps(content).encode() + b"\n", mode=0o640)


def asked(config: Config, now: float) -> Asked | None:
    """Give what is asked for at the time *now*; None where it is nothing, or too old."""
    try:
        with path(config).open("rb") as file:
            document = json.loads(file.read(LARGEST))
        at, people = float(document["at"]), document["people"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not 0 <= now - at < FRESH or not isinstance(people, list):
        return None
    return Asked(at=at, people=tuple(one for one in people[:MOST] if isinstance(one, str)))
