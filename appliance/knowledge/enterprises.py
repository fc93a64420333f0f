"""Whose enterprise number a device shows, in SNMP or in DHCP (``data/enterprises.csv``)."""

from collections.abc import Mapping
from functools import cache

from appliance.knowledge.hint import Hint, Source, hint
from appliance.knowledge.tables import rows

ROOT = "1.3.6.1.4.1."
"""Below it IANA gives every maker a number, and every maker its devices theirs (RFC 1155)."""


@cache
def enterprises() -> Mapping[str, Hint]:
    """Load the table: what each number says."""
    return {row["number"]: said for row in rows("enterprises") if (said := hint(row, Source.SNMP))}


def of(object_id: str) -> Hint | None:
    """Give what *object_id* (sysObjectID) says of the device that has it."""
    if not object_id.startswith(ROOT):
        return None
    return enterprises().get(object_id[len(ROOT) :].partition(".")[0])
