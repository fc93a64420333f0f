"""Judging one value of the configuration against what its setting declares."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints
from zoneinfo import available_timezones

from appliance.hours import spans_of, zone_of

_SHOWN = 60
"""Characters of a wrong value that are repeated to its author."""

_KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "printable text in quotes",
}

_CARD = re.compile(r"[^\s/:]{1,15}")  # what the kernel takes: net/core/dev.c, dev_valid_name
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")  # useradd(8)
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE
)
_LISTEN = re.compile(r"(?:\[(?P<v6>[^\]]*)\]|(?P<v4>[^\[\]:]*)):(?P<port>[0-9]{1,5})")
_PORTS = range(1, 65_536)
_MAIL = re.compile(  # RFC 5322 section 3.2.3, of ASCII
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE
)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_TOPIC = re.compile(r"[a-z0-9_-]{1,64}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?P<host>\[[0-9a-f:.]+\]|[^/:@\[\]]+)(:[0-9]{1,5})?(/\S*)?")


class Shape(NamedTuple):
    """How a setting is written."""

    kind: type
    """bool, int, float or str; of each item where there are *many*."""
    many: bool
    optional: bool
    """``false`` stands for none."""


def shapes(table: Any) -> Mapping[str, Shape]:
    """Give the shape of each field of the dataclass *table*."""
    hints = get_type_hints(table)
    return {part.name: _shape(hints[part.name]) for part in fields(table)}


def _shape(hint: Any) -> Shape:
    kinds = [kind for kind in get_args(hint) or (hint,) if kind not in {NoneType, ...}]
    return Shape(kinds[0], get_origin(hint) is tuple, NoneType in get_args(hint))


def complaint(value: Any, kind: type, about: Mapping[str, Any]) -> str:
    """Tell what is wrong with *value*, as the end of a sentence; nothing where it can be used.

    *kind* is bool, int, float or str; *about* is what `config.option` or a detector's `limit`
    declared.
    """
    right = type(value) is kind or (kind is float and type(value) is int)
    if right and isinstance(value, str):
        right = _fits_text(value, about)
    elif right:
        right = about.get("minimum", -math.inf) <= value <= about.get("maximum", math.inf)
    if right:
        return ""
    return f"must be {meaning(kind, about)}, not {shown(value)}{_nearest(value, about)}"


def meaning(kind: type, about: Mapping[str, Any]) -> str:
    """Tell what a value may be: ``a whole number from 1 to 1024``."""
    if about.get("among"):
        return " or ".join(word or '""' for word in about["among"])
    if "minimum" in about:
        return f"{_KINDS[kind]} from {about['minimum']} to {about['maximum']}"
    return _HOLDS.get(about.get("holds", ""), _KINDS[kind])


def _nearest(value: Any, about: Mapping[str, Any]) -> str:
    """Give the valid word that *value* is most like, where there is a list of them."""
    names = _NAMES.get(about.get("holds", ""))
    if names is None or not isinstance(value, str):
        return ""
    spelt = {name.lower(): name for name in names()}
    near = get_close_matches(value.lower(), list(spelt), n=1)
    return f" (did you mean {spelt[near[0]]})" if near else ""


def shown(value: Any) -> str:
    """Give *value* as its author wrote it, or its beginning."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _fits_text(value: str, about: Mapping[str, Any]) -> bool:
    among = about.get("among") or (value,)
    judge = _JUDGES.get(about.get("holds", ""), str.isprintable)
    return value in among and value.isprintable() and bool(judge(value))


def _remote_tools() -> Iterable[str]:
    from appliance.knowledge.remote import remote  # noqa: PLC0415 - few boxes name a tool

    return remote().tools


def _is_quiet(value: str) -> bool:
    begin, dash, end = value.partition("-")
    right = _CLOCK.fullmatch(begin) and _CLOCK.fullmatch(end) and begin != end
    return not value or bool(dash and right)


def _is_url(value: str) -> bool:
    found = _ADDRESS.fullmatch(value)
    return not value or bool(found and (found["host"][0] == "[" or _HOST.fullmatch(found["host"])))


def _is_network(value: str) -> bool:
    try:
        ip_network(value)
    except ValueError:
        return False
    return True


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


def _is_listen(value: str) -> bool:
    found = _LISTEN.fullmatch(value)
    if not found or int(found["port"]) not in _PORTS:
        return False
    host = found["v6"] or found["v4"]
    return _is_address(host) and (":" in host) == bool(found["v6"])


def _is_hours(value: str) -> bool:
    try:
        spans_of(value)
    except ValueError:
        return False
    return True


def _is_zone(value: str) -> bool:
    try:
        zone_of(value)
    except ValueError:
        return False
    return True


_HOLDS = {
    "address": "an address such as 192.0.2.1",
    "card": "a network card such as eth0",
    "clock": "a time of day such as 18:00",
    "mail": "an address such as name@example.org",
    "topic": "a word of letters, digits, - and _",
    "url": "an address such as https://example.org/path",
    "directory": "the name of a directory",
    "host": "a host name or an address",
    "hours": "days and times such as mon-fri 08:00-19:00",
    "listen": "an address and a port such as 127.0.0.1:8080 or [::]:443",
    "network": "a network such as 192.168.1.0/24",
    "own_address": "an address such as 192.168.1.2, or empty",
    "server": "a host name or an address",
    "quiet": "hours such as 19:00-07:30, or empty",
    "remote_tool": "the key of a tool for remote control such as anydesk",
    "timezone": "a time zone such as Europe/Paris",
    "user": "the name of a user",
}
_NAMES: Mapping[str, Callable[[], Iterable[str]]] = {
    "remote_tool": _remote_tools,
    "timezone": available_timezones,
}
"""What the text must be one of, where that is a table."""
_JUDGES: Mapping[str, Callable[[str], object]] = {
    "address": _is_address,
    "card": lambda value: not value or (_CARD.fullmatch(value) and value not in {".", ".."}),
    "clock": _CLOCK.fullmatch,
    "directory": bool,
    "mail": lambda value: not value or _MAIL.fullmatch(value),
    "topic": lambda value: not value or _TOPIC.fullmatch(value),
    "url": _is_url,
    "host": lambda value: _HOST.fullmatch(value) or _is_address(value),
    "hours": _is_hours,
    "listen": _is_listen,
    "server": lambda value: not value or _HOST.fullmatch(value) or _is_address(value),
    "network": _is_network,
    "own_address": lambda value: not value or _is_address(value),
    "quiet": _is_quiet,
    "remote_tool": lambda value: value in _remote_tools(),
    "timezone": _is_zone,
    "user": _USER.fullmatch,
}
