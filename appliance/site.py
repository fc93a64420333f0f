"""What is known of a site before its packets are read: the file behind ``replay --known``.

.. code-block:: toml

    home = ["192.168.50.0/24"]     # networks of the practice; all private ones when left out
    learn = 0                      # seconds in which new devices are learnt
    bad = ["bad.example"]          # known bad names and addresses, beside the shipped lists

    remote_tools = ["anydesk"]     # tools for remote control that the technician allowed

    [known."00:09:21:00:00:01"]    # an approved device; every key may be left out
    name = "Radio"
    role = "panoramic"
    place = "Salle 1"
    hosts = ["maker.example"]      # outside hosts it may talk to, beyond those of its role
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from appliance.addresses import Network
from appliance.decisions import Known, Standing
from appliance.knowledge.remote import remote
from appliance.lists.entry import ListError
from appliance.lists.index import Lists
from appliance.lists.own import parse
from appliance.lists.taking_up import few, shipped
from appliance.model import Mac
from appliance.roles import roles

_MAC = re.compile(r"([0-9a-f]{2}:){5}[0-9a-f]{2}")
_TEXTS = ("name", "role", "place")
_KEYS = ("home", "learn", "bad", "remote_tools", "known")


class SiteError(Exception):
    """The file cannot be used; the text lists all its mistakes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """See the module's text."""

    home: tuple[Network, ...] = ()
    learn: float = 0.0
    lists: Lists = field(default_factory=Lists)
    remote_tools: frozenset[str] = frozenset()
    standing: Standing | None = None
    """None when the file names no known devices: then no newcomer can be told."""

    @classmethod
    def unknown(cls) -> "Site":
        """Give a site of which nothing is known; the shipped lists are in use."""
        return cls(lists=Lists(shipped()))


def read(file: Path) -> Site:
    """Read a site's file; raises SiteError with every mistake in it."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except OSError as problem:
        raise SiteError(f"{file}: cannot be read ({problem.strerror})") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SiteError(f"{file}: is not TOML ({problem})") from None
    mistakes: list[str] = [
        f"there is no “{key}”; known are {', '.join(_KEYS)}" for key in table if key not in _KEYS
    ]
    site = Site(
        home=_home(table.get("home", []), mistakes),
        learn=_number(table.get("learn", 0.0), mistakes),
        lists=_lists(table.get("bad", []), mistakes),
        remote_tools=_tools(table.get("remote_tools", []), mistakes),
        standing=_standing(table["known"], mistakes) if "known" in table else None,
    )
    if mistakes:
        raise SiteError(f"{file}: " + "; ".join(mistakes))
    return site


def _home(values: Any, mistakes: list[str]) -> tuple[Network, ...]:
    networks = []
    for value in values if isinstance(values, list) else [values]:
        try:
            networks.append(ip_network(value))
        except ValueError:
            mistakes.append(f"home: “{value}” is no network")
    return tuple(networks)


def _number(value: Any, mistakes: list[str]) -> float:
    if isinstance(value, int | float) and value >= 0:
        return float(value)
    mistakes.append(f"learn: “{value}” is no number of seconds")
    return 0.0


def _lists(values: Any, mistakes: list[str]) -> Lists:
    try:
        return few(list(parse([str(each) for each in values], "bad")), "bad")
    except (ListError, TypeError) as mistake:
        mistakes.append(str(mistake))
        return Lists()


def _tools(values: Any, mistakes: list[str]) -> frozenset[str]:
    given = [str(value) for value in (values if isinstance(values, list) else [values])]
    mistakes += [
        f"remote_tools: there is no tool “{value}”"
        for value in given
        if value not in remote().tools
    ]
    return frozenset(given)


def _standing(table: Any, mistakes: list[str]) -> Standing:
    known: dict[Mac, Known] = {}
    for mac, row in table.items() if isinstance(table, Mapping) else ():
        if not _MAC.fullmatch(mac.lower()):
            mistakes.append(f"known: “{mac}” is no hardware address")
        elif not isinstance(row, Mapping):
            mistakes.append(f"known.{mac}: must be a table")
        else:
            known[Mac(mac.lower())] = _known(mac, row, mistakes)
    return Standing(known=known)


def _known(mac: str, row: Mapping[str, Any], mistakes: list[str]) -> Known:
    for key, value in row.items():
        if key == "hosts":
            if not isinstance(value, list):
                mistakes.append(f"known.{mac}.hosts: must be a list")
        elif key not in _TEXTS or not isinstance(value, str):
            mistakes.append(f"known.{mac}.{key}: is unknown, or not a text")
    role = row.get("role", "")
    if role and role not in roles():
        mistakes.append(f"known.{mac}.role: there is no role “{role}”")
    hosts = row.get("hosts", [])
    return Known(
        approved=True,
        name=str(row.get("name", "")),
        role=str(role),
        place=str(row.get("place", "")),
        hosts=tuple(str(host) for host in hosts) if isinstance(hosts, list) else (),
    )
