"""Waiting for something to become true, never for a time to pass."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

_LOOK_EVERY = 0.02


class TooLateError(AssertionError):
    """What was awaited did not happen in time."""


def until(what: str, seconds: float, look: Callable[[], T]) -> T:
    """Give the first true answer of *look*; raises TooLateError naming *what* after *seconds*."""
    deadline = monotonic() + seconds
    while not (found := look()):
        if monotonic() > deadline:
            raise TooLateError(f"{what}: not within {seconds:g} s")
        Event().wait(_LOOK_EVERY)
    return found


def ever(seconds: float, look: Callable[[], object]) -> bool:
    """Look for *seconds* whether something becomes true."""
    try:
        until("it becomes true", seconds, look)
    except TooLateError:
        return False
    return True
