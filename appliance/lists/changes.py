"""What people do with the lists, whether at a terminal or on the pages.

Each works on a shelf that somebody has to themselves (`shelf.opened`) and who saves it after.
"""

from pathlib import Path

from appliance.lists import bundle, own
from appliance.lists.entry import Entry
from appliance.lists.held import Held
from appliance.lists.noted import MOST, NOTED
from appliance.lists.offers import Offer, offers
from appliance.lists.shelf import Shelf


class Refusal(Exception):  # noqa: N818 - a refusal is no error
    """It is not done; `key` is that of the reason in ``[lists]`` and ``[lists_page.refused]``."""

    def __init__(self, key: str, **words: str) -> None:
        super().__init__(key)
        self.key = key
        self.words = words


def add(shelf: Shelf, file: Path, name: str, now: float) -> Held:
    """Take the list in *file*, in our own form, as *name*; raises Refusal and ListError."""
    entries = own.read(file)
    only(shelf, name, "file")
    return shelf.put(Held(name=name, origin="file", taken_at=now), entries)


def take_bundle(shelf: Shelf, file: Path, now: float) -> list[Held]:
    """Have the signed bundle in *file* take the earlier one's place, whole.

    Raises Refusal and ListError.
    """
    key = shelf.folder / bundle.KEY
    if not key.exists():
        raise Refusal("no_key")
    packed = bundle.read(file, bundle.key_in(key))
    manifest, known = packed.manifest, shelf.state.serial
    if manifest.serial <= known:
        raise Refusal("older", serial=str(manifest.serial), known=str(known))
    for listed in manifest.lists:
        only(shelf, listed.name, "bundle")
    taken = []
    for number, listed in enumerate(manifest.lists):
        source = f"{listed.source or listed.file} ({manifest.date})"
        held = Held(name=listed.name, origin="bundle", source=source, taken_at=now)
        taken.append(shelf.put(held, packed.entries(number)))
    new = {held.name for held in taken}
    for held in shelf.state.lists:
        if held.origin == "bundle" and held.name not in new:
            shelf.remove(held.name)
    shelf.seen(manifest.serial)
    return taken


def remove(shelf: Shelf, name: str) -> None:
    """Take the list *name* away; raises Refusal."""
    if name in shelf.state.on:
        raise Refusal("feed_first", name=name)
    if not shelf.remove(name):
        raise Refusal("unknown", name=name)


def turn_on(shelf: Shelf, name: str) -> Offer:
    """Turn the feed *name* on, without fetching it; raises Refusal."""
    offer = offered(name)
    only(shelf, name, "feed")
    shelf.turn(name, on=True)
    return offer


def turn_off(shelf: Shelf, name: str) -> None:
    """Turn the feed *name* off, and take away what was fetched; raises Refusal."""
    if name in shelf.state.on:
        shelf.turn(name, on=False)
    else:
        offered(name)


def note(shelf: Shelf, new: Entry, now: float) -> None:
    """Note *new*, or its reason anew; raises Refusal where it may not be listed."""
    if objection := shelf.objection(new):
        raise Refusal(f"left.{objection}", entry=new.text)
    only(shelf, NOTED, "file")
    others = [each for each in shelf.entries(NOTED) if each.text != new.text]
    if len(others) >= MOST:
        raise Refusal("full", n=str(MOST))
    shelf.put(Held(name=NOTED, origin="file", taken_at=now), [*others, new])


def forget(shelf: Shelf, text: str, now: float) -> None:
    """Take the entry *text* away; raises Refusal."""
    before = shelf.entries(NOTED)
    left = [each for each in before if each.text != text]
    if len(left) == len(before):
        raise Refusal("not_noted", entry=text)
    only(shelf, NOTED, "file")
    if left:
        shelf.put(Held(name=NOTED, origin="file", taken_at=now), left)
    else:
        shelf.remove(NOTED)


def offered(name: str) -> Offer:
    """Give the feed *name*; raises Refusal where there is none."""
    if (offer := offers().get(name)) is None:
        raise Refusal("not_offered", name=name)
    return offer


def only(shelf: Shelf, name: str, origin: str) -> None:
    """Refuse to put a list over one from elsewhere."""
    held = shelf.held(name)
    if held is not None and held.origin != origin:
        raise Refusal("taken_name", name=name)
