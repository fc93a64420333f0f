"""Comparing what a replay says that a device is with what a list states of it. Pure.

A device is one ``event_type: device`` of a replay. Something broader than the truth (a
workstation for a computer that takes images, "Windows" for "Windows 7") is right, only less exact.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from appliance.knowledge.kinds import Kind
from appliance.model import Sureness
from tests.evaluate.truth import Reading, Statement

Device = Mapping[str, Any]

_BROADER = {Kind.ACQUISITION_PC: Kind.WORKSTATION, Kind.NAS: Kind.SERVER}
_FAMILIES = {
    "android": r"android",
    "ios": r"ios",
    "ipados": r"ipados|ios",
    "linux": r"linux|ubuntu|debian|raspberry pi os|dsm",
    "macos": r"macos|mac os x",
    "windows": r"windows",
}
"""How what the box says names each family of systems."""
_WINDOWS = ("2000", "xp", "vista", "7", "8", "8.1", "10", "11")
"""Releases, oldest first."""


class Mark(StrEnum):
    """How good one thing is that was, or was not, said."""

    RIGHT = "right"
    WRONG = "wrong guess"
    SURELY_WRONG = "CONFIDENTLY WRONG"
    SILENT = "nothing said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One thing that is known of a device, beside what was said of it."""

    field: str
    """``kind``, ``maker`` or ``os``"""
    expected: str
    found: str
    sure: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is to be said of one device of a capture."""

    who: str
    scores: tuple[Score, ...] = ()
    unclear: str = ""
    """Why it is not judged; empty when it is."""


def judge(reading: Reading, devices: Sequence[Device]) -> Iterator[Judged]:
    """Judge each statement of *reading* by the *devices* of the replay."""
    if reading.unclear:
        yield Judged(who="", unclear=reading.unclear)
    for statement in reading.statements:
        fits = meant(statement.who, devices)
        if len(fits) == 1:
            (device,) = fits
            who = f"{statement.who or 'the only device'} ({device['mac']})"
            yield Judged(who=who, scores=tuple(score(statement, device)))
        elif statement.who:
            heard = "more than one device has" if fits else "no device was heard with"
            yield Judged(who=statement.who, unclear=f"{heard} {statement.who}")
        else:
            yield Judged(who="", unclear=f"{len(fits)} devices might be meant")


def meant(who: str, devices: Sequence[Device]) -> list[Device]:
    """Give the devices that *who* may mean: an address, or nothing for "all but gateways"."""
    if who:
        return [device for device in devices if who == device["mac"] or who in device["ips"]]
    return [device for device in devices if not device["gateway"]]


def score(statement: Statement, device: Device) -> Iterator[Score]:
    """Compare each thing that *statement* says with what *device* is said to be."""
    claim, sure = statement.claim, device["sure"]
    if claim.kinds:
        kind = "" if device["kind"] == Kind.UNKNOWN else device["kind"]
        right = kind in claim.kinds or kind in {_BROADER.get(each) for each in claim.kinds}
        yield _score("kind", "/".join(sorted(claim.kinds)), kind, sure["kind"], right=right)
    if claim.makers:
        maker = device["maker"]
        right = any(re.search(rf"\b{re.escape(it)}\b", maker.lower()) for it in claim.makers)
        yield _score("maker", claim.makers[0], maker, sure["maker"], right=right)
    if claim.system:
        os = device["os"]
        expected = f"{claim.system} {claim.release}".strip()
        right = is_system(os, claim.system, claim.release)
        yield _score("os", expected, os, sure["os"], right=right)


def _score(field: str, expected: str, found: str, sure: str, *, right: bool) -> Score:
    if not found:
        mark = Mark.SILENT
    elif right:
        mark = Mark.RIGHT
    else:
        mark = Mark.WRONG if sure == Sureness.GUESS else Mark.SURELY_WRONG
    return Score(field=field, expected=expected, found=found, sure=sure, mark=mark)


def is_system(found: str, family: str, release: str) -> bool:
    """Tell whether the words *found* allow for *release* (may be empty) of *family*."""
    lower = found.lower()
    named = re.search(rf"\b(?:{_FAMILIES[family]})\b", lower)
    if not named:
        return False
    if not release:
        return True
    if family == "windows":
        return _is_windows(lower, release)
    spans = list(_spans(re.split(r"/", lower[named.end() :])[0]))
    return not spans or any(low <= float(release) <= high for low, high in spans)


def _is_windows(lower: str, release: str) -> bool:
    """Windows 7 is among "Windows 7 / Vista / Server 2008 (R2)" and "Windows 2000+"."""
    clients = re.sub(r"server[\w .()]*", "", lower)
    named = re.findall(r"(?<![\w.])(2000|xp|vista|7|8\.1|8|10|11)(\+?)(?![\w.])", clients)
    if not named:
        return "server" not in lower
    place = _WINDOWS.index(release)
    return any(it == release or (plus and _WINDOWS.index(it) < place) for it, plus in named)


def _spans(told: str) -> Iterator[tuple[float, float]]:
    """Read ``12``, ``12+``, ``≤ 9`` and ``7-10``; what is behind a point does not count."""
    for found in re.finditer(r"(≤ ?)?(\d+)(?:\.\d+)*(?:-(\d+)(?:\.\d+)*)?(\+)?", told):
        first = float(found[2])
        last = float(found[3] or first)
        yield (0 if found[1] else first), (float("inf") if found[4] else last)


def totals(every: Iterable[Judged]) -> Mapping[str, Mapping[Mark, int]]:
    """Count the marks for each field, and for all together."""
    counts = {field: dict.fromkeys(Mark, 0) for field in ("kind", "maker", "os", "all")}
    for judged in every:
        for each in judged.scores:
            counts[each.field][each.mark] += 1
            counts["all"][each.mark] += 1
    return counts
