"""What the outside hosts that a device calls say of it: its system's upkeep, its maker's cloud."""

from collections.abc import Iterator

from appliance.inventory.clues.clue import Clue, of
from appliance.knowledge.hosts import hosts


def clues(name: str) -> Iterator[Clue]:
    """Give the clues in a call to *name*."""
    known = hosts().hygiene.find(name)
    if known and known.says:
        yield of(known.says, known.host)
    if maker := hosts().makers.find(name):
        yield of(maker, name)
