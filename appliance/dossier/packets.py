"""Asking the sensor for the headers of the last packets, and whether it gave them."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from appliance.dossier import folder
from appliance.model import NO_MAC, Mac
from appliance.packets import AFTER, FIRST, LATER, Asked, asked, asked_file, caught


def ask(here: Path, devices: Iterable[Mac], now: float) -> bool:
    """Ask for packets of *devices*, once and once more later; tell whether the first ones came.

    True, too, while they are only just asked for: the sensor looks once a second.
    """
    macs = tuple(mac for mac in devices if mac != NO_MAC)
    first, came = asked(here, FIRST), caught(here, FIRST)
    if first is None:
        _ask(here, FIRST, Asked(at=now, devices=macs))
        return True
    if came is not None and now >= first.at + LATER and asked(here, AFTER) is None:
        after = came.last_at if came.packets else first.at
        _ask(here, AFTER, Asked(at=now, devices=macs, after=after))
    return came is not None


def _ask(here: Path, name: str, what: Asked) -> None:
    folder.write(asked_file(here, name), msgspec.json.encode(what) + b"\n")
