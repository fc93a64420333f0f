"""Something seen of a device: evidence in the making."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from appliance.knowledge.hint import Hint, Source
from appliance.knowledge.kinds import Kind
from appliance.knowledge.names import models, names

LONGEST = 255
"""Characters of what a clue says, as in facts."""
LONGEST_VOTE = 64
"""Characters of a maker or model that a device gives itself."""

_REMEMBERED = 1024
"""Names whose clues are known already: devices say theirs again and again."""
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,63}")
_REVERSE = (".arpa",)
_PASSING = re.compile(r"localhost|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""Names of nobody: browsers make one up for every page that wants to call another browser
(draft-ietf-mmusic-mdns-ice-candidates)."""


@dataclass(frozen=True, slots=True)
class Clue:
    """What was seen, what it speaks for, and how much it weighs."""

    source: str
    """A `Source`."""
    says: str
    """As seen on the wire; hostile."""
    weight: int
    name: str = field(default="", compare=False)
    """What the device calls itself, when the clue is a name; `says` has it, too."""
    kind: str = ""
    maker: str = ""
    model: str = ""
    os: str = ""


def of(hint: Hint, says: str) -> Clue:
    """Give the clue that *says* is, by what is known of it."""
    return Clue(
        hint.source_key,
        says[:LONGEST],
        hint.weight,
        kind="" if hint.kind is Kind.UNKNOWN else hint.kind,
        maker=hint.maker,
        model=hint.model,
        os=hint.os,
    )


@lru_cache(_REMEMBERED)
def named(source: Source, name: str, weight: int) -> tuple[Clue, ...]:
    """Give *name* as what a device calls itself, and what is known of such names."""
    short = name.removesuffix(".").removesuffix(".local")
    if not _NAME.fullmatch(short) or short.endswith(_REVERSE) or _PASSING.fullmatch(short):
        return ()
    return Clue(source, short, weight, name=short), *hinted(short)


@lru_cache(_REMEMBERED)
def hinted(name: str) -> tuple[Clue, ...]:
    """Give what is known of machines of that *name*."""
    known = tuple(of(hint, name) for hint in names().hints(Source.NAME, name))
    return known + tuple(of(hint, name) for hint in models().hints(Source.NAME, name))
