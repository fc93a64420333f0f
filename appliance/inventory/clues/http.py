"""HTTP in clear: what a browser says of its system, and what a device's own pages are served by."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from appliance.facts import HttpAnswered, HttpAsked
from appliance.inventory.clues.clue import Clue, hinted, of
from appliance.knowledge.hint import LOW, MEDIUM, Source
from appliance.knowledge.names import agents, descriptions, models

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
_ANDROID = re.compile(r"Android (\d{1,2})(?:\.\d{1,2}){0,2}; (?!K\))")
"""With its version, unless the browser hides it: it then says 10 and "K" for the model
(Chromium, "User-Agent Reduction"; from memory)."""
_PHONE = re.compile(r"(?:CPU|CPU iPhone) OS (\d{1,2})_\d")
_FROZEN = 18
"""The version of iOS that Safari tells whatever it is since (Safari 26; from memory)."""
UNKNOWN = 10
_REMEMBERED = 256
"""Heads whose clues are known already: most are the same again and again."""
_INSIDE = frozenset(("", "local", "lan", "home", "box", "home.arpa", "internal"))
"""Domains that no outside host has (RFC 6762, RFC 8375; the others by habit of internet boxes):
the request is for the device itself, not for it to pass on."""


def read_client(fact: HttpAsked) -> tuple[Clue, ...]:
    """Give the clue in a User-Agent."""
    return _of_agent(fact.user_agent)


def read_server(fact: HttpAnswered) -> tuple[Clue, ...]:
    """Give the clues in the head of an answer."""
    return _of_server(fact.server)


def read_called(fact: HttpAsked) -> Iterator[Clue]:
    """Give what the name says by which an inside device's pages are called."""
    name, _, domain = fact.host.partition(".")
    if domain in _INSIDE:
        yield from hinted(name)


@lru_cache(_REMEMBERED)
def _of_agent(agent: str) -> tuple[Clue, ...]:
    if not agent:
        return ()
    hints = agents().hints(Source.HTTP, agent)
    system = _system(agent)
    exact = (Clue(Source.HTTP, agent, MEDIUM, os=system),) if system else ()
    # Of one agent few clues, for a browser's components each call themselves in their own way.
    said = exact + tuple(of(replace(it, os="") if system else it, agent) for it in hints)
    return said or (Clue(Source.HTTP, agent, UNKNOWN),)


def _system(agent: str) -> str:
    """Give the system in *agent* with its version, where it can be believed."""
    if found := _WINDOWS.search(agent):
        return _OLD[found[1]]
    if found := _ANDROID.search(agent):
        return f"Android {found[1]}"
    found = _PHONE.search(agent)
    if found and "like Mac OS X" in agent:
        name = "iPadOS" if "iPad" in agent else "iOS"
        return f"{name} {found[1]}" if int(found[1]) < _FROZEN else f"{name} {_FROZEN}+"
    return ""


@lru_cache(_REMEMBERED)
def _of_server(server: str) -> tuple[Clue, ...]:
    if not server:
        return ()
    hints = descriptions().hints(Source.HTTP, server)
    known = [*hints, *models().hints(Source.HTTP, server)]
    return (Clue(Source.HTTP, server, LOW), *(of(hint, server) for hint in known))
