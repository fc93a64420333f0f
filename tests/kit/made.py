"""Facts made by hand: what a test does not name is empty, or of `ALICE`, who talks to `BOB`."""

from typing import Any, TypeVar

import msgspec

from appliance.facts import Record
from appliance.inventory.clues.clue import Clue
from appliance.model import Ip, Mac

ALICE, BOB, ROUTER = Mac("00:19:35:00:00:0a"), Mac("00:11:32:00:00:0b"), Mac("00:09:21:00:00:01")
ALICE_IP, BOB_IP, ROUTER_IP = Ip("192.168.1.10"), Ip("192.168.1.11"), Ip("192.168.1.1")
OUTSIDE = Ip("93.184.216.34")

_GIVEN = {
    "mac": ALICE,
    "peer_mac": BOB,
    "sender": ALICE,
    "to": BOB,
    "client": ALICE,
    "src": ALICE_IP,
    "dst": BOB_IP,
    "ip": ALICE_IP,
    "wanted": BOB_IP,
    "before": BOB,
    "version": "",
    "ttl": 64,
}
_EMPTY: dict[type, Any] = {str: "", int: 0, float: 0.0, bool: False}

F = TypeVar("F")


def made(kind: type[F], /, **said: Any) -> F:
    """Give a fact of *kind* with the fields *said*."""
    for field in msgspec.structs.fields(kind):
        if field.name in said or not field.required:
            continue
        if field.name in _GIVEN and not (field.name == "version" and field.type is int):
            said[field.name] = _GIVEN[field.name]
        else:
            said[field.name] = _EMPTY.get(field.type, () if "tuple" in str(field.type) else None)
    return kind(**said)


def texts(name: str, *strings: str, ttl: int = 60) -> Record:
    """Give a TXT record."""
    return Record(name, 16, "", ttl, strings)


def votes(clues: Any, what: str = "kind") -> set[str]:
    """Give what *clues* vote for."""
    return {getattr(clue, what) for clue in clues} - {""}


def says(clues: Any) -> list[tuple[str, str]]:
    """Give where each clue was seen, and what."""
    return [(clue.source, clue.says) for clue in clues]


def clue(source: str = "name", says: str = "", weight: int = 15, **said: str) -> Clue:
    """Give a clue."""
    return Clue(source, says, weight, **said)
