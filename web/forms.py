"""What people typed into a form: cut to size and freed of control signs, in one place."""

import re

from flask import request

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
"""A host name with at least two parts (RFC 1123)."""

HOSTS = 50
"""Host names taken from one form; the rest is not read."""


def line(name: str, longest: int) -> str:
    """Give the field *name* as one printable line of at most *longest* signs."""
    return cut(request.form.get(name, ""), longest)


def cut(text: str, longest: int) -> str:
    """Give *text* as one printable line of at most *longest* signs."""
    signs = (sign if sign.isprintable() else " " for sign in text[:longest])
    return " ".join("".join(signs).split())


def secret(name: str) -> str:
    """Give a pass-phrase as it was typed."""
    return request.form.get(name, "")


def hosts(name: str) -> tuple[tuple[str, ...], str]:
    """Give the host names in the field *name*, and the first word that is none, if any."""
    words = request.form.get(name, "").lower().replace(",", " ").split()[:HOSTS]
    found = tuple(dict.fromkeys(word.strip().rstrip(".") for word in words))
    wrong = next((word for word in found if not HOST.fullmatch(word)), "")
    return found, wrong[:80]
