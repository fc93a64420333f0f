"""SSDP: the kind of device that is announced, and the software that announces it."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from appliance.facts import SsdpHeard
from appliance.inventory.clues.clue import Clue, of
from appliance.knowledge.hint import MEDIUM, Source
from appliance.knowledge.names import agents, descriptions, models, names

_REMEMBERED = 512
"""Announcements whose clues are known already: devices repeat theirs for ever."""


def read(fact: SsdpHeard) -> Iterable[Clue]:
    """Give the clues in what a device announces, or calls itself when it searches for others."""
    if fact.method == "search":
        return _of_searcher(fact.server) if fact.server else ()
    if fact.state == "byebye":
        return ()
    return _of_announcement(fact.target, fact.server)


@lru_cache(_REMEMBERED)
def _of_searcher(server: str) -> tuple[Clue, ...]:
    return tuple(of(hint, server) for hint in agents().hints(Source.SSDP, server))


@lru_cache(_REMEMBERED)
def _of_announcement(target: str, server: str) -> tuple[Clue, ...]:
    return tuple(_announced(target, server))


def _announced(target: str, server: str) -> Iterator[Clue]:
    for hint in names().hints(Source.SSDP, target):
        yield of(hint, target)
    if server:
        yield Clue(Source.SSDP, server, MEDIUM)
        for hint in descriptions().hints(Source.SSDP, server):
            yield of(hint, server)
        for hint in models().hints(Source.SSDP, server):
            yield of(hint, server)
