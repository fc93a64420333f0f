"""Fetching the lists that the technician turned on, each into the shelf in place of the last.

A list that does not come, or is not what it was, leaves the one there is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.durations import DAY
from appliance.lists import formats
from appliance.lists.entry import ListError
from appliance.lists.held import Held
from appliance.lists.offers import Offer
from appliance.lists.shelf import Kept, Shelf
from appliance.outputs.fetch import Fetcher, Unreachable


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one list."""

    offer: Offer
    held: Held | None = None
    """What was taken; None when nothing was."""
    kept: str = ""
    """Why the old one stays, a key of the texts (``lists.kept``)."""
    trouble: str = ""
    """What went wrong."""


def refresh(shelf: Shelf, offers: list[Offer], fetcher: Fetcher, now: float) -> Iterator[Outcome]:
    """Fetch *offers* into *shelf*, and yield what became of each."""
    for offer in offers:
        outcome = _one(shelf, offer, fetcher, now)
        shelf.tried(offer.name, now, outcome.trouble)
        yield outcome


def _one(shelf: Shelf, offer: Offer, fetcher: Fetcher, now: float) -> Outcome:
    old = shelf.held(offer.name)
    etag, modified = "", ""
    if old and now - old.taken_at < offer.days * DAY / 2:  # later, its entries must be prolonged
        etag, modified = old.etag, old.modified
    try:
        came = fetcher.fetch(offer.url, etag=etag, modified=modified)
        if came is None:
            shelf.trouble(offer.name, "")
            return Outcome(offer, kept="unchanged")
        until = now + offer.days * DAY
        text = came.content.decode("utf-8-sig", "replace")
        held = Held(
            name=offer.name,
            origin="feed",
            source=offer.url,
            taken_at=now,
            etag=came.etag,
            modified=came.modified,
        )
        entries = formats.read(text, offer.form, offer.name, until)
        return Outcome(offer, held=shelf.put(held, entries, wary=True))
    except Kept as kept:
        shelf.trouble(offer.name, str(kept))
        return Outcome(offer, kept=str(kept))
    except (Unreachable, ListError) as trouble:
        return Outcome(offer, trouble=str(trouble))
