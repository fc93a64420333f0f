"""What a DHCP client is, by what it asks for and what it calls itself.

Option 55 in its order and option 60 (RFC 2132 9.8, 9.13), from ``data/dhcp_fingerprints.csv``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from appliance.knowledge.hint import Hint, Source, hint
from appliance.knowledge.tables import rows

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}")


@dataclass(frozen=True, slots=True)
class Client:
    """A row: a vendor class, and what it says."""

    vendor_class: str
    """Empty for any; with ``*`` at its end, how it begins."""
    says: Hint

    def covers(self, vendor_class: str) -> bool:
        """Tell whether *vendor_class* is that of the row."""
        if self.vendor_class.endswith("*"):
            return vendor_class.startswith(self.vendor_class[:-1])
        return self.vendor_class in ("", vendor_class)

    def about(self, vendor_class: str) -> Hint:
        """Give the hint, with the number in *vendor_class* for a ``*`` in its system."""
        if "*" not in self.says.os:
            return self.says
        number = _NUMBER.match(vendor_class, len(self.vendor_class) - 1)
        return replace(self.says, os=self.says.os.replace("*", number[0] if number else "").strip())


@dataclass(frozen=True, slots=True)
class Clients:
    """Looks clients up."""

    _asking: Mapping[tuple[int, ...], Sequence[Client]] = field(repr=False)
    """By option 55."""
    _calling: Sequence[Client] = field(repr=False)
    """By option 60 alone."""

    def hints(self, parameters: tuple[int, ...], vendor_class: str) -> Iterator[Hint]:
        """Yield what options 55 and 60 of one message say of its sender."""
        for clients in (self._asking.get(parameters, ()) if parameters else (), self._calling):
            for client in clients:
                if client.covers(vendor_class):
                    yield client.about(vendor_class)
                    break


@cache
def clients() -> Clients:
    """Load the table."""
    asking: dict[tuple[int, ...], list[Client]] = {}
    calling: list[Client] = []
    for row in rows("dhcp_fingerprints"):
        options = tuple(int(each) for each in row["options"].split(",") if each)
        source = Source.DHCP_PARAMETERS if options else Source.DHCP
        if says := hint(row, source):
            place = asking.setdefault(options, []) if options else calling
            place.append(Client(row["vendor_class"], says))
    return Clients(asking, calling)
