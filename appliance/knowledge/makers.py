"""Who made a device, by the prefix of its hardware address, and what that maker makes.

The longest prefix wins, and of two as long the one in ``data/vendors.csv`` (dental makers and the
makers of parts inside their devices; more than half of the dental ones own no whole 24-bit
block). The others are the IEEE's: 36 and 28 bits from ``prefixes``, 24 from the aiooui package.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from aiooui import OUIManager

from appliance.knowledge.hint import HIGH, Hint, Source, tells, weigh
from appliance.knowledge.kinds import Kind
from appliance.knowledge.prefixes import Prefixes, prefixes
from appliance.knowledge.tables import rows
from appliance.model import Mac

_WHOLE = 24
_LONGEST_FIRST = (36, 28, _WHOLE)
_SHARED = ("00:00:5e:00:01:", "00:00:5e:00:02:", "00:00:0c:07:ac:", "00:00:0c:9f:f")
"""What routers put before an address that several of them share: VRRP (RFC 9568, section 7.3),
HSRP (RFC 2281, section 5.2; its version 2 has its own). Their owner made no such device."""
PART = 10
"""Weight of the name of one who made a part: less than that of any sign of the device's maker, yet
better than none for whoever looks for the device."""
_NAMES = 4096
"""Registered names whose class is remembered; more than a practice can have, and 0.5 MB."""


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
    _small: Prefixes = field(repr=False)
    _all_24: OUIManager = field(repr=False)

    def find(self, mac: Mac) -> Maker | None:
        """Give the maker of *mac*, or None for made-up, shared and unregistered addresses."""
        if is_randomised(mac) or mac.startswith(_SHARED):
            return None
        digits = mac.replace(":", "")
        for bits in _LONGEST_FIRST:
            prefix = digits[: bits // 4]
            if found := self._blocks.get((bits, prefix)):
                return found
            name = self._all_24.get_vendor(mac) if bits == _WHOLE else self._small.find(prefix)
            if name:
                return Maker(name=name, bits=bits)
        return None


def hints(maker: Maker) -> tuple[Hint, ...]:
    """Give what *maker* says of a device: who made it, and what it may be."""
    return _of_category(maker) if maker.category else _of_name(maker.name)


def _of_category(maker: Maker) -> tuple[Hint, ...]:
    category = _categories()[maker.category]
    by = "" if category.component else maker.name
    return tuple(filter(tells, (_made(by), category.kind)))


@lru_cache(maxsize=_NAMES)
def _of_name(name: str) -> tuple[Hint, ...]:
    """Give the maker's name, and the kinds of its classes, who share the weight.

    The name of one whose parts are inside the devices of others gives way to any other.
    """
    lower = name.lower()
    weights: dict[Kind, int] = {}
    for pattern, says in _classes():
        if pattern.search(lower):
            weights[says.kind] = max(says.weight, weights.get(says.kind, 0))
    is_part = any(part.search(lower) for part in _parts())
    return _made(name, PART if is_part else HIGH), *(
        Hint(kind=kind, weight=weight // len(weights), source_key=Source.HARDWARE_ADDRESS)
        for kind, weight in weights.items()
    )


def _made(name: str, weight: int = HIGH) -> Hint:
    """Say that *name* made it; the registry is certain."""
    return Hint(maker=name, weight=weight, source_key=Source.HARDWARE_ADDRESS)


def is_randomised(mac: Mac) -> bool:
    """Tell whether *mac* is locally administered (IEEE 802, second bit of the first octet)."""
    return int(mac[1], 16) & 2 != 0


@dataclass(frozen=True, slots=True)
class _Category:
    kind: Hint
    component: bool


@cache
def _categories() -> Mapping[str, _Category]:
    return {
        row["category"]: _Category(_kind(row), row["component"] == "yes")
        for row in rows("maker_categories")
    }


@cache
def _classes() -> tuple[tuple[re.Pattern[str], Hint], ...]:
    return tuple((re.compile(row["pattern"]), _kind(row)) for row in rows("maker_classes"))


@cache
def _parts() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("component_makers"))


def _kind(row: Mapping[str, str]) -> Hint:
    return Hint(kind=Kind(row["kind"]), weight=weigh(row), source_key=Source.HARDWARE_ADDRESS)


@cache
def makers() -> Makers:
    """Load the registries and what is known of makers, once: later no file may be opened."""
    _categories()
    _classes()
    _parts()
    blocks = {
        (int(row["bits"]), row["prefix"]): Maker(
            name=row["vendor"], bits=int(row["bits"]), category=row["category"]
        )
        for row in rows("vendors")
    }
    everyone = OUIManager()
    asyncio.run(everyone.async_load())
    return Makers(blocks, prefixes(), everyone)
