"""Hosts at which pools of crypto-money take work (``data/mining_pools.csv``)."""

from functools import cache

from appliance.knowledge.hosts import Suffixes, suffixes
from appliance.knowledge.tables import rows


@cache
def pools() -> Suffixes[str]:
    """Load the table; an entry gives itself."""
    return suffixes([(row, row["host"]) for row in rows("mining_pools")])
