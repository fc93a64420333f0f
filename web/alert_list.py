"""The list of alerts: a page of it, and what there is to choose among."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from flask import request

from appliance.model import Device, Mac, Severity
from appliance.store import Number, Page, Sift, Sifted
from appliance.texts import say
from web.box import here
from web.folding import alike, fold
from web.format import counted
from web.roster import Roster, rosters
from web.sifting import SHELVES, Asked, sift
from web.stories import Line, newest_first, told, worst_first
from web.wording import Names, tell, titled

PER_PAGE = 50
"""Alerts on a page that are in no case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something the list can be limited to."""

    value: str
    name: str
    number: int = 0
    """How many alerts that would show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A filter that is in use."""

    name: str
    without: Mapping[str, str]
    """The query that leaves it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of the list."""

    lines: tuple[Line, ...]
    seen: frozenset[str]
    """Ids of alerts that somebody has looked at."""
    found: int
    """Alerts that are wanted, on all pages."""
    hidden: int
    """Alerts that stand in the same state, where the filters leave nothing."""
    page: int
    pages: int
    states: tuple[Choice, ...]
    severities: tuple[Choice, ...]
    detectors: tuple[Choice, ...]
    devices: tuple[Choice, ...]
    chosen: tuple[Chosen, ...]


def listed(wanted: Asked, every: Roster, tongue: str) -> Listed:
    """Give the page of the list that the address asks for; raises StoreTrouble."""
    question, names = sift(wanted, every, tongue), rosters().names(every.devices)
    page = max(1, request.args.get("page", 1, type=int))
    found = _page(question, page)
    whole = sum(one.number for one in found.numbers if wanted.fits(one))
    inside = sum(len(alerts) for _, alerts in found.cases)
    pages = max(1, -(-(whole - inside) // PER_PAGE))
    if page > pages:
        page, found = pages, _page(question, pages)
    return Listed(
        lines=tuple(_lines(found, page, wanted, every.devices, names, tongue)),
        seen=found.seen,
        found=whole,
        hidden=_hidden(wanted) if wanted.any and not whole else 0,
        page=page,
        pages=pages,
        states=tuple(
            Choice(value=state, name=say(tongue, f"alerts.state.{state}"), number=count)
            for state, count in _by_state(found.numbers, wanted)
        ),
        severities=tuple(_severities(found.numbers, wanted, tongue)),
        detectors=tuple(_detectors(found.numbers, wanted, tongue)),
        devices=tuple(_devices(found.devices, wanted, names)),
        chosen=tuple(_chosen(wanted, names, tongue)),
    )


def _page(question: Sift, page: int) -> Sifted:
    return here().reader.sift(question, Page(start=(page - 1) * PER_PAGE, length=PER_PAGE))


def _hidden(wanted: Asked) -> int:
    """Count what stands in the state that is asked for, whatever else is asked for."""
    plain = Asked(state=wanted.state)
    found = here().reader.sift(SHELVES[wanted.state], Page(length=0))
    return sum(one.number for one in found.numbers if plain.fits(one))


def _lines(  # noqa: PLR0913, PLR0917 - what a list is made of
    found: Sifted,
    page: int,
    wanted: Asked,
    devices: Collection[Device],
    names: Names,
    tongue: str,
) -> list[Line]:
    """Give cases, on the first page, and alerts that stand alone."""
    cases = told(found.cases, tongue, names) if page == 1 else ()
    alone = ((alert, tell(tongue, alert, names)) for alert in found.alerts)
    lone = alike(fold(alone, devices), devices)
    return newest_first(lone, cases) if wanted.newest else worst_first(lone, cases)


def _by_state(numbers: Iterable[Number], wanted: Asked) -> Iterable[tuple[str, int]]:
    fitting = [one for one in numbers if wanted.fits(one, but="state")]
    for state in SHELVES:
        there = replace(wanted, state=state)
        yield state, sum(one.number for one in fitting if there.fits(one))


def _severities(numbers: Iterable[Number], wanted: Asked, tongue: str) -> Iterable[Choice]:
    counts = _counts(numbers, wanted, "severity", lambda one: one.severity.name.lower())
    for severity in sorted(Severity, reverse=True):
        value = severity.name.lower()
        name = say(tongue, f"severity.{value}")
        yield Choice(value=value, name=name, number=counts.get(value, 0))


def _detectors(numbers: Iterable[Number], wanted: Asked, tongue: str) -> list[Choice]:
    counts = _counts(numbers, wanted, "detector", lambda one: one.detector)
    if wanted.detector:
        counts.setdefault(wanted.detector, 0)
    found = (
        Choice(value=detector, name=titled(tongue, detector), number=count)
        for detector, count in counts.items()
    )
    return sorted(found, key=lambda one: one.name.casefold())


def _counts(
    numbers: Iterable[Number], wanted: Asked, what: str, value: Callable[[Number], str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in numbers:
        if wanted.fits(one, but=what):
            found[value(one)] = found.get(value(one), 0) + one.number
    return found


def _devices(macs: Iterable[Mac], wanted: Asked, names: Names) -> list[Choice]:
    every = dict.fromkeys((*macs, *([Mac(wanted.device)] if wanted.device else ())))
    found = (Choice(value=mac, name=names.device(mac)) for mac in every)
    return sorted(found, key=lambda one: one.name.casefold())


def _chosen(wanted: Asked, names: Names, tongue: str) -> Iterable[Chosen]:
    said = {
        "q": say(tongue, "sift.quoted", words=wanted.words),
        "severity": say(tongue, f"severity.{wanted.severity or 'notice'}"),
        "detector": titled(tongue, wanted.detector),
        "device": names.name(wanted.device),
        "days": counted(tongue, "past_days", wanted.days or 1),
    }
    for key in wanted.query:
        if key in said:
            yield Chosen(name=said[key], without=wanted.without(key))
