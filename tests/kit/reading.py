"""What a decoder gives: the facts up to a malformed spot, and whether there was one."""

from collections.abc import Iterable
from typing import TypeVar

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed

T = TypeVar("T")

CLIENT = Envelope(1.0, "02:00:00:00:00:0a", "", "192.0.2.10", "192.0.2.20", 50_000, 445)
SERVER = Envelope(1.0, "02:00:00:00:00:0b", "", "192.0.2.20", "192.0.2.10", 445, 50_000)


def gather(facts: Iterable[T]) -> tuple[list[T], bool]:
    """Give *facts*, and whether they ended at a malformed spot."""
    found: list[T] = []
    try:
        for fact in facts:
            found.append(fact)  # noqa: PERF402 - what came before a malformed spot is wanted
    except Malformed:
        return found, True
    return found, False
