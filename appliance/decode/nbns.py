"""NetBIOS names over UDP (RFC 1002, section 4.2): what Windows asked before there was LLMNR.

A name is 15 characters and a byte that says what it stands for; it is spelt in lower case with
that byte at the end, ``alice-pc<20>``: <00> a computer (or, as a group, its domain), <20> its file
server, <1b> <1c> <1d> <1e> who keeps the list of computers. A scope behind a name is left out.

An answer repeats no question but names what was asked: that is the fact's name. A computer that
registers its own name is told as an answer without a name: nobody asked. The names of a node
status (type 33) have the sender's address as their value: they are its own. A name that a group
shares has no value: it is nobody's.
"""

from collections.abc import Iterator, Sequence
from struct import Struct

from appliance.decode import dns, spelling
from appliance.decode.envelope import Envelope
from appliance.decode.names import Names, spell
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact, NameAnswered, NameAsked, Record

PORT = 137

_HEAD = Struct("!2xHHHHH")
_ANSWER, _CODE = 0x8000, 0xF
_QUERY, _REGISTRATION = 0, frozenset((5, 8, 9, 15))
_NB, _STATUS = 32, 33
_ENCODED, _PADDED = 32, 15
_GROUP = 0x8000
_FIRST, _HALVES = ord("A"), 16


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in a NetBIOS name service *message*."""
    if len(message) < _HEAD.size:
        raise Malformed
    flags, questions, *counts = _HEAD.unpack_from(message)
    names = Names(message, _spell)
    operation = flags >> 11 & 0xF
    if flags & _ANSWER:
        if operation == _QUERY:
            records, fault = _records(message, names, questions, sum(counts), envelope)
            if records:
                yield _told(records[0].name, records[0].type, flags & _CODE, records, envelope)
    if fault:
        raise fault
