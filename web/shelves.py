"""What the box's lists of known bad names are, as their page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from appliance.lists.delivered import delivered
from appliance.lists.entry import Entry, ListError
from appliance.lists.held import Held, State, Tried, read_state
from appliance.lists.noted import NOTED, noted
from appliance.lists.offers import Offer, offers


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One list that is in use."""

    name: str
    kind: str
    """``shipped``, ``noted``, ``file``, ``bundle`` or ``feed``: a key of ``[lists_page.kind]``."""
    entries: int
    at: float = 0.0
    """When it was taken; 0 of what came with the box."""
    source: str = ""
    left: int = 0
    example: str = ""
    trouble: str = ""

    @property
    def removable(self) -> bool:
        """Tell whether it is taken away by its name: a feed is turned off instead."""
        return self.kind in {"file", "bundle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One list on the internet that may be turned on."""

    offer: Offer
    on: bool
    held: Held | None
    tried: Tried | None

    @property
    def host(self) -> str:
        """Where it is fetched."""
        return _host(self.offer.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the lists' folder says."""

    state: State = field(default_factory=State)
    own: tuple[Entry, ...] = ()
    damaged: str = ""


def shown(folder: Path) -> Shown:
    """Give what *folder* holds; of one that cannot be read only why."""
    try:
        return Shown(state=read_state(folder), own=noted(folder))
    except (ListError, OSError) as trouble:
        return Shown(damaged=str(trouble))


@cache
def _delivered() -> tuple[Line, ...]:
    return tuple(
        Line(name=name, kind="shipped", entries=sum(1 for _ in entries))
        for name, entries in delivered()
    )


def lines(state: State) -> Iterator[Line]:
    """Give the lists in use, those that came with the box first."""
    yield from _delivered()
    for held in state.lists:
        yield Line(
            name=held.name,
            kind="noted" if held.name == NOTED else held.origin,
            entries=held.entries,
            at=held.taken_at,
            source=_host(held.source),
            left=sum(held.left.values()),
            example=held.example,
            trouble=held.trouble,
        )


def feeds(state: State) -> list[Feed]:
    """Give all feeds, those that are on first."""
    found = [
        Feed(
            offer=offer,
            on=offer.name in state.on,
            held=state.held(offer.name),
            tried=state.tried.get(offer.name),
        )
        for offer in offers().values()
    ]
    return sorted(found, key=lambda feed: not feed.on)


def trusted(folder: Path) -> str:
    """Give the fingerprint of the key whose bundles are taken; nothing where there is none."""
    from appliance.lists import bundle  # noqa: PLC0415 - loads a cipher that no other page needs

    try:
        return bundle.fingerprint(bundle.key_in(folder / bundle.KEY))
    except ListError:
        return ""


def _host(source: str) -> str:
    """Give the server of an address on the internet; another word on a source as it is."""
    return source.partition("://")[2].partition("/")[0] or source
