"""Heads as HTTP made them: a first line, then fields (RFC 9112). Also spoken by SSDP.

A head is read up to 8 KiB; a line that is cut there, or by the end of the segment, is left out.
Lines may end without the carriage return, as lenient programs accept.
"""

import re
from collections.abc import Callable
from typing import TypeAlias

from appliance.decode.reader import text

LONGEST = 8192

Finder: TypeAlias = Callable[[bytes], list[tuple[bytes, bytes]]]


def finder(*names: bytes) -> Finder:
    """Give what finds the fields of these *names* in a head."""
    among = b"|".join(names)
    return re.compile(rb"\n((?i:" + among + rb"))[ \t]*:([^\r\n]*)(?=\r?\n)").findall


def read_head(payload: bytes, find: Finder) -> tuple[bytes, dict[bytes, str]]:
    """Give the first line, and the fields to *find* by their names in lower case.

    Of a field that comes twice the first counts. An empty first line: it was cut.
    """
    end = payload.find(b"\r\n\r\n", 0, LONGEST)
    if end < 0:
        end = payload.find(b"\n\n", 0, LONGEST)
    head = payload[: end + 2 if end >= 0 else LONGEST]
    first, line_end, _ = head.partition(b"\n")
    fields: dict[bytes, str] = {}
    for name, value in find(head):
        fields.setdefault(name.lower(), text(value.strip()))
    return first.rstrip(b"\r") if line_end else b"", fields
