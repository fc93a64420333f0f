"""Exploits in the heads of HTTP requests, told by a short table (``data/http_exploits.csv``).

Only the head is looked at: a page or a message *about* an exploit has its words in the body.
Attackers write letters in other ways that the server undoes; so does this: %xx, twice, and what
log4j puts for nested words, ``${lower:j}`` and ``${::-j}`` (log4j's manual, "Lookups").
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from appliance.decode.envelope import Envelope
from appliance.decode.heads import LONGEST
from appliance.decode.traced import traced
from appliance.facts import Fact
from appliance.knowledge.exploits import signs

_ANSWER = b"HTTP"
_ESCAPED = 2
"""Times that %xx is undone; servers behind servers do so once each."""
_NESTED = re.compile(
    rb"\$\{(?:(?:lower|upper):([^${}]{0,16})|[^${}]{0,32}?:-([^${}]{0,16}))\}", re.IGNORECASE
)
_DEEPEST = 8
"""How deep words are nested that are undone."""


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give a fact for each exploit that the request at the start of *payload* tries."""
    if payload.startswith(_ANSWER):
        return
    head = payload[:LONGEST]
    end = head.find(b"\r\n\r\n")
    head = _plain(head[:end] if end >= 0 else head)
    line = head.partition(b"\n")[0]
    found = (sign.key for sign in signs() if sign.pattern.search(line if sign.in_line else head))
    for key in dict.fromkeys(found):
        yield traced(envelope, key)


def _plain(head: bytes) -> bytes:
    for _ in range(_ESCAPED):
        if b"%" in head:
            head = unquote_to_bytes(head)
    for _ in range(_DEEPEST):
        if b"${" not in head:
            break
        before, head = head, _NESTED.sub(lambda found: found[1] or found[2] or b"", head)
        if head == before:
            break
    return head
