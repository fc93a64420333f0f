"""The network cards of this machine, as Linux shows them in ``/sys/class/net`` (sysfs(5)).

What a card received is counted by the kernel since the machine began
(Documentation/ABI/testing/sysfs-class-net-statistics).
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("/sys/class/net")

MOST = 32
"""Cards shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One network card."""

    name: str
    mac: str
    link: str
    """``yes``, ``no`` (no cable, or the other end is off) or ``unknown`` (the card is off)."""
    speed: int
    """Megabits a second; 0 where nobody knows."""
    received: int
    """Packets."""


def cards(folder: Path = FOLDER) -> tuple[Card, ...]:
    """Give the cards with a plug or radio of their own, the one that received most first."""
    found: Iterable[Path] = ()
    with suppress(OSError):
        found = sorted(folder.iterdir())
    real = [path for path in found if (path / "device").exists()]
    return tuple(sorted(map(_card, real[:MOST]), key=lambda card: (-card.received, card.name)))


def _card(path: Path) -> Card:
    link = {"1": "yes", "0": "no"}.get(_read(path / "carrier"), "unknown")
    return Card(
        name=path.name,
        mac=_read(path / "address"),
        link=link,
        speed=max(0, _number(path / "speed")) if link == "yes" else 0,
        received=max(0, _number(path / "statistics" / "rx_packets")),
    )


def _read(path: Path) -> str:
    """Give the first line of *path*; nothing where the card does not tell, as when it is off."""
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _number(path: Path) -> int:
    try:
        return int(_read(path))
    except ValueError:
        return 0
