"""An incident: opened by whoever sees it, led through step by step, closed by a technician."""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.dossier.evidence import Kept, last_kept
from appliance.durations import DAY
from appliance.incidents import TEXT, Incident, Origin, Wrote
from appliance.knowledge.authorities import stated
from appliance.packets import handed_over, place
from appliance.store.incidents import NoRoomError
from appliance.texts import say
from web import format as form
from web import forms
from web.access.sessions import asking
from web.box import here
from web.guide import guide, may_tick
from web.keeping import keep_now
from web.picture import or_none
from web.reliance import reliances
from web.speech import language

blueprint = Blueprint("incident", __name__, url_prefix="/incident")

YEAR = 366 * DAY
"""Seconds: nobody knew longer ago than that and only tells now."""

TICKS = {each.value: each for each in (Wrote.DONE, Wrote.SKIPPED, Wrote.UNDONE)}


@blueprint.get("")
def page() -> ResponseReturnValue:
    """Lead to the incident that is open; else offer to open one, and list those of before."""
    held = here().reader.open_incident()
    if held is not None:
        return redirect(url_for("incident.one", identifier=held.id), 303)
    return render_template(
        "incident_start.html",
        before=here().reader.incidents(),
        origin=request.args.get("from", Origin.HAND.value),
        subject=request.args.get("subject", "")[:64],
    )


@blueprint.post("/new/open")
def open() -> ResponseReturnValue:  # noqa: A001 - the endpoint's name
    """Open an incident, and keep its evidence at once."""
    person = asking() or abort(401)
    origin, subject = _subject(forms.line("from", 20), forms.line("subject", 64))
    held = here().office.open_incident(
        author=person.name, origin=origin, subject=subject, why=forms.line("why", 200)
    )
    _keep(held)
    return redirect(url_for("incident.one", identifier=held.id), 303)


@blueprint.get("/<identifier>")
def one(identifier: str) -> str:
    """Show the step to be done, or the one asked for."""
    box, held = here(), _incident(identifier)
    tongue = language()
    shown = guide(box.reader, held, request.args.get("step", ""))
    kept: Kept | None = last_kept(box.config.state, held)
    return render_template(
        "incident.html",
        guide=shown,
        incident=held,
        kept=kept,
        packets=_packets(held),
        reliances=or_none(lambda: reliances(box.reader.devices())) or [],
        stated=form.day(tongue, stated()),
        clocks=_clock(held, tongue),
    )


@blueprint.post("/<identifier>/step")
def step(identifier: str) -> ResponseReturnValue:
    """Note that a step was done, put off, or not done after all."""
    key, what = forms.line("key", 40), TICKS.get(request.form.get("what", ""))
    if what is None or not may_tick(key):
        abort(400)
    if _add(identifier, what, key):
        text = forms.line("text", TEXT)
        if text and key == "lessons":
            _add(identifier, Wrote.ANSWER, key, text)
    back = "back" if key.startswith("back_") else None
    return redirect(url_for("incident.one", identifier=identifier, step=back), 303)


@blueprint.post("/<identifier>/known")
def know(identifier: str) -> ResponseReturnValue:
    """Note when the practice first knew: a person says it, and the clocks run from there."""
    now = here().now()
    try:
        at = datetime.fromisoformat(request.form.get("at", "")[:32]).astimezone().timestamp()
    except (ValueError, OverflowError, OSError):
        at = now + DAY
    if not now - YEAR < at <= now:
        flash(say(language(), "incident.known_wrong"), "mistake")
        return redirect(url_for("incident.one", identifier=identifier, step="known"), 303)
    if _add(identifier, Wrote.KNOWN, text=str(at)):
        _add(identifier, Wrote.DONE, "known")
    return redirect(url_for("incident.one", identifier=identifier), 303)


@blueprint.post("/<identifier>/note")
def write(identifier: str) -> ResponseReturnValue:
    """Keep what somebody writes down."""
    text = forms.line("text", TEXT)
    if text and _add(identifier, Wrote.NOTE, text=text):
        flash(say(language(), "incident.noted"))
    asked = request.form.get("step") or None
    return redirect(url_for("incident.one", identifier=identifier, step=asked), 303)


@blueprint.post("/<identifier>/close")
def close(identifier: str) -> ResponseReturnValue:
    """Close the incident; its evidence is kept a last time."""
    held = _incident(identifier)
    _keep(held)
    if _add(identifier, Wrote.CLOSED):
        keep_now(here(), _incident(identifier))
        flash(say(language(), "incident.closed_now"))
    return redirect(url_for("incident.one", identifier=identifier), 303)


def _incident(identifier: str) -> Incident:
    return here().reader.incident(identifier) or abort(404)


def _subject(origin: str, subject: str) -> tuple[Origin, str]:
    """Give what an incident is opened from; what does not exist is a person's word."""
    reader = here().reader
    if origin == Origin.ALERT and reader.alert(subject):
        return Origin.ALERT, subject
    if origin == Origin.CASE and reader.case(subject):
        return Origin.CASE, subject
    return (Origin.ISOLATION if origin == Origin.ISOLATION else Origin.HAND), ""


def _add(identifier: str, what: Wrote, key: str = "", text: str = "") -> bool:
    """Add to the incident; where it takes nothing more, say so."""
    person = asking() or abort(401)
    _incident(identifier)
    try:
        here().office.add_to_incident(identifier, author=person.name, what=what, key=key, text=text)
    except NoRoomError:
        flash(say(language(), "incident.full"), "mistake")
        return False
    return True


def _packets(held: Incident) -> int | None:
    """Give how many packets are among the evidence; None where none were handed over."""
    found = handed_over(place(here().config.state, held.id))
    return sum(each.packets for _, each in found) if found else None


def _keep(held: Incident) -> None:
    if why := keep_now(here(), held):
        flash(say(language(), "incident.not_kept", why=why), "mistake")


def _clock(held: Incident, tongue: str) -> str:
    """Say how long the two clocks still run."""
    now = here().now()
    if held.due_at is None:
        return say(tongue, "incident.clock_none")
    until = form.moment(tongue, held.due_at, now)
    if held.due_at <= now:
        return say(tongue, "incident.clock_over", until=until)
    return say(tongue, "incident.clock", span=form.span(tongue, held.due_at - now), until=until)
