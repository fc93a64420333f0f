"""What the panel wants asked on the network, and what it is told of it: values, and their JSON.

The panel has no network: `appliance.probe`, a process of its own, follows its status and asks.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from appliance.panel.signs import Asked, Round

TRIES = 3
TRY_SECONDS = 0.3
"""Three questions, 300 ms apart: a machine in the building answers within some milliseconds."""

WAIT = 0.2
"""Seconds that the last of them has at least, on a machine that is late with all of them."""

QUESTIONS = 16
"""Most gateway addresses asked in one round."""

SAY_EVERY = 5.0
"""Seconds after which the process tells that it is there."""

TEXTS = 18
"""Most texts in a list of what is told: six hosts are asked in three ways."""
LENGTH = 64
"""Characters of each: two addresses, or a way of asking a host; all fits into one request."""

_TEXT = re.compile(rf"[ -~]{{1,{LENGTH}}}")
_NUMBER = 1 << 53
"""Below it every number arrives as it was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One round of questions that is wanted, to gateways and hosts of the internet."""

    number: int
    """Of this round alone: not of another cut, nor of a panel that ran before."""
    gateways: tuple[str, ...] = ()
    """Addresses; the box's own gateway is asked as well."""
    at: float = 0.0
    """When it is to begin, by the clock of this machine that never steps (CLOCK_MONOTONIC)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the process that asks tells: what it can do, and a round that is over."""

    near: bool
    """There is a card and the right to ask the gateways on it."""
    far: bool
    """There are hosts of the internet to ask, and a card for it."""
    number: int | None = None
    """The round that `round` and `asked` are of."""
    round: Round | None = None
    asked: Asked | None = None


def to_json(told: Told) -> dict[str, Any]:
    """Give *told* as it goes over the socket."""
    given = asdict(told)
    for part in ("round", "asked"):
        for name, value in (given[part] or {}).items():
            if isinstance(value, tuple):
                given[part][name] = [text[:LENGTH] for text in value[:TEXTS]]
    return given


def from_json(given: Mapping[str, Any]) -> Told:
    """Give what came over the socket; raises ValueError for anything else."""
    number, near = given.get("number"), _part(given, "round")
    far = _part(given, "asked")
    if number is not None and not (type(number) is int and 0 <= number < _NUMBER):
        raise ValueError("no round has that number")
    return Told(
        near=_flag(given, "near"),
        far=_flag(given, "far"),
        number=number,
        round=near
        and Round(
            asked=_texts(near, "asked"),
            answered=_texts(near, "answered"),
            controls=_texts(near, "controls"),
            sound=_flag(near, "sound"),
        ),
        asked=far and Asked(answered=_texts(far, "answered"), sent=_texts(far, "sent")),
    )


def _part(given: Mapping[str, Any], name: str) -> Any:
    part = given.get(name)
    if part is not None and not (isinstance(part, dict) and part):
        raise ValueError(f"{name} is nothing that can be told")
    return part


def _flag(given: Mapping[str, Any], name: str) -> bool:
    flag = given.get(name)
    if not isinstance(flag, bool):
        raise ValueError(f"{name} is neither true nor false")  # noqa: TRY004 - one kind of error
    return flag


def _texts(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    texts = given.get(name)
    if not isinstance(texts, list) or len(texts) > TEXTS:
        raise ValueError(f"{name} is no list")
    if not all(isinstance(text, str) and _TEXT.fullmatch(text) for text in texts):
        raise ValueError(f"{name} holds what is no text")
    return tuple(texts)
