"""WS-Discovery: Windows computers, printers, scanners and ONVIF cameras."""

from collections.abc import Iterator

from appliance.facts import WsdHeard
from appliance.inventory.clues.clue import LONGEST_VOTE, Clue, hinted, of
from appliance.knowledge.hint import MEDIUM, Source
from appliance.knowledge.names import descriptions

_ANNOUNCES = frozenset(("hello", "matches"))
_DOTTED = frozenset("0123456789.")


def read(fact: WsdHeard) -> Iterator[Clue]:
    """Give the clues in an announcement or answer; a proxy answers for others."""
    if fact.message not in _ANNOUNCES or _is_of_others(fact):
        return
    for kind in fact.types:
        for hint in descriptions().hints(Source.WSD, kind):
            yield of(hint, kind)
    if fact.hardware:
        yield Clue(Source.WSD, fact.hardware, MEDIUM, model=fact.hardware[:LONGEST_VOTE])
    if fact.name:
        yield from hinted(fact.name)


def _is_of_others(fact: WsdHeard) -> bool:
    if ":" in fact.src:
        return False
    told = {host for host in fact.hosts if _DOTTED.issuperset(host)}
    return bool(told) and fact.src not in told
