"""Server-sent events: a line to the browser whenever there is something new to show.

The stream says only *that* something changed; the page then asks for itself again, with the
rights of whoever is signed in. One thread serves one stream, so there are few, and each ends
after some minutes; the browser comes back by itself and says what it saw last.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import BoundedSemaphore

from flask import Blueprint, Response, current_app, g, request

from appliance.sight import alive
from web.access.sessions import asking
from web.box import Box, here
from web.picture import Picture, look, or_none
from web.speech import picture
from web.steps import trial

AT_ONCE = 8
"""Streams at once; the server has twice as many threads."""

LASTS = 240.0
"""Seconds after which a stream ends."""

EVERY = 1.0
"""Seconds between two looks."""

HEARTBEAT = 5.0
"""Seconds after which an idle stream says something: each side notices that the other is gone."""

HERE = "event: here\ndata:\n\n"
"""What it says then."""

BACK_SOON = 1000
BACK_LATER = 15_000
"""Milliseconds after which the browser comes back: after an end, and when there is no room."""

_NO_PAGES = (None, "api", "events", "watching")
"""Blueprints whose answers are no pages; None: files that never change."""

blueprint = Blueprint("events", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """The places for streams, and how to wait between two looks."""

    places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))
    wait: Callable[[float], None] = time.sleep


@blueprint.before_app_request
def note() -> None:
    """Take the mark before a page is made; it says it when it asks for the stream.

    So what changes while the page is made, or before its stream begins, is told as well.
    """
    if request.method == "GET" and request.blueprint not in _NO_PAGES and asking():
        g.mark = mark(here(), picture())


@blueprint.get("/events")
def stream() -> Response:
    """Send a line for each change, for some minutes."""
    streams: Streams = current_app.extensions["streams"]
    if not streams.places.acquire(blocking=False):
        return _answer([f"retry: {BACK_LATER}\nevent: change\ndata:\n\n"])
    seen = request.headers.get("Last-Event-ID") or request.args.get("seen")
    response = _answer(changes(here(), streams.wait, seen))
    response.call_on_close(streams.places.release)
    return response


def changes(box: Box, wait: Callable[[float], None], seen: str | None) -> Iterator[str]:
    """Yield a line for each change since the mark *seen*; None stands for "as it is now"."""
    yield f"retry: {BACK_SOON}\n\n"
    until = said = box.now()
    until += LASTS
    last = seen or mark(box, look(box.panel))
    while (now := box.now()) < until:
        fresh = mark(box, look(box.panel))
        if fresh != last:
            last, said = fresh, now
            yield f"id: {fresh}\nevent: change\ndata:\n\n"
        elif now - said >= HEARTBEAT:
            said = now
            yield HERE
        wait(EVERY)


def mark(box: Box, seen: Picture) -> str:
    """Give a mark that changes when a page would look different; *seen* is what the panel says.

    What the panel has asked on the network is new every few seconds of a cut, and on no page.
    """
    health = or_none(box.reader.health)
    told = (
        or_none(box.reader.changed),
        seen.status and replace(seen.status, question=None),
        alive(health, box.now()),
        health and (health.seeing, health.why, health.learning, health.faults),
        health and health.clock_unset > 0,
        health and (health.unicast_of_others, health.both_directions, health.internet_side),
        trial(box),
    )
    return sha256(repr(told).encode()).hexdigest()[:16]


def _answer(lines: Iterator[str] | list[str]) -> Response:
    return Response(lines, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})
