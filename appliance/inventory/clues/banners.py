"""What servers say first, and what answers as only some devices do."""

from collections.abc import Iterator

from appliance.facts import BannerHeard, ModbusHeard, RdpAnswered
from appliance.inventory.clues.clue import LONGEST_VOTE, Clue, of
from appliance.knowledge.hint import HIGH, LOW, MEDIUM, Source
from appliance.knowledge.names import descriptions

_BOTH = frozenset(("sip", "ssh"))
"""Protocols in which the asker names itself, too."""


def read(fact: BannerHeard) -> Iterator[Clue]:
    """Give the clues in a greeting."""
    if not (fact.server or fact.protocol in _BOTH):
        return
    says = f"{fact.protocol} {fact.says}"
    if fact.says:
        yield Clue(Source.BANNER, says.strip(), LOW)
    for hint in descriptions().hints(Source.BANNER, says):
        yield of(hint, says.strip())
    if fact.protocol == "pjl" and fact.says:
        yield Clue(Source.BANNER, says, HIGH, model=fact.says[:LONGEST_VOTE])


def read_modbus(fact: ModbusHeard) -> Iterator[Clue]:
    """Give the clues in what a controller says it is."""
    if not fact.server:
        return
    if fact.vendor:
        says = f"modbus {fact.vendor}"
        yield Clue(Source.BANNER, says, MEDIUM, maker=fact.vendor[:LONGEST_VOTE])
    if model := fact.product or fact.code:
        yield Clue(Source.BANNER, f"modbus {model}", MEDIUM, model=model[:LONGEST_VOTE])


def read_rdp(fact: RdpAnswered) -> Iterator[Clue]:
    """Give the clue in an answer: xrdp on Linux speaks it too, but rarely with CredSSP."""
    weight = MEDIUM if fact.protocol.startswith("credssp") else LOW
    yield Clue(Source.BANNER, f"rdp {fact.protocol}".strip(), weight, os="Windows")
