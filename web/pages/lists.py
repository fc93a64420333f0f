"""The lists of known bad names and addresses: those in use, where they are from, and one's own.

What is asked here is done by the part that fetches the lists (`appliance.outputs.wishes`), one
thing after the other: an index of a million names is not built beside the pages.
"""

import os
import secrets
from pathlib import Path
from typing import Literal

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance import errands
from appliance.errands import ListsAsked, Outcome
from appliance.lists import own
from appliance.lists.entry import entry
from appliance.lists.noted import MOST
from appliance.lists.offers import offers
from appliance.texts import say
from web import forms, shelves
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.speech import language
from web.wording import known

blueprint = Blueprint("lists", __name__, url_prefix="/lists")

WITHIN = 900.0
"""Seconds after which what was asked should be done (``vigie-lists-asked.service``)."""

A_PAGE = 10
"""Own entries on a page."""

COMMAND = "sudo vigie lists trust ….pem"
"""By which somebody's bundles are taken from then on: not by a click."""


@blueprint.get("")
def page() -> str:
    """Show the lists."""
    return _page()


@blueprint.post("/feed")
def turn() -> ResponseReturnValue:
    """Ask for a feed to be turned on, or off."""
    name, on = forms.line("name", 100), bool(request.form.get("on"))
    offer = offers().get(name)
    if on and (offer is None or not (offer.clear or request.form.get("read"))):
        flash(say(language(), "lists_page.read_first"), "mistake")
        return _back()
    return _ask("turn-on" if on else "turn-off", name=name)


@blueprint.post("/noted/add")
def note_one() -> ResponseReturnValue:
    """Ask for a name or an address to be noted."""
    typed, why = forms.line("entry", 300), forms.line("why", 120)
    try:
        entry(typed)
    except ValueError:
        flash(say(language(), "lists_page.no_entry", typed=typed[:60]), "mistake")
        return _back()
    if not why:
        flash(say(language(), "lists_page.no_why"), "mistake")
        return _back()
    return _ask("note", entry=typed, why=why)


@blueprint.post("/noted/remove")
def forget() -> ResponseReturnValue:
    """Ask for what is noted to be taken away."""
    return _ask("forget", entry=forms.line("entry", 300))


@blueprint.post("/remove")
def remove() -> ResponseReturnValue:
    """Ask for a list to be taken away."""
    return _ask("remove", name=forms.line("name", 100))


@blueprint.post("/send")
def take() -> ResponseReturnValue:
    """Lay a list that was sent, or a signed bundle of them, where it is taken."""
    sent = request.files.get("file")
    written = getattr(sent.stream, "name", None) if sent else None
    if sent is None or not sent.filename or not isinstance(written, str):
        flash(say(language(), "lists_page.nothing_sent"), "mistake")
        return _back()
    if _waits():
        return _busy()
    place = errands.folder(here().config) / errands.LIST
    sent.stream.flush()
    try:
        os.fchmod(sent.stream.fileno(), 0o640)  # another part reads it
        os.fsync(sent.stream.fileno())
        place.unlink(missing_ok=True)
        os.link(written, place)
    except OSError as error:
        why = error.strerror or str(error)
        flash(say(language(), "lists_page.refused.not_kept", why=why), "mistake")
        return _back()
    return _ask("take", name=Path(sent.filename).name[-100:])


What = Literal["turn-on", "turn-off", "note", "forget", "remove", "take"]


def _ask(what: What, **named: str) -> ResponseReturnValue:
    """Ask for one thing, unless another is still to be done."""
    person, box = asking() or abort(401), here()
    if _waits():
        return _busy()
    asked = ListsAsked(id=secrets.token_hex(8), at=box.now(), what=what, **named)
    try:
        errands.ask_lists(box.config, asked)
    except OSError as error:
        why = error.strerror or str(error)
        flash(say(language(), "lists_page.refused.not_kept", why=why), "mistake")
        return _back()
    note(person.name, "lists", " ".join((what, *named.values())))
    flash(say(language(), "lists_page.asked"))
    return _back()


def _busy() -> ResponseReturnValue:
    flash(say(language(), "lists_page.busy"), "mistake")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("lists.page"), 303)


def _waits() -> bool:
    """Tell whether something asked lately is still to be done."""
    box = here()
    asked, told = errands.lists_asked(box.config), errands.outcome(box.config, "lists")
    undone = asked is not None and (told is None or told.asked != asked.id)
    return undone and asked is not None and box.now() - asked.at < WITHIN


def _late() -> bool:
    """Tell whether what was asked should long be done."""
    box = here()
    asked, told = errands.lists_asked(box.config), errands.outcome(box.config, "lists")
    return asked is not None and (told is None or told.asked != asked.id) and not _waits()


def _page() -> str:
    box = here()
    folder = box.config.state / "lists"
    shown, told = shelves.shown(folder), errands.outcome(box.config, "lists")
    pages = max(1, -(-len(shown.own) // A_PAGE))
    at = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "lists.html",
        lines=list(shelves.lines(shown.state)),
        feeds=shelves.feeds(shown.state),
        noted=shown.own[(at - 1) * A_PAGE : at * A_PAGE],
        how_many=len(shown.own),
        most=MOST,
        no_room=len(shown.own) >= MOST,
        at=at,
        pages=pages,
        damaged=shown.damaged,
        waits=_waits(),
        late=_late(),
        told=told,
        **_words(language(), told),
        trusted=shelves.trusted(folder),
        serial=shown.state.serial,
        megabytes=own.LARGEST >> 20,
        command=COMMAND,
    )


def _words(tongue: str, told: Outcome | None) -> dict[str, str]:
    """Say what became of what was asked last, and in the program's own words what is wrong."""
    if told is None:
        return {"words": "", "detail": ""}
    table = "done" if told.state == "done" else "refused"
    try:
        words = say(tongue, f"lists_page.{table}.{told.key}", **told.words)
    except KeyError:
        words = known(tongue, f"lists_page.{told.state}_somehow")
    return {"words": words, "detail": told.words.get("why", "") if told.key == "unusable" else ""}
