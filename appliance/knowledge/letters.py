"""How little a word looks like one: the surprise at each letter that follows another.

The table (``data/letters.toml``) holds, in bits, how rare each pair of neighbouring letters is in
French and English words. Words and names made of them stay low, letters drawn by lot are higher.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import pairwise

_SIGNS = "_abcdefghijklmnopqrstuvwxyz"
_ODD = 8.0
"""Bits for a digit beside a letter, and for a sign that is neither: as rare as ``wq``."""
_DIGIT = 3.3
"""Bits for a digit that follows another: each of ten is as likely."""


def surprise(word: str) -> float:
    """Give the mean surprise in bits per sign of *word*, lower case; 0 for an empty one.

    A hyphen ends a word and begins another.
    """
    edged = f"_{word.replace('-', '_')}_"
    known = _pairs()
    total = sum(
        known[pair] if pair in known else _of_others(*pair)
        for pair in map("".join, pairwise(edged))
    )
    return total / len(word) if word else 0.0


def _of_others(before: str, after: str) -> float:
    if after.isdigit():
        return _DIGIT if before in "_0123456789" else _ODD
    return 0.0 if after == "_" else _ODD


@cache
def _pairs() -> Mapping[str, float]:
    """Load the table."""
    file = resources.files("appliance.data").joinpath("letters.toml")
    rows = tomllib.loads(file.read_text("utf-8"))
    return {
        before + after: bits
        for before, row in rows.items()
        for after, bits in zip(_SIGNS, row, strict=True)
    }
