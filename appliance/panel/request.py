"""A line from the socket: what somebody asks of the panel, or nothing that can be understood."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from appliance.panel import heartbeat, question, second
from appliance.panel.countdown import Announcement
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.lamp import Part
from appliance.panel.latch import Kind
from appliance.panel.question import Told
from appliance.panel.second import Said

LONGEST = 8192
"""Bytes in one request, its line end included."""

WHO_LENGTH = 64
WHY_LENGTH = 200
"""Characters kept of a name and of a reason."""


_DETECTOR = re.compile(r"[a-z_]{1,64}")
_ALERT = re.compile(r"[0-9a-f]{16}")


class Malformed(Exception):  # noqa: N818 - it names the line
    """The line is no request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody wants the uplink cut or joined."""

    kind: Kind
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody wants to know the status."""

    watch: bool
    """Now, and again whenever it changes."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Somebody has heard the buzzer."""

    who: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody does not want what is counted down to."""

    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody wants the cut tested, and knows of what would speak against it now."""

    who: str = ""
    why: str = ""
    learn: bool = False
    """Keep what changes as what must change from now on."""
    force: bool = False
    """Also while a danger is open."""
    confirmed: bool = False
    """Also while people are at work."""
    switch: bool = False
    """By the port of the switch alone: the relay does not move."""


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody wants to see whether a wire of the lamp is right."""

    part: Part


Request: TypeAlias = (
    Wish | Ask | Hush | Stop | Wanted | Try | Announcement | Heartbeat | Said | Told
)


def parse(line: bytes) -> Request:
    """Give the request in *line*; raises Malformed."""
    if len(line) >= LONGEST:
        raise Malformed("too long")
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            raise Malformed("not an object")
        match given.get("do"):
            case "isolate" | "reconnect" as kind:
                return Wish(
                    kind=Kind(kind),
                    who=_words(given, "who", WHO_LENGTH),
                    why=_words(given, "why", WHY_LENGTH),
                )
            case "hush" | "stop" as what:
                return (Hush if what == "hush" else Stop)(_words(given, "who", WHO_LENGTH))
            case "prooftest":
                return Wanted(
                    who=_words(given, "who", WHO_LENGTH),
                    why=_words(given, "why", WHY_LENGTH),
                    learn=given.get("learn") is True,
                    force=given.get("force") is True,
                    confirmed=given.get("confirmed") is True,
                    switch=given.get("switch") is True,
                )
            case "lamp":
                return Try(Part(str(given.get("part"))))
            case "status" | "watch" as ask:
                return Ask(watch=ask == "watch")
            case "announce" | "heartbeat" | "switch" | "probe" as part:
                return _TOLD[part](given)
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)) from error
    raise Malformed("no such request")


def _announcement(given: Mapping[str, Any]) -> Announcement:
    return Announcement(
        detector=_shaped(given, "detector", _DETECTOR), alert=_shaped(given, "alert", _ALERT)
    )


_TOLD: Mapping[str, Callable[[Mapping[str, Any]], Announcement | Heartbeat | Said | Told]] = {
    "announce": _announcement,
    "heartbeat": heartbeat.from_json,
    "switch": second.from_json,
    "probe": question.from_json,
}
"""What other parts of the box tell."""


def _shaped(given: Mapping[str, Any], name: str, shape: re.Pattern[str]) -> str:
    """Give a name that we made ourselves."""
    word = given.get(name)
    if not isinstance(word, str) or not shape.fullmatch(word):
        raise Malformed(f"{name} is none")
    return word


def _words(given: Mapping[str, Any], name: str, length: int) -> str:
    """Give what people wrote, cut to *length*, without line ends and other control signs."""
    words = given.get(name, "")
    if not isinstance(words, str):
        raise Malformed(f"{name} is no text")
    return "".join(sign if sign.isprintable() else " " for sign in words[:length]).strip()
