"""What the name of a host, a share or a service says of a device (``data/name_patterns.csv``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from appliance.knowledge.hint import Hint, Source, hint
from appliance.knowledge.tables import rows

LONGEST = 255
"""Characters of a name that are looked at; facts hold no longer ones."""


@dataclass(frozen=True, slots=True)
class Names:
    """Looks names up."""

    _patterns: Mapping[Source, tuple[tuple[re.Pattern[str], Hint], ...]] = field(repr=False)

    def hints(self, where: Source, name: str) -> tuple[Hint, ...]:
        """Give what *name*, seen as a `Source.NAME`, SHARE, MDNS or SSDP, says of its device."""
        lower = name[:LONGEST].lower()
        return tuple(
            said for pattern, said in self._patterns.get(where, ()) if pattern.search(lower)
        )


@cache
def names() -> Names:
    """Load the patterns."""
    table: dict[Source, list[tuple[re.Pattern[str], Hint]]] = {}
    for row in rows("name_patterns"):
        where = Source(row["where"])
        if said := hint(row, where):
            table.setdefault(where, []).append((re.compile(row["pattern"]), said))
    return Names({where: tuple(patterns) for where, patterns in table.items()})
