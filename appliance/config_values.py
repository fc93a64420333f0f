"""Judging one value of the configuration against what its setting declares."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from appliance.knowledge.remote import remote

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
    near = get_close_matches(value.lower(), list(names()), n=1)
    return f" (did you mean {near[0]})" if near else ""


def shown(value: Any) -> str:
    """Give *value* as its author wrote it, or its beginning."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _fits_text(value: str, about: Mapping[str, Any]) -> bool:
    among = about.get("among") or (value,)
    judge = _JUDGES.get(about.get("holds", ""), str.isprintable)
    return value in among and value.isprintable() and bool(judge(value))


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


_HOLDS = {
    "address": "an address such as 192.0.2.1",
    "card": "a network card such as eth0",
    "directory": "the name of a directory",
    "host": "a host name or an address",
    "listen": "an address and a port such as 127.0.0.1:8080 or [::]:443",
    "network": "a network such as 192.168.1.0/24",
    "remote_tool": "the key of a tool for remote control such as anydesk",
    "user": "the name of a user",
}
_NAMES: Mapping[str, Callable[[], Iterable[str]]] = {"remote_tool": lambda: remote().tools}
"""What the text must be one of, where that is a table."""
_JUDGES: Mapping[str, Callable[[str], object]] = {
    "address": _is_address,
    "card": lambda value: not value or (_CARD.fullmatch(value) and value not in {".", ".."}),
    "directory": bool,
    "host": lambda value: _HOST.fullmatch(value) or _is_address(value),
    "listen": _is_listen,
    "network": _is_network,
    "remote_tool": lambda value: value in remote().tools,
    "user": _USER.fullmatch,
}
