"""NetBIOS: what a computer does for others (its names are in `names`)."""

from collections.abc import Iterator

from appliance.facts import NetbiosTold
from appliance.inventory.clues.clue import Clue, of
from appliance.knowledge.hint import Source
from appliance.knowledge.names import descriptions


def read(fact: NetbiosTold) -> Iterator[Clue]:
    """Give the clues in a computer's roles."""
    for role in fact.roles:
        for hint in descriptions().hints(Source.NBNS, role):
            yield of(hint, role)
