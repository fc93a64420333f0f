"""What the name of a host, a share or a service says of a device (``data/name_patterns.csv``).

And what a device says of itself, in banners, heads and announcements (``data/descriptions.csv``),
what programs call themselves (``data/agents.csv``), and models and default names, wherever they
stand (``data/models.csv``): all are patterns, found in text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
        """Give what *name*, seen in *where* (`Source.NAME`, SHARE, MDNS, …), says of its device."""
        lower = name[:LONGEST].lower()
        return tuple(
            said for pattern, said in self._patterns.get(where, ()) if pattern.search(lower)
        )


@cache
def names() -> Names:
    """Load the patterns for names."""
    return _load("name_patterns")


@cache
def descriptions() -> Names:
    """Load the patterns for what devices say of themselves."""
    return _load("descriptions")


@cache
def agents() -> Names:
    """Load the patterns for what programs call themselves when they ask for pages."""
    return _load("agents")


@dataclass(frozen=True, slots=True)
class Models:
    """Looks models up."""

    _patterns: tuple[tuple[re.Pattern[str], Hint], ...] = field(repr=False)

    def hints(self, where: Source, text: str) -> tuple[Hint, ...]:
        """Give what the models in *text*, seen in *where*, say of its device."""
        lower = text[:LONGEST].lower()
        return tuple(
            replace(says, source_key=where)
            for pattern, says in self._patterns
            if pattern.search(lower)
        )


@cache
def models() -> Models:
    """Load the patterns for models."""
    return Models(
        tuple(
            (re.compile(row["pattern"]), says)
            for row in rows("models")
            if (says := hint(row, Source.NAME))
        )
    )


def _load(table: str) -> Names:
    patterns: dict[Source, list[tuple[re.Pattern[str], Hint]]] = {}
    for row in rows(table):
        where = Source(row["where"])
        if said := hint(row, where):
            patterns.setdefault(where, []).append((re.compile(row["pattern"]), said))
    return Names({where: tuple(found) for where, found in patterns.items()})
