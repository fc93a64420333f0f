"""SNMP: what a device answers when it is asked what it is (RFC 3418, RFC 2790)."""

from collections.abc import Iterator

from appliance.facts import SnmpHeard
from appliance.inventory.clues.clue import LONGEST_VOTE, Clue, named, of
from appliance.knowledge import enterprises
from appliance.knowledge.hint import HIGH, MEDIUM, Source
from appliance.knowledge.kinds import Kind
from appliance.knowledge.names import descriptions

_OF_ITSELF = frozenset(("response", "trap", "inform"))
NAMED = 40
"""Whoever set it up named it, in any way."""


def read(fact: SnmpHeard) -> Iterator[Clue]:
    """Give the clues in what a device says of itself."""
    if fact.message not in _OF_ITSELF:
        return
    if fact.name:
        yield from named(Source.SNMP, fact.name, NAMED)
    hints = []
    for text in (fact.description, fact.device):
        if text:
            yield Clue(Source.SNMP, text, MEDIUM)
            for hint in descriptions().hints(Source.SNMP, text):
                hints.append(hint)
                yield of(hint, text)
    if fact.object_id and (maker := enterprises.of(fact.object_id)):
        hints.append(maker)
        yield of(maker, fact.object_id)
    if fact.device and any(hint.kind is Kind.PRINTER for hint in hints):
        # Of a computer it is the processor.
        yield Clue(Source.SNMP, fact.device, HIGH, model=fact.device[:LONGEST_VOTE])
