"""The version in use, and another one sent to the box, which the page neither judges nor touches.

What is sent is laid where the part that has the right takes it (`appliance.errands`); that part
alone judges it. While it works the pages start anew, and this one then says what became of it.
"""

import os
from importlib.metadata import version

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance import errands
from appliance.durations import HOUR
from appliance.errands import Outcome
from appliance.texts import say
from appliance.update.builds import BASE, Builds
from web.access.large import LARGEST
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.speech import language
from web.wording import known

blueprint = Blueprint("update", __name__, url_prefix="/update")

WITHIN = HOUR
"""Seconds after which what was begun is over, or was interrupted (``vigie-update.service``)."""


@blueprint.get("")
def page() -> str:
    """Show which version is in use, and what became of the last one sent."""
    box, builds = here(), Builds()
    told = errands.outcome(box.config, "update")
    return render_template(
        "update.html",
        version=version("vigie"),
        current=builds.current,
        since=_since(),
        former=builds.former if builds.former != builds.current else "",
        waits=(errands.folder(box.config) / errands.BUNDLE).exists(),
        told=told,
        words=_words(language(), told, box.now()),
        works=told is not None and _works(told, box.now()),
        most=LARGEST >> 20,
        command="sudo vigie update vigie-….bundle",
    )


@blueprint.post("/send")
def take() -> ResponseReturnValue:
    """Lay what was sent where the part that has the right finds it."""
    person, tongue = asking() or abort(401), language()
    sent = request.files.get("bundle")
    written = getattr(sent.stream, "name", None) if sent else None
    if sent is None or not sent.filename or not isinstance(written, str):
        flash(say(tongue, "update_page.nothing_sent"), "mistake")
        return redirect(url_for("update.page"), 303)
    place = errands.folder(here().config) / errands.BUNDLE
    sent.stream.flush()
    try:
        os.fsync(sent.stream.fileno())
        os.link(written, place)
    except FileExistsError:
        flash(say(tongue, "update.busy"), "mistake")
    except OSError as error:
        flash(say(tongue, "update.not_done", why=error.strerror or str(error)), "mistake")
    else:
        note(person.name, "update", sent.filename[:100])
        flash(say(tongue, "update_page.sent"))
    return redirect(url_for("update.page"), 303)


def _since() -> float | None:
    """Give since when the build in use is: its link is as old as that."""
    try:
        return (BASE / "current").lstat().st_mtime
    except OSError:
        return None


def _works(told: Outcome, now: float) -> bool:
    return told.state == "begun" and now - told.at < WITHIN


def _words(tongue: str, told: Outcome | None, now: float) -> str:
    """Say what became of it, in the reader's language; one of a later version only that it did."""
    if told is None:
        return say(tongue, "update_page.never")
    if told.state == "begun":
        return say(tongue, "update_page.works" if _works(told, now) else "update_page.broken_off")
    try:
        return say(tongue, f"update.{told.key}", **told.words)
    except KeyError:
        return known(tongue, f"update_page.{told.state}")
