"""Whether one spelling of a system covers another: "Windows 7 / Server 2008 R2" does "Windows 7".

The tables name systems as exactly as their source can: one sign tells a generation, the next a
release. Two signs of one machine must not pass for a contradiction because of that.

A spelling is read as alternatives. Of Windows, clients and servers each are a row of generations,
and releases behind a generation (``1803+``, ``24H2``) are left out; of other systems the name
and the first number count. ``+`` means "or any later".
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import inf

_SPELLINGS = 512
"""Pairs remembered; the tables have some hundred spellings."""
_ALTERNATIVES = 8
_CLIENTS = ("XP", "Vista", "7", "8", "8.1", "10", "11")
_SERVERS = (
    *("2003", "2008", "2008 R2", "2012", "2012 R2", "2016", "1709", "1803", "2019"),
    *("1903", "1909", "2004", "20H2", "2022", "23H2", "2025"),
)
"""With the half-yearly ones between them."""
_FIRST = "Windows 2000"
"""After it Windows parted into clients and servers."""

_SERVER = re.compile(
    r"(?:Server (?=\d\d))?(20(?:03|08|12|16|19|22|25)(?: \(?R2\)?)?"
    r"|(?<=Server )(?:1709|1803|1903|1909|2004|20H2|23H2))(\+)?"
)
_CLIENT = re.compile(r"(?:Windows )?(XP|Vista|7|8\.1|8|10|11)(?![\d.])(\+)?")
_OTHER = re.compile(r"(\D+?) ?(?:(\d{1,4}(?:\.\d{1,4})?)(?:-(\d{1,4}))?\S*?(\+)?)?")
_LINUX = ("Debian", "Ubuntu", "Raspberry Pi OS", "DSM", "QTS", "RouterOS", "Android", "Tizen")
"""Systems made of it."""
_SAMBA = "Samba"
"""No system, but a program of Linux and its kin that speaks Windows' protocols."""


@dataclass(frozen=True, slots=True)
class _Alternative:
    family: str
    low: float
    high: float

    def covers(self, other: "_Alternative") -> bool:
        return self.family == other.family and self.low <= other.low and other.high <= self.high


@lru_cache(_SPELLINGS)
def covers(broad: str, narrow: str) -> bool:
    """Tell whether whatever *narrow* may be, *broad* may be, too."""
    if narrow.startswith(broad + " ") or (broad == _FIRST + "+" and narrow.startswith("Windows ")):
        return True
    if broad in ("Linux", _SAMBA):
        return narrow.startswith(_LINUX) or (broad == _SAMBA and narrow == "Linux")
    ones, others = _read(broad), _read(narrow)
    return bool(others) and all(any(one.covers(other) for one in ones) for other in others)


def _read(spelling: str) -> tuple[_Alternative, ...]:
    parts = spelling.split(" / ", _ALTERNATIVES)[:_ALTERNATIVES]
    if not spelling.startswith("Windows"):
        return tuple(_other(part) for part in parts if part)
    found: list[_Alternative] = []
    for part in parts:
        of_windows = part.removeprefix("Windows ")
        if server := _SERVER.match(of_windows):
            found.extend(_servers(server[1], bool(server[2])))
        elif client := _CLIENT.match(of_windows):
            low = float(_CLIENTS.index(client[1]))
            found.append(_Alternative("client", low, len(_CLIENTS) if client[2] else low))
        elif of_windows == "Server":
            found.append(_Alternative("server", 0.0, len(_SERVERS)))
        else:
            return ()
    return tuple(found)


def _servers(year: str, later: bool) -> list[_Alternative]:
    both = "(R2)" in year
    year = year.replace(" (R2)", "")
    if year not in _SERVERS:
        return []
    low = float(_SERVERS.index(year))
    return [_Alternative("server", low, len(_SERVERS) if later else low + both)]


def _other(part: str) -> _Alternative:
    found = _OTHER.fullmatch(part)
    if found is None or not found[2]:
        return _Alternative(part, 0.0, inf)
    low = float(found[2])
    return _Alternative(found[1], low, inf if found[4] else float(found[3] or low))
