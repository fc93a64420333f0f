"""What a DICOM association says of the device that asks for it.

Its implementation class UID (PS3.7 annex D.3.3.2) begins with its author's root; the abstract
syntaxes (PS3.4) say what it wants to do. Tables: ``dicom_roots.csv``, ``dicom_sop_classes.csv``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from appliance.knowledge.hint import Hint, Source, hint
from appliance.knowledge.tables import rows


@dataclass(frozen=True, slots=True)
class Author:
    """Whose implementation it is."""

    software: str
    """A toolkit or program that many makers use; empty when the root is a maker's own."""
    says: Hint | None


@dataclass(frozen=True, slots=True)
class Service:
    """What an abstract syntax asks for."""

    role: str
    """``echo``, ``store``, ``worklist``, ``query``, ``move``, ``get``, ``mpps``, ``commit``."""
    says: Hint | None
    """Of the side that asks."""


@dataclass(frozen=True, slots=True)
class Dicom:
    """Looks UIDs up."""

    _authors: Mapping[str, Author] = field(repr=False)
    _services: Mapping[str, Service] = field(repr=False)

    def author(self, implementation: str) -> Author | None:
        """Give the author with the longest root of the implementation class UID."""
        root = implementation
        while root:
            if found := self._authors.get(root):
                return found
            root = root.rpartition(".")[0]
        return None

    def service(self, abstract_syntax: str) -> Service | None:
        """Give what *abstract_syntax* asks for."""
        return self._services.get(abstract_syntax)

    def hints(self, abstract_syntaxes: Iterable[str]) -> tuple[Hint, ...]:
        """Give what all that is asked for says of the asker: for each kind the weightiest hint."""
        best: dict[str, Hint] = {}
        for uid in abstract_syntaxes:
            found = self._services.get(uid)
            says = found.says if found else None
            if says and (says.kind not in best or best[says.kind].weight < says.weight):
                best[says.kind] = says
        return tuple(best.values())


@cache
def dicom() -> Dicom:
    """Load the tables."""
    return Dicom(
        {
            row["root"]: Author(row["software"], hint(row, Source.DICOM_IMPLEMENTATION))
            for row in rows("dicom_roots")
        },
        {
            row["uid"]: Service(row["role"], hint(row, Source.DICOM_SERVICE))
            for row in rows("dicom_sop_classes")
        },
    )
