"""What names of files look like, by their endings (``data/ransomware_*.csv``).

A list of endings that ransomware uses is never right for long, and lists in public name files that
dental software works with; so ordinary endings come first, and what is in neither table is just
`UNKNOWN`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from appliance.knowledge.tables import rows

_TEXTS = frozenset(("txt", "html", "htm", "hta", "rtf", "url", "pdf"))
"""Endings that ransom notes have."""


class Nature(StrEnum):
    """What a file with an ending is, as far as that tells."""

    DOCUMENT = "document"
    BACKUP = "backup"
    TEMPORARY = "temporary"
    MARKER = "marker"
    """The ending stands behind the name of a file that a program has dealt with."""
    RANSOMWARE = "ransomware"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileNames:
    """Tells names apart."""

    _natures: Mapping[str, Nature] = field(repr=False)
    _begins: Mapping[str, str] = field(repr=False)
    _notes: tuple[re.Pattern[str], ...] = field(repr=False)

    def nature(self, extension: str) -> Nature:
        """Say what *extension*, in lower case and without its dot, stands for."""
        return self._natures.get(extension, Nature.UNKNOWN)

    def begins(self, extension: str) -> str:
        """Give the format that such a file always begins with (`FileTouched.begins`), if any."""
        return self._begins.get(extension, "")

    def is_note(self, name: str, extension: str) -> bool:
        """Tell whether *name*, of at most 255 characters, could be that of a ransom note."""
        return extension in _TEXTS and any(pattern.search(name) for pattern in self._notes)


@cache
def file_names() -> FileNames:
    """Load the tables."""
    natures = {row["extension"]: Nature.RANSOMWARE for row in rows("ransomware_extensions")}
    ordinary = list(rows("ransomware_ordinary"))
    natures |= {row["extension"]: Nature(row["nature"]) for row in ordinary}
    begins = {row["extension"]: row["begins"] for row in ordinary if row["begins"]}
    notes = (re.compile(row["pattern"], re.IGNORECASE) for row in rows("ransomware_notes"))
    return FileNames(natures, begins, tuple(notes))
