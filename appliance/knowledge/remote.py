"""Tools for remote control, tunnels and VPNs: what they call, and where they listen.

A maker's domain is also its web site. A name is the tool's when it is below the domain and does
not begin as those of sites do, or when the table has it whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from appliance.knowledge.domains import registered
from appliance.knowledge.hosts import Suffixes, suffixes
from appliance.knowledge.ports import NUMBERS
from appliance.knowledge.tables import rows

_CHANCE = re.compile(r"www\.(?=[a-z]*[2-7]+[a-z])[a-z2-7]{4,25}\.com").fullmatch


class Use(StrEnum):
    """What such a tool is for."""

    REMOTE = "remote"
    """Somebody sees and uses the screen."""
    MANAGEMENT = "management"
    """A provider looks after many machines."""
    TUNNEL = "tunnel"
    """Makes a machine here reachable from outside."""
    VPN = "vpn"
    """A private network through the internet, for work mostly."""
    ANONYMITY = "anonymity"
    """Hides whom a machine talks to."""


class At(StrEnum):
    """Whose port it is."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, however it is recognised."""

    key: str
    """What the configuration calls it."""
    name: str
    use: Use


@dataclass(frozen=True, slots=True)
class Remote:
    """The two tables, and what is told by its protocol."""

    hosts: Suffixes[Tool]
    whole: frozenset[str]
    """Hosts of the table that are more than a registered domain."""
    ports: Mapping[tuple[int, int], tuple[At, Tool]] = field(repr=False)
    """By protocol number and port."""
    tools: Mapping[str, Tool] = field(repr=False)
    """By key."""


VNC = Tool("vnc", "VNC", Use.REMOTE)
RDP = Tool("rdp", "RDP", Use.REMOTE)
TOR = Tool("tor", "Tor", Use.ANONYMITY)
"""Told by what they say."""

_SITE = frozenset(
    (
        *("www", "www2", "help", "support", "docs", "doc", "blog", "community", "forum", "forums"),
        *("download", "downloads", "dl", "get", "shop", "store", "status", "partner", "partners"),
        *("account", "accounts", "my", "login", "auth", "id", "sso", "web", "info", "go", "kb"),
        *("static", "assets", "cdn", "img", "images", "media", "news", "learn", "academy", "mail"),
        *("email", "marketing", "resources", "documentation", "developer", "developers"),
    )
)
"""How names of web sites begin."""
_ALPN = {"anydesk": "anydesk"}
"""By the word before the slash of a protocol that a tool made for itself, its key."""


@cache
def remote() -> Remote:
    """Load the tables."""
    listed, tools = [], {each.key: each for each in (VNC, RDP, TOR)}
    for row in rows("remote_tools"):
        tool = tools.setdefault(row["tool"], Tool(row["tool"], row["name"], Use(row["use"])))
        listed.append((row, tool))
    ports = {}
    for row in rows("remote_ports"):
        tool = tools.setdefault(row["tool"], Tool(row["tool"], row["name"], Use(row["use"])))
        ports[NUMBERS[row["proto"]], int(row["port"])] = (At(row["at"]), tool)
    whole = frozenset(row["host"] for row, _ in listed if registered(row["host"]) != row["host"])
    return Remote(suffixes(listed), whole, ports, tools)


@lru_cache(maxsize=4096)
def by_name(name: str) -> Tool | None:
    """Give the tool that calls *name*; None where nobody does, or only people who read its site."""
    found = remote().hosts.find(name)
    if found is None or name in remote().whole:
        return found
    is_site = registered(name) == name or name.partition(".")[0] in _SITE
    return None if is_site else found


def by_protocol(alpn: tuple[str, ...]) -> Tool | None:
    """Give the tool that made one of these protocols (ALPN) for itself."""
    for protocol in alpn:
        if key := _ALPN.get(protocol.partition("/")[0]):
            return remote().tools[key]
    return None


def may_be_tors(name: str) -> bool:
    """Tell whether Tor may have made *name* up (Tor, src/lib/tls).

    Letters of base 32, and a digit among them, which few real names have.
    """
    return _CHANCE(name) is not None
