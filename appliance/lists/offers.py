"""Lists on the internet that a technician may turn on: ``data/feeds.csv``.

None is on by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from appliance.knowledge.tables import rows


@dataclass(frozen=True, slots=True)
class Offer:
    """One such list; what it is stands in the texts, ``lists_page.offer``."""

    name: str
    url: str
    form: str
    """How it is written: a key of `formats.READERS`."""
    days: int
    """How long an entry counts after it was fetched."""
    clear: bool
    """The terms plainly allow a practice's use."""
    terms: str
    source: str
    """Who says that these are the terms."""


@cache
def offers() -> Mapping[str, Offer]:
    """Load the table."""
    return {
        row["name"]: Offer(
            name=row["name"],
            url=row["url"],
            form=row["format"],
            days=int(row["days"]),
            clear=row["confidence"] == "high",
            terms=row["terms"],
            source=row["source"],
        )
        for row in rows("feeds")
    }
