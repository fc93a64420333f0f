"""DICOM: what a device wants to do, or agrees to do for others, and whose software it has.

Who asks for the worklist or tells of procedures takes images (PS3.4 annexes K and F); who stores
a kind of image made it, or passes it on; who queries looks at them. Who agrees to be asked is the
other side: archive or practice software. What an answer repeats of the request is an echo.
"""

from collections.abc import Iterator

from appliance.facts import DicomAssociated
from appliance.inventory.clues.clue import Clue, hinted, of
from appliance.knowledge.dicom import dicom
from appliance.knowledge.hint import HIGH, LOW, MEDIUM, Source
from appliance.knowledge.kinds import Kind
from appliance.memory import Memory
from appliance.model import Ip, Mac

EVERYTHING = 64
"""Syntaxes that a fact holds at most: who offers as many is a toolkit that offers all it has."""
ASKED = 256
"""Requests that wait for an answer; a practice has some a minute."""
MOVERS = 64
"""Devices that had images sent to them."""

_SERVES = {"store": MEDIUM, "worklist": HIGH, "query": HIGH, "move": HIGH, "get": HIGH}
"""By what a device agrees to, how much that speaks for a server: stations take in images, too."""
_TALKS = "association"
_SENDS = frozenset(("store",))

_End = tuple[Ip, int, Ip, int]


class Associations:
    """Joins requests and their answers."""

    def __init__(self) -> None:
        self._asked: Memory[_End, frozenset[str]] = Memory(ASKED)
        """What is to be done, by the ends of the conversation."""
        self._movers: Memory[Mac, None] = Memory(MOVERS)
        """Who asked for images to be sent; taking them in makes no archive of it."""

    def read(self, fact: DicomAssociated) -> Iterator[Clue]:
        """Give the clues in one side's part of an association."""
        if fact.kind == "requested":
            yield from self._requested(fact)
        else:
            yield from self._answered(fact)

    def _requested(self, fact: DicomAssociated) -> Iterator[Clue]:
        roles = frozenset(
            service.role for uid in fact.syntaxes if (service := dicom().service(uid))
        )
        everything = len(fact.syntaxes) >= EVERYTHING
        ends = (fact.src, fact.sport, fact.dst, fact.dport)
        self._asked.put(ends, frozenset() if everything else roles)
        if "move" in roles and not everything:
            self._movers.put(fact.mac, None)
        yield from _software(fact)
        yield from hinted(fact.calling)
        for hint in () if everything else dicom().hints(fact.syntaxes):
            yield of(hint, ", ".join(sorted(roles)))
        if everything and roles == _SENDS:
            # A toolkit's sender offers all kinds of images for the one that it has.
            yield Clue(Source.DICOM_SERVICE, "store", LOW, kind=Kind.ACQUISITION_PC)

    def _answered(self, fact: DicomAssociated) -> Iterator[Clue]:
        roles = self._asked.pop((fact.dst, fact.dport, fact.src, fact.sport))
        if roles is None:
            return
        yield Clue(Source.DICOM_SERVICE, _TALKS, LOW)
        if not fact.agreed:
            return
        yield from _software(fact)
        for role in sorted(roles & _SERVES.keys()):
            if not (role == "store" and fact.mac in self._movers):
                yield Clue(Source.DICOM_SERVICE, role, _SERVES[role], kind=Kind.SERVER)


def _software(fact: DicomAssociated) -> Iterator[Clue]:
    says = fact.implementation_name or fact.implementation
    if not says:
        return
    author = dicom().author(fact.implementation)
    if author and author.says:
        yield of(author.says, says)
    else:
        yield Clue(Source.DICOM_IMPLEMENTATION, says, LOW)
