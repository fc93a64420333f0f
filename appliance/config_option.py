"""How a setting of the configuration is declared: its default, its meaning and its range."""

from dataclasses import field
from typing import TypeVar

T = TypeVar("T")


def option(default: T, doc: str, *, among: tuple[str, ...] = (), holds: str = "") -> T:
    """Declare something an installer may set.

    *among* lists the words allowed; *holds* names what the text is, for `config_values` to judge.
    """
    found: T = field(default=default, metadata={"doc": doc, "among": among, "holds": holds})
    return found


def number(default: T, doc: str, *, minimum: float, maximum: float, holds: str = "") -> T:
    """Declare a number an installer may set, with its unit and its range."""
    about = {"doc": doc, "minimum": minimum, "maximum": maximum, "holds": holds}
    found: T = field(default=default, metadata=about)
    return found


def pin(default: T, doc: str) -> T:
    """Declare a GPIO number; the 40-pin header has 0 to 27."""
    return number(default, doc, minimum=0, maximum=27, holds="pin")
