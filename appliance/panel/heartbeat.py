"""The sensor's heartbeat: once a second, how the practice is and what was seen of its gateways."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from socket import AF_INET, AF_INET6, inet_pton
from typing import Any

from appliance.model import Level

GATEWAYS = 16
"""Most gateways heard in one heartbeat; more is nonsense."""

ADDRESSES = 4
"""Most addresses of a gateway in one heartbeat: of IPv4, link-local, and two more of IPv6."""

SHOUTS = 16
"""Most alerts to sound for in one heartbeat."""

EXITS = 8
"""Most ways out, and most offers to be a router, heard in one heartbeat."""

_ALERT = re.compile(r"[0-9a-f]{16}")
_KEY = re.compile(r"[a-z0-9_.]{0,64}")
_ADDRESS = re.compile(r"[0-9a-f:.]{0,45}")
_LEVELS = (Level.WELL, Level.LEARNING, Level.LOOK, Level.DANGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """What the sensor knows of one gateway."""

    mac: str
    ips: tuple[str, ...] = ()
    """Addresses it holds itself, of both families, the best known first; those that are known."""
    at: float
    """When a frame *from* that hardware address was last captured: the packet's own time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """A way out: whose frames brought in what an address of the internet had sent."""

    mac: str
    at: float
    """The beginning of the second in which such a frame last passed: the packet's own time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Somebody says who the router is: in a DHCP answer, or by a router advertisement."""

    mac: str
    """Who says so."""
    ip: str
    """The router that is named."""
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """What the sensor says of itself and of the practice."""

    level: Level
    """WELL, LEARNING, LOOK or DANGER."""
    why: str = ""
    """Key of the text that says why; empty when all is well."""
    seeing: bool = True
    gateways: tuple[Gateway, ...] = ()
    lan_asks_at: float | None = None
    """When a device of the practice last asked for a gateway or sent something to it."""
    shouts: tuple[str, ...] = ()
    """Alerts to sound for, by their identifiers; one that stays in the list sounds once."""
    calls_out_at: float | None = None
    """When a device of the practice last sent something to an address of the internet."""
    exits: tuple[Exit, ...] = ()
    offers: tuple[Offer, ...] = ()
    clock_set: bool = True
    """The clock of the box can be believed."""

    def clock_news(self, before: "Heartbeat | None") -> str:
        """Give what this says of the clock that the one *before* did not, a key of the log."""
        if self.clock_set == (before is None or before.clock_set):
            return ""
        return "clock_set" if self.clock_set else "clock_unset"


def to_json(beat: Heartbeat) -> dict[str, Any]:
    """Give *beat* as it goes over the socket."""
    return {
        "level": str(beat.level),
        "why": beat.why,
        "seeing": beat.seeing,
        "gateways": [
            {"mac": one.mac, "ips": list(one.ips[:ADDRESSES]), "at": one.at}
            for one in beat.gateways[:GATEWAYS]
        ],
        "lan_asks_at": beat.lan_asks_at,
        "shouts": list(beat.shouts[:SHOUTS]),
        "calls_out_at": beat.calls_out_at,
        "clock_set": beat.clock_set,
        "exits": [{"mac": one.mac, "at": one.at} for one in beat.exits[:EXITS]],
        "offers": [{"mac": one.mac, "ip": one.ip, "at": one.at} for one in beat.offers[:EXITS]],
    }


def from_json(given: Mapping[str, Any]) -> Heartbeat:
    """Give the heartbeat that came over the socket; raises ValueError for anything else."""
    gateways = given.get("gateways", [])
    seeing = given.get("seeing")
    if not isinstance(gateways, list) or len(gateways) > GATEWAYS or not isinstance(seeing, bool):
        raise ValueError("no heartbeat")
    shouts = given.get("shouts", [])
    if not isinstance(shouts, list) or len(shouts) > SHOUTS:
        raise ValueError("no heartbeat")
    level = Level(str(given.get("level")))
    if level not in _LEVELS:
        raise ValueError(level)
    asks, calls = given.get("lan_asks_at"), given.get("calls_out_at")
    return Heartbeat(
        level=level,
        why=_text(given.get("why", ""), _KEY),
        seeing=seeing,
        gateways=tuple(_gateway(one) for one in gateways),
        lan_asks_at=None if asks is None else _time(asks),
        shouts=tuple(_text(one, _ALERT) for one in shouts),
        calls_out_at=None if calls is None else _time(calls),
        clock_set=given.get("clock_set") is not False,
        exits=tuple(
            Exit(mac=_text(one.get("mac"), _ADDRESS), at=_time(one.get("at")))
            for one in _rows(given, "exits", EXITS)
        ),
        offers=tuple(
            Offer(
                mac=_text(one.get("mac"), _ADDRESS), ip=_ip(one.get("ip")), at=_time(one.get("at"))
            )
            for one in _rows(given, "offers", EXITS)
        ),
    )


def _rows(given: Mapping[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    rows = given.get(name, [])
    if not isinstance(rows, list) or len(rows) > most:
        raise ValueError(f"too many {name}")
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"no {name}")
    return rows


def _gateway(given: object) -> Gateway:
    if not isinstance(given, dict):
        raise ValueError("no gateway")  # noqa: TRY004 - one kind of error for a malformed message
    ips = given.get("ips")
    if not isinstance(ips, list) or len(ips) > ADDRESSES:
        raise ValueError("no addresses")
    return Gateway(
        mac=_text(given.get("mac"), _ADDRESS),
        ips=tuple(_ip(one) for one in ips),
        at=_time(given.get("at")),
    )


def _ip(given: object) -> str:
    text = _text(given, _ADDRESS)
    try:
        inet_pton(AF_INET6 if ":" in text else AF_INET, text)
    except OSError as error:
        raise ValueError("no address") from error
    return text


def _text(given: object, shape: re.Pattern[str]) -> str:
    if not isinstance(given, str) or not shape.fullmatch(given):
        raise ValueError("no such text")
    return given


def _time(given: object) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool):
        raise ValueError("no time")  # noqa: TRY004 - one kind of error for a malformed message
    try:
        time = float(given)
    except OverflowError as error:
        raise ValueError("no time") from error
    if not math.isfinite(time):
        raise ValueError("no time")
    return time
