"""Which calls to outside hosts are ordinary: hosts that are called at intervals, and ports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from appliance.knowledge.hosts import Suffixes, hosts, suffixes
from appliance.knowledge.ports import NUMBERS
from appliance.knowledge.tables import rows


@dataclass(frozen=True, slots=True)
class Calls:
    """The two tables."""

    regular: Suffixes[str]
    """By host, what kind of service calls there: ``system``, ``office``, ``meeting``, …"""
    ports: Mapping[tuple[int, int], str] = field(repr=False)
    """By protocol number and port of the outside host, what it is for."""


@cache
def calls() -> Calls:
    """Load ``data/regular_hosts.csv`` and ``data/outside_ports.csv``."""
    ports = {
        (NUMBERS[row["proto"]], port): row["service"]
        for row in rows("outside_ports")
        for port in range(int(row["first"]), int(row["last"]) + 1)
    }
    regular = [(row, row["category"]) for row in rows("regular_hosts")]
    return Calls(suffixes(regular), ports)


@lru_cache(maxsize=8192)
def is_ordinary(name: str) -> bool:
    """Tell whether devices call *name* by themselves, or practices depend on it."""
    known = hosts()
    tables = (calls().regular, known.hygiene, known.practice, known.makers)
    return any(table.find(name) is not None for table in tables)
