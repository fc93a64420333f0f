"""Where everything stands on the map: worked out from numbers alone, always the same way.

The practice is on the left, in a band for each family of devices, the first seen first; the way out
is a line, with the gateways on it; hosts of the internet are beyond. A device that comes takes the
next place of its band: nothing else moves sideways, and what stands above it not at all; the
line moves aside while no band is full yet.
Units are those of the drawing, a sign of text being about seven wide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from appliance.knowledge.kinds import Kind

COLUMNS = 6
"""Devices side by side: as many as can be read on paper (A4, upright)."""

FEWEST_COLUMNS = 3
"""A practice of five devices is not drawn larger than it need be."""

CELL = 158, 116
"""Width and height of a device's place: the icon, its name and its room."""

BAND = 34
"""Height of a band's title."""

MARGIN = 20
RADIUS = 24
"""Of the disc behind an icon."""

ROOM = 150
"""Width that a name may take."""

GATEWAY = 132
"""Height of a gateway's place on the line."""

BEYOND = 74
"""Height of an outside host's place."""

GAP = 120
"""From the practice to the line, and from the line to what is outside."""

BEYOND_WIDTH = 250
"""Width of an outside host's place."""

BANDS: Mapping[str, tuple[Kind, ...]] = {
    "imaging": (
        Kind.SENSOR,
        Kind.PANORAMIC,
        Kind.INTRAORAL_SCANNER,
        Kind.ACQUISITION_PC,
    ),
    "care": (Kind.UNIT, Kind.STERILISER, Kind.PRINTER_3D),
    "work": (Kind.WORKSTATION, Kind.CARD_READER, Kind.PAYMENT_TERMINAL, Kind.PRINTER),
    "keep": (Kind.SERVER, Kind.NAS),
    "people": (Kind.PHONE, Kind.TABLET, Kind.TELEVISION, Kind.CAMERA, Kind.IOT),
    "network": (Kind.INTERNET_BOX, Kind.ACCESS_POINT, Kind.SWITCH),
    "unknown": (Kind.UNKNOWN,),
}
"""Families of kinds, from top to bottom: keys of the texts."""

_BAND_OF = {kind.value: band for band, kinds in BANDS.items() for kind in kinds}
_WIDE = frozenset("MWmw@%—…ŒœÆæ")
_NARROW = frozenset("iIjl.,:;'|!()[] ft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A device to be placed."""

    key: str
    band: str
    since: float
    """When it was first seen."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: the middle of its icon."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where everything stands."""

    width: int
    height: int
    uplink: int
    """Where the line between inside and outside is."""
    bands: tuple[tuple[str, int], ...]
    """Each band that is drawn, and where its title stands."""
    spots: Mapping[str, Spot]


def band_of(kind: str) -> str:
    """Give the band that a device of *kind* belongs to."""
    return _BAND_OF.get(kind, "unknown")


def lay_out(inside: Iterable[Item], gateways: Sequence[str], beyond: Sequence[str]) -> Plan:
    """Place devices *inside*, *gateways* on the line and what is *beyond*, by their keys."""
    wide, high = CELL
    spots: dict[str, Spot] = {}
    bands: list[tuple[str, int]] = []
    every = sorted(inside, key=lambda item: (item.since, item.key))
    by_band = {band: [item for item in every if item.band == band] for band in BANDS}
    columns = min(COLUMNS, max(FEWEST_COLUMNS, *map(len, by_band.values())))
    top = MARGIN
    for band, here in by_band.items():
        if not here:
            continue
        bands.append((band, top + BAND - 12))
        for number, item in enumerate(here):
            row, column = divmod(number, columns)
            spots[item.key] = Spot(
                MARGIN + column * wide + wide // 2, top + BAND + row * high + RADIUS + 8
            )
        top += BAND + -(-len(here) // columns) * high
    height = max(top, 2 * MARGIN + GATEWAY, *_heights(gateways, beyond)) + MARGIN
    uplink = MARGIN + columns * wide + GAP
    spots |= _column(gateways, uplink, height, GATEWAY)
    spots |= _column(beyond, uplink + GAP + RADIUS, height, BEYOND)
    return Plan(
        width=uplink + GAP + BEYOND_WIDTH + MARGIN,
        height=height,
        uplink=uplink,
        bands=tuple(bands),
        spots=spots,
    )


def fit(text: str, room: int, size: float = 13.0) -> str:
    """Give as much of *text* as surely fits into *room* when written *size* high."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def width(text: str, size: float = 13.0) -> float:
    """Give how wide *text* is at most, whatever plain font it is written in."""
    return sum(map(_width, text)) * size


def curve(start: Spot, end: Spot, bend: float = 0.14) -> str:
    """Give a line from one icon to another, bent aside so that it is no line through a row."""
    across, down = end.x - start.x, end.y - start.y
    length = max(1.0, (across**2 + down**2) ** 0.5)
    x, y = (start.x + end.x) / 2 - down * bend, (start.y + end.y) / 2 + across * bend
    inset = min(RADIUS + 2, length / 2) / length
    begin = start.x + across * inset, start.y + down * inset
    finish = end.x - across * inset, end.y - down * inset
    return f"M{begin[0]:.0f} {begin[1]:.0f}Q{x:.0f} {y:.0f} {finish[0]:.0f} {finish[1]:.0f}"


def way_out(start: Spot, end: Spot) -> str:
    """Give a line from an icon to the right, to one that stands in a column of its own."""
    x, y = start.x + RADIUS, start.y
    last = end.x - RADIUS
    middle = last - min(GAP, (last - x) // 2)
    return f"M{x} {y}C{middle} {y} {middle} {end.y} {last} {end.y}"


def _column(keys: Sequence[str], x: int, height: int, each: int) -> dict[str, Spot]:
    """Place *keys* one below the other, around the middle of the height."""
    top = (height - each * len(keys)) // 2
    return {key: Spot(x, top + each * n + each // 2) for n, key in enumerate(keys)}


def _heights(gateways: Sequence[str], beyond: Sequence[str]) -> tuple[int, int]:
    return GATEWAY * len(gateways) + 2 * MARGIN, BEYOND * len(beyond) + 2 * MARGIN


def _width(sign: str) -> float:
    if sign in _NARROW:
        return 0.42
    if sign in _WIDE or east_asian_width(sign) in "WFA" or not (sign.isascii() or sign.isalpha()):
        return 1.05
    return 0.74 if sign.isupper() else 0.6
