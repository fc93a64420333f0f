"""Hosts from which programs are fetched in clear by design (``data/clear_updates.csv``)."""

from functools import cache

from appliance.knowledge.hosts import Suffixes, hosts, suffixes
from appliance.knowledge.tables import rows


def sends_programs(name: str) -> bool:
    """Tell whether *name* is for updates, drivers or firmware, or what practices need."""
    tables = (_owners(), hosts().hygiene, hosts().practice, hosts().makers)
    return any(table.find(name) is not None for table in tables)


@cache
def _owners() -> Suffixes[str]:
    return suffixes([(row, row["owner"]) for row in rows("clear_updates")])
