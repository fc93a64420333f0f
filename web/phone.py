"""Telephone numbers in what people typed, as links that a telephone can dial."""

import re

_NUMBER = re.compile(r"(?:\+|\b00)?\d(?:[ .-]?\d){8,14}\b")
"""Nine digits or more, apart by a space, a dot or a dash at most."""


_WITHIN = re.compile(r"(?<=\d) (?=\d)")


def unbroken(text: str) -> str:
    """Keep the figures of each number in *text* on one line."""
    return _WITHIN.sub("\u00a0", text)


def tel(text: str) -> str:
    """Give the link that dials the first number in *text*; empty when there is none."""
    found = _NUMBER.search(text)
    if not found:
        return ""
    digits = re.sub(r"[^\d+]", "", found[0])
    return f"tel:{digits}"
