"""Who made a device, by the prefix of its hardware address.

Three registries are asked, the longest prefix first: the 36-, 28- and 24-bit rows of
``data/vendors.csv`` (dental makers and the makers of parts inside their devices; more than half
of the dental ones own no whole 24-bit block), then all 24-bit blocks of the IEEE as carried by
the aiooui package.
"""

import asyncio
import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from aiooui import OUIManager

from appliance.model import Mac

_LONGEST_FIRST = (36, 28, 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """The owner of an address block."""

    name: str
    bits: int
    """Length of the block's prefix."""
    category: str = ""
    """What this maker's devices are (``dental_imaging``, …); empty when nothing is known."""


@dataclass(frozen=True, slots=True)
class Makers:
    """Looks makers up."""

    _blocks: Mapping[tuple[int, str], Maker] = field(repr=False)
    _all_24: OUIManager = field(repr=False)

    def find(self, mac: Mac) -> Maker | None:
        """Give the maker of *mac*, or None for made-up and unregistered addresses."""
        digits = mac.replace(":", "")
        if is_randomised(mac):
            return None
        for bits in _LONGEST_FIRST:
            if found := self._blocks.get((bits, digits[: bits // 4])):
                return found
        name = self._all_24.get_vendor(mac)
        return Maker(name=name, bits=24) if name else None


def is_randomised(mac: Mac) -> bool:
    """Tell whether *mac* is locally administered (IEEE 802, second bit of the first octet)."""
    return int(mac[1], 16) & 2 != 0


@cache
def makers() -> Makers:
    """Load the registries; about 50 ms, once."""
    table = resources.files("appliance.data").joinpath("vendors.csv").read_text("utf-8")
    blocks = {
        (int(row["bits"]), row["prefix"]): Maker(
            name=row["vendor"], bits=int(row["bits"]), category=row["category"]
        )
        for row in csv.DictReader(table.splitlines())
    }
    everyone = OUIManager()
    asyncio.run(everyone.async_load())
    return Makers(blocks, everyone)
