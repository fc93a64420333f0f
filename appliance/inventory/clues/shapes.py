"""How a machine opens TCP conversations: Windows begins with a time to live of 128 (from memory).

Some printers and telephones do so too, and anybody can set it: never more than a hint.
"""

from appliance.facts import TcpShape
from appliance.inventory.clues.clue import Clue
from appliance.knowledge.hint import LOW, Source

_OF_WINDOWS = 128
_CLUE = Clue(Source.TCP_SHAPE, str(_OF_WINDOWS), LOW, os="Windows")


def read(fact: TcpShape) -> tuple[Clue, ...]:
    """Give the clue in a shape that no router has touched."""
    return (_CLUE,) if fact.away == 0 and fact.ttl == _OF_WINDOWS else ()
