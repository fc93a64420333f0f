"""HL7: what the sending application is known for, and who sends patients to others.

Applications and facilities may be named for people: what is shown is the kind of message only.
"""

from collections.abc import Iterator

from appliance.facts import Hl7Heard
from appliance.inventory.clues.clue import Clue
from appliance.knowledge.hint import LOW, Source
from appliance.knowledge.kinds import Kind
from appliance.knowledge.names import names

_LONGEST = 16
"""Characters of a message's code and trigger, ``ADT^A01``."""
_OF_PRACTICE = ("ADT", "SIU", "ORM", "OMG", "OMI")
"""Patients, appointments and orders come from the practice's software (HL7 2.5.1, chapters 3, 4
and 10); it runs on a server, or on somebody's computer."""


def read(fact: Hl7Heard) -> Iterator[Clue]:
    """Give the clues in a message's head."""
    says = fact.message[:_LONGEST]
    for hint in names().hints(Source.NAME, fact.sender):
        kind = "" if hint.kind is Kind.UNKNOWN else hint.kind
        yield Clue(Source.HL7, says, hint.weight, kind=kind, maker=hint.maker, os=hint.os)
    if says.startswith(_OF_PRACTICE):
        yield Clue(Source.HL7, says, LOW, kind=Kind.SERVER)
