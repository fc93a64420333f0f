"""The first page: how the practice is, what to do now, and what is going on."""

from collections import Counter
from dataclasses import dataclass, replace

from flask import Blueprint, render_template

from appliance.incidents import OPEN_WHY
from appliance.model import AlertState, Health, Level, Trust
from appliance.texts import say
from web import day, progress, sight
from web.access.sessions import asking
from web.box import here
from web.day import Day
from web.folding import fold
from web.format import span
from web.picture import Picture, or_none
from web.speech import language, picture
from web.stories import alone, stories, worst_first
from web.waiting import messages
from web.wording import Names, Told, known, tell

blueprint = Blueprint("overview", __name__)

OPEN = (AlertState.OPEN,)

SHOWN = 5
"""Open cases and alerts on this page."""

ON_LINE = 600.0
"""Seconds without a sign after which a device is not on line any more: most speak each minute, and
what sleeps renews its address or asks for a name within ten."""

COUNTED = 200
"""Open alerts that are counted; more are told as that many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What the state comes to, and the one next step."""

    sentence: str
    next: str


@blueprint.get("/")
def page() -> str:
    """Show how the practice is."""
    box, tongue, now = here(), language(), here().now()
    devices = or_none(box.reader.devices)
    names = Names.of(devices or ())
    found = or_none(lambda: box.reader.alerts(states=OPEN, limit=COUNTED))
    told = or_none(lambda: stories(box.reader, OPEN, tongue, names)) or ()
    lone = ((alert, tell(tongue, alert, names)) for alert in alone(found or (), told))
    lines = worst_first(fold(lone, devices or ()), told)
    health = _health()
    quiet = _quiet(now) if not lines else None
    counts = Counter(device.trust for device in devices or ())
    return render_template(
        "overview.html",
        says=says(tongue, picture(), health, lines[0].words if lines else None, quiet),
        lines=None if found is None else lines[:SHOWN],
        more=sum(1 + len(line.after) for line in lines[SHOWN:]),
        sight=(*sight.checks(tongue, health, now), *sight.faults(tongue, picture().status)),
        messages=messages(),
        set_up=progress.load(box.config),
        day=_day(tongue, now),
        on_line=sum(now - device.last_at < ON_LINE for device in devices or ()),
        devices=None if devices is None else [(each.value, counts[each]) for each in _ORDER],
    )


def says(
    tongue: str,
    seen: Picture,
    health: Health | None,
    worst: Told | None,
    quiet: float | None,
) -> Says:
    """Give the sentence under the state, and the next step; *quiet* is for how many seconds."""
    key = f"state.{seen.state}"
    sentence, step = say(tongue, f"{key}.sentence", since=""), say(tongue, f"{key}.next")
    why = known(tongue, seen.status.light_why) if seen.status else ""
    dealt_with = seen.status is not None and seen.status.light_why == OPEN_WHY
    match seen.state:
        case Level.WELL:
            since = "quiet" if quiet is None else "sentence"
            length = span(tongue, quiet or 0.0)
            return Says(sentence=say(tongue, f"{key}.{since}", since=length), next=step)
        case Level.LOOK | Level.DANGER if worst and not dealt_with:
            return Says(sentence=worst.title, next=worst.advice)
        case Level.ISOLATED_UNPROVEN if seen.status and seen.status.told == "other_exit":
            return Says(sentence=say(tongue, seen.cut_title), next=say(tongue, seen.cut_sentence))
        case Level.BLIND:
            cause = (health and sight.health_words(tongue, health.why)) or why
            return Says(sentence=cause or sentence, next=step)
        case Level.LOOK | Level.DANGER:
            step = say(tongue, "state.look.incident") if dealt_with else step
            return Says(sentence=why or sentence, next=step)
        case _:
            return Says(sentence=sentence, next=step)


def _health() -> Health | None:
    """Give how the box sees; of the clock only the technician is told, who can have it set."""
    health, person = or_none(here().reader.health), asking()
    if health is None or (person is not None and person.technician):
        return health
    return replace(health, clock_unset=0.0)


def _day(tongue: str, now: float) -> Day | None:
    steps = or_none(lambda: here().reader.outside_traffic(since=day.begin(now), until=now))
    return None if steps is None else day.drawn(tongue, steps, now)


_ORDER = (Trust.UNKNOWN, Trust.LEARNT, Trust.APPROVED)


def _quiet(now: float) -> float | None:
    """Give for how long nothing was seen: since the latest alert, None when there never was one."""
    reader = here().reader
    latest = or_none(lambda: reader.alerts(limit=1))
    return now - latest[0].last_at if latest else None
