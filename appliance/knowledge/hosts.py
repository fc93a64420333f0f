"""What a call to an outside host says: of the practice, of a device's upkeep, of the device.

An entry covers its own name, and unless it says ``exact`` all names below it; of several that
cover a name the longest counts, found label by label.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from appliance.knowledge.hint import Hint, Source, hint
from appliance.knowledge.tables import rows

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Practice:
    """A host that practices need."""

    host: str
    """The entry that covers the name."""
    owner: str
    category: str
    """``health_service``, ``practice_software``, ``booking``, ``imaging_cloud``, ``help``, …"""
    cut: str
    """What happens without it: a key of the texts, empty when that is not known."""


@dataclass(frozen=True, slots=True)
class Hygiene:
    """A host of updates or protection."""

    host: str
    """The entry that covers the name."""
    product: str
    subject: str
    """``system``, ``antivirus``, ``browser``, ``program``, ``firmware``."""
    proves: str
    """``check``, ``download``, ``installs``, ``update``, ``active``, ``alive``, ``nothing``."""
    says: Hint | None
    """Of the caller."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """A host that devices call by themselves."""

    host: str
    """The entry that covers the name."""
    says: Hint
    """Of the caller."""


@dataclass(frozen=True, slots=True)
class Suffixes(Generic[T]):
    """Entries by name."""

    exact: Mapping[str, T] = field(repr=False)
    below: Mapping[str, T] = field(repr=False)

    def find(self, name: str) -> T | None:
        """Give the longest entry that covers *name* (lower case, without a dot at its end)."""
        if name in self.exact:
            return self.exact[name]
        while name:
            if name in self.below:
                return self.below[name]
            name = name.partition(".")[2]
        return None


@dataclass(frozen=True, slots=True)
class Hosts:
    """The tables."""

    practice: Suffixes[Practice]
    hygiene: Suffixes[Hygiene]
    makers: Suffixes[Hint]
    """Makers whose devices no hardware address gives away, by whom their devices call."""
    clouds: Suffixes[Cloud]
    """Whom devices call by themselves."""


@cache
def hosts() -> Hosts:
    """Load the tables."""
    practice = [
        (row, Practice(row["host"], row["owner"], row["category"], row["cut"]))
        for row in rows("practice_hosts")
    ]
    hygiene = [
        (
            row,
            Hygiene(
                row["host"],
                row["product"],
                row["subject"],
                row["proves"],
                hint(row, Source.OUTSIDE_HOST),
            ),
        )
        for row in rows("hygiene_hosts")
    ]
    makers = [
        (row, says)
        for row in rows("makers_without_prefix")
        if (says := hint(row, Source.OUTSIDE_HOST))
    ]
    clouds = [
        (row, Cloud(row["host"], says))
        for row in rows("clouds")
        if (says := hint(row, Source.OUTSIDE_HOST))
    ]
    return Hosts(suffixes(practice), suffixes(hygiene), suffixes(makers), suffixes(clouds))


def suffixes(entries: list[tuple[Mapping[str, str], T]]) -> Suffixes[T]:
    """Give what is to be found under the host of each row."""
    return Suffixes(
        {row["host"]: each for row, each in entries if row.get("match") == "exact"},
        {row["host"]: each for row, each in entries if row.get("match") != "exact"},
    )
