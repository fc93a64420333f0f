"""HTTP in clear: what a browser says of its system, and what a device's own pages are served by."""

import re
from collections.abc import Iterator

from appliance.facts import HttpAnswered, HttpAsked
from appliance.inventory.clues.clue import Clue, hinted, of
from appliance.knowledge.hint import LOW, MEDIUM, Source
from appliance.knowledge.names import descriptions

_WINDOWS = re.compile(r"Windows NT (5\.[0-2]|6\.[0-3])(?!\d)")
_OLD = {
    "5.0": "Windows 2000",
    "5.1": "Windows XP",
    "5.2": "Windows Server 2003 / XP x64",
    "6.0": "Windows Vista / Server 2008",
    "6.1": "Windows 7 / Server 2008 R2",
    "6.2": "Windows 8 / Server 2012",
    "6.3": "Windows 8.1 / Server 2012 R2",
}
"""What browsers called Windows by its number; all later ones say 10.0."""
UNKNOWN = 10
_INSIDE = frozenset(("", "local", "lan", "home", "box", "home.arpa", "internal"))
"""Domains that no outside host has (RFC 6762, RFC 8375; the others by habit of internet boxes):
the request is for the device itself, not for it to pass on."""


def read_client(fact: HttpAsked) -> Iterator[Clue]:
    """Give the clue in a User-Agent."""
    if not fact.user_agent:
        return
    found = _WINDOWS.search(fact.user_agent)
    if found:
        yield Clue(Source.HTTP, fact.user_agent, MEDIUM, os=_OLD[found[1]])
    else:
        yield Clue(Source.HTTP, fact.user_agent, UNKNOWN)


def read_called(fact: HttpAsked) -> Iterator[Clue]:
    """Give what the name says by which an inside device's pages are called."""
    name, _, domain = fact.host.partition(".")
    if domain in _INSIDE:
        yield from hinted(name)


def read_server(fact: HttpAnswered) -> Iterator[Clue]:
    """Give the clues in the head of an answer."""
    if fact.server:
        yield Clue(Source.HTTP, fact.server, LOW)
        for hint in descriptions().hints(Source.HTTP, fact.server):
            yield of(hint, fact.server)
