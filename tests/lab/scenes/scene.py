"""What is recorded: a scene, and what a box must know to judge the recording."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.lab.practice import Practice
from tests.lab.tape import Packet


def _nothing(_practice: Practice) -> None:
    """Play nothing: the scene is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A few seconds of a practice."""

    play: Callable[[Practice], None] = _nothing
    written: Callable[[float], Iterable[Packet]] | None = None
    """What lasts for days is not played but written, from the time at which it starts."""
    known: bool = False
    """The technician has told the box of every device of the practice, with its role."""
    bad: tuple[str, ...] = ()
    """Names and addresses on a list of known bad ones."""
    remote_tools: tuple[str, ...] = ()
    """Tools for remote control that the technician allowed."""
    learn: float = 0.0
    """Seconds in which the box learns."""
    snaplen: int = 1514
    """Octets recorded of each packet."""
