"""The list of devices: what the reader asked for, in which order, and each device as a row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from appliance.durations import DAY
from appliance.model import Device, Mac, Trust
from appliance.renewal import Age, age
from appliance.system import Support
from web import format as form
from web.box import here
from web.hygiene import Hygiene
from web.roster import Entry, Roster, octets, of_device, rosters, terms

SORTS = ("name", "kind", "place", "seen", "traffic", "hygiene", "age")
"""Columns that the list can be sorted by; with a dash in front, the other way round."""

DOWNWARDS = ("seen", "traffic")
"""Of these one wants the largest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the list wants to see."""

    words: str = ""
    trust: str = ""
    role: str = ""
    kind: str = ""
    sort: str = ""
    """A column of `SORTS`, with a dash in front for downwards; empty: unknown devices first."""

    @property
    def query(self) -> dict[str, str]:
        """The same as a query string's parts."""
        found = {
            "q": self.words,
            "trust": self.trust,
            "role": self.role,
            "kind": self.kind,
            "sort": self.sort,
        }
        return {key: value for key, value in found.items() if value}

    @property
    def any(self) -> bool:
        """Anything at all was asked for, beyond an order."""
        return bool(self.query.keys() - {"sort"})

    def wants(self, entry: Entry, words: Iterable[str]) -> bool:
        """Tell whether a device is to be shown; *words* are those of the search, taken apart."""
        device = entry.device
        if self.trust and device.trust.value != self.trust:
            return False
        if self.role and device.role != self.role:
            return False
        if self.kind and entry.told.kind != self.kind:
            return False
        return all(word in entry.text for word in words)

    def sorted_by(self, column: str) -> str:
        """Give ``ascending``, ``descending`` or ``none``: how the list is sorted by *column*."""
        if self.sort.lstrip("-") != column:
            return "none"
        return "descending" if self.sort.startswith("-") else "ascending"

    def by(self, column: str) -> dict[str, str]:
        """Give the query that sorts by *column*, the other way round when it does already."""
        down = {"none": column in DOWNWARDS, "ascending": True, "descending": False}
        way = "-" if down[self.sorted_by(column)] else ""
        return replace(self, sort=f"{way}{column}").query


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A device as a row of the list."""

    device: Device
    kind: str
    kind_sure: str
    """Empty when people said so, or nobody knows."""
    made: str
    """Maker and model."""
    os: str
    support: Support | None
    hygiene: Hygiene
    age: Age | None
    octets: int
    """Sent and received in the last day."""


def wanted(every: Roster, asked: Asked, words: Callable[[str], str]) -> list[Entry]:
    """Give what *asked* asks for of *every* device, in its order; *words* gives names of kinds."""
    parts = terms(asked.words)
    found = sorted((each for each in every.entries if asked.wants(each, parts)), key=_first)
    column = asked.sort.lstrip("-")
    if column not in SORTS:
        return found
    down, now = asked.sort.startswith("-"), here().now()
    totals = rosters().totals(now) if column == "traffic" else {}
    return sorted(found, key=_keys(totals, words)[column], reverse=down)


def rows(entries: Iterable[Entry]) -> list[Row]:
    """Give *entries* as rows of the list."""
    shown, now = list(entries), here().now()
    macs = [mac for each in shown for mac in (each.device.mac, *each.device.also)]
    totals = octets(here().reader.total(macs, now - DAY)) if macs else {}
    today = form.today(now)
    return [_row(each, totals, today) for each in shown]


def _row(entry: Entry, totals: Mapping[Mac, int], today: date) -> Row:
    device, seen = entry.device, entry.told.seen
    return Row(
        device=device,
        kind=entry.told.kind,
        kind_sure="" if device.given_kind or not seen.kind.value else seen.kind.sure.value,
        made=" ".join(filter(None, (seen.maker.value, seen.model.value))),
        os=seen.os.value,
        support=entry.condition.support,
        hygiene=entry.hygiene,
        age=age(device.bought_on, entry.told.kind, here().config.renewal, today),
        octets=of_device(device, totals),
    )


def _keys(
    totals: Mapping[Mac, int], words: Callable[[str], str]
) -> Mapping[str, Callable[[Entry], tuple[object, ...]]]:
    """Give what to compare for each column: what nobody knows comes last when upwards."""
    return {
        "name": lambda each: (each.device.name.casefold(),),
        "kind": lambda each: (each.told.kind == "unknown", words(each.told.kind).casefold()),
        "place": lambda each: (not _where(each.device), _where(each.device)),
        "seen": lambda each: (each.device.last_at,),
        "traffic": lambda each: (of_device(each.device, totals),),
        "hygiene": lambda each: (each.hygiene.rank,),
        # The youngest was bought last.
        "age": lambda each: (not each.device.bought_on, _backwards(each.device.bought_on)),
    }


def _where(device: Device) -> str:
    return f"{device.place}\n{device.socket}".casefold().strip()


def _backwards(day: str) -> int:
    try:
        return -date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def _first(entry: Entry) -> tuple[bool, str]:
    """Unknown devices first, then by name."""
    return entry.device.trust is not Trust.UNKNOWN, entry.device.name.casefold()
