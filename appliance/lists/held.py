"""What is known of the lists that the box holds, as ``shelf.json`` keeps it."""

from pathlib import Path
from typing import Literal

import msgspec

from appliance.lists.entry import ListError

SHELF = "shelf.json"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one list."""

    name: str
    origin: Literal["file", "bundle", "feed"]
    source: str = ""
    """Where it is from: an address on the internet, a bundle's word."""
    taken_at: float = 0.0
    entries: int = 0
    left: dict[str, int] = {}
    """How many entries were passed over, by why (keys of the texts)."""
    example: str = ""
    """One of them."""
    etag: str = ""
    """By which the server knows what was last fetched; and when that was changed."""
    modified: str = ""
    trouble: str = ""
    """Why a newer one was not taken, a key of the texts (``lists.kept``); or nothing."""


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """When a feed was last asked for."""

    at: float
    trouble: str = ""
    """Why it did not come, as the network or the list's reader says it; empty: it came."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What ``shelf.json`` holds."""

    lists: tuple[Held, ...] = ()
    on: tuple[str, ...] = ()
    """Feeds that are turned on."""
    tried: dict[str, Tried] = {}
    """By feed."""
    serial: int = 0
    """Of the bundle last taken."""

    def held(self, name: str) -> Held | None:
        """Give what is known of the list *name*."""
        return next((held for held in self.lists if held.name == name), None)


def read_state(folder: Path) -> State:
    """Give what is known of the lists in *folder*; raises ListError when that is damaged."""
    try:
        return msgspec.json.decode((folder / SHELF).read_bytes(), type=State)
    except FileNotFoundError:
        return State()
    except msgspec.DecodeError:
        raise ListError(
            f"{folder / SHELF}: is damaged; remove it and add the lists again"
        ) from None
