"""Comparing what a replay said with what the collection expects of that capture. Pure.

An expectation is free text; three things in it are judged: ``alert:KIND`` or ``alert:KIND/KIND``
(any of them will do), ``silent`` (neither warning nor danger) and ``no high-severity alert`` (no
danger). What is marked optional is no miss. Which detector's alert fits a kind stands in
``expected.toml``; it must name the host that the list names.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

UNKNOWN = "no detector is for this"


@dataclass(frozen=True, slots=True)
class Kind:
    """What the lists call an attack."""

    detectors: tuple[str, ...]
    """Whose alerts fit."""
    needs: str
    """What a capture must show for that."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert of a replay."""

    detector: str
    severity: str
    hosts: frozenset[str] = frozenset()
    """Addresses of all that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """How one replay went."""

    status: int | None
    """Exit status; None when it had to be stopped."""
    seconds: float
    alerts: tuple[Raised, ...] = ()
    devices: tuple[Mapping[str, Any], ...] = ()
    """What was said of each device."""
    said: str = ""
    """What it wrote to its error output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """Something expected that no alert said."""

    kinds: str
    """``beacon/c2``"""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be said of one capture."""

    broken: str = ""
    """Why this is neither a reading nor a clear refusal; empty when it is one."""
    refused: bool = False
    found: tuple[str, ...] = ()
    """Of what is expected, what a fitting alert said of the right host."""
    missed: tuple[Miss, ...] = ()
    must_be_quiet: bool = False
    false: tuple[str, ...] = ()
    """Alerts where there must be none."""

    @property
    def is_attack(self) -> bool:
        """The capture holds something that must be told."""
        return bool(self.found or self.missed)


@cache
def kinds() -> Mapping[str, Kind]:
    """Load ``expected.toml``."""
    table = tomllib.loads(Path(__file__).with_name("expected.toml").read_text("utf-8"))
    return {name: Kind(tuple(row["detectors"]), row["needs"]) for name, row in table.items()}


def judge(expected: str, host: str, reply: Reply) -> Verdict:
    """Give the verdict on a capture that *expected* describes; empty *host*: any will do."""
    broken = breakage(reply)
    if broken or reply.status:
        return Verdict(broken=broken, refused=not broken)
    told = {each.detector for each in reply.alerts if not host or host in each.hosts}
    found, missed = [], []
    for names in wanted(expected):
        known = [kinds()[name] for name in names.split("/") if name in kinds()]
        if any(told.intersection(kind.detectors) for kind in known):
            found.append(names)
        else:
            why = "; or ".join(f"needs {kind.needs}" for kind in known) or UNKNOWN
            missed.append(Miss(kinds=names, why=why))
    grave = forbidden(expected)
    return Verdict(
        found=tuple(found),
        missed=tuple(missed),
        must_be_quiet=bool(grave),
        false=tuple(f"{it.detector} {it.severity}" for it in reply.alerts if it.severity in grave),
    )


def breakage(reply: Reply) -> str:
    """Tell why *reply* is neither status 0 nor status 2 with one clear sentence."""
    if reply.status is None:
        return f"did not end within {reply.seconds:.0f} s"
    if "Traceback" in reply.said:
        return reply.said.strip().splitlines()[-1]
    if reply.status not in {0, 2}:
        return f"ended with status {reply.status}"
    if reply.status and len(reply.said.strip().splitlines()) != 1:
        return "refused, but not in one sentence"
    return ""


def wanted(expected: str) -> tuple[str, ...]:
    """Give the kinds of alert that must be raised, alternatives joined by a slash."""
    parts = (part for part in re.split(r"[;,]", expected) if "optional" not in part)
    spelt = r"alert:([a-z0-9-]+(?:/[a-z0-9-]+)*)"
    return tuple(names for part in parts for names in re.findall(spelt, part))


def forbidden(expected: str) -> frozenset[str]:
    """Give the severities that must not be raised."""
    if "no high-severity alert" in expected:
        return frozenset({"danger"})
    parts = [part.strip() for part in expected.split(";")]
    quiet = any(re.match(r"silent\b", part) for part in parts) and not wanted(expected)
    return frozenset({"warning", "danger"} if quiet else ())


def totals(verdicts: Iterable[tuple[str, Verdict]]) -> Mapping[str, tuple[int, int]]:
    """Give for each category in how many attacks something expected was told, and in how many not.

    *verdicts* are pairs of a capture's category and the verdict on it.
    """
    counts: dict[str, list[int]] = {}
    for category, verdict in verdicts:
        if verdict.is_attack:
            counts.setdefault(category, [0, 0])[not verdict.found] += 1
    return {category: (told, untold) for category, (told, untold) in sorted(counts.items())}
