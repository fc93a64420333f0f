"""Exploits in the heads of HTTP requests, told by a short table (``data/http_exploits.csv``).

Of bodies only forms are looked at, as a page or a message *about* an exploit has its words there;
what is found in one has a key of its own, as it may be no more than that.
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
_LONGEST_LINE = 2048
"""Bytes of the first line that are looked at; exploits are short."""
_IS_FORM = re.compile(rb"\ncontent-type:[ \t]*application/x-www-form-url", re.IGNORECASE).search
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
    head, _, body = payload[:LONGEST].partition(b"\r\n\r\n")
    form = _plain(body) if body and _IS_FORM(head) else b""
    head = _plain(head)
    places = {"line": head[:_LONGEST_LINE].partition(b"\n")[0], "head": head, "form": form}
    found = (sign.key for sign in signs() if sign.pattern.search(places[sign.place]))
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
