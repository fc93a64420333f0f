"""The alerts: the list, one of them in words and with its proof, and what people decide of it."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.decisions import Decision, Verdict
from appliance.model import Alert, AlertState
from appliance.texts import say
from web import forms
from web.access.sessions import Person, asking
from web.audit import note
from web.box import here
from web.folding import fold
from web.picture import or_none
from web.quieting import SPANS, call_normal, sides
from web.speech import language
from web.stories import alone, stories
from web.wording import Names, tell, titled, who

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")

PER_PAGE = 50

STATES = {
    "open": (AlertState.OPEN,),
    "normal": (AlertState.NORMAL,),
    "closed": (AlertState.CLOSED,),
    "all": tuple(AlertState),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the list wants to see."""

    state: str


@blueprint.get("")
def page() -> str:
    """Show the list."""
    reader, tongue = here().reader, language()
    state = request.args.get("state", "open")
    if state not in STATES:
        abort(404)
    before = request.args.get("before")
    found = or_none(lambda: reader.alerts(states=STATES[state], limit=PER_PAGE + 1, before=before))
    devices = or_none(reader.devices) or ()
    names = Names.of(devices)
    told = or_none(lambda: stories(reader, STATES[state], tongue, names)) or ()
    listed = (found or ())[:PER_PAGE]
    lone = ((alert, tell(tongue, alert, names)) for alert in alone(listed, told))
    return render_template(
        "alerts.html",
        asked=Asked(state=state),
        states=STATES,
        shown=None if found is None else fold(lone, devices),
        stories=() if before else told,
        older=listed[-1].id if found and len(found) > PER_PAGE else None,
    )


@blueprint.get("/<identifier>")
def one(identifier: str) -> str:
    """Show one alert."""
    reader, tongue = here().reader, language()
    alert = _alert(identifier)
    names = Names.of(reader.devices())
    cases = (case for case in reader.cases() if alert.id in case.alerts)
    about = [decision for decision in reader.decisions() if _is_about(decision, alert)]
    return render_template(
        "alert.html",
        alert=alert,
        case=next(cases, None),
        words=tell(tongue, alert, names),
        about=who(alert, names),
        device=reader.device(alert.about),
        proof=list(_proof(alert, tongue)),
        decisions=about[::-1],
        spans=SPANS,
        sides=[(peer, names.name(peer)) for peer in sides(alert)],
        more_sides="" in alert.peers[:-1],
    )


@blueprint.post("/<identifier>/close")
def close(identifier: str) -> ResponseReturnValue:
    """Note that the alert has been dealt with."""
    alert, person = _alert(identifier), _person()
    reason = forms.line("reason", 200)
    here().office.decide(
        author=person.name, verdict=Verdict.CLOSE, alert=identifier, mac=alert.about, reason=reason
    )
    note(person.name, "decide", f"close {identifier}")
    flash(say(language(), "alert.closed"))
    return redirect(url_for("alerts.page"), 303)


@blueprint.post("/<identifier>/normal")
def normal(identifier: str) -> ResponseReturnValue:
    """Note that what the alert says is normal here."""
    alert, person = _alert(identifier), _person()
    reason, days = forms.line("reason", 200), request.form.get("days", 0, type=int)
    peer = request.form.get("peer", "")
    if not reason:
        flash(say(language(), "alert.no_reason"), "mistake")
        return redirect(url_for("alerts.one", identifier=identifier), 303)
    try:
        call_normal(alert, author=person.name, reason=reason, days=days, peer=peer)
    except ValueError:
        abort(400)
    if _alert(identifier).state is AlertState.OPEN:
        flash(say(language(), "alert.still_open"))
        return redirect(url_for("alerts.one", identifier=identifier), 303)
    flash(say(language(), "alert.made_normal"))
    return redirect(url_for("alerts.page"), 303)


def _alert(identifier: str) -> Alert:
    return here().reader.alert(identifier) or abort(404)


def _person() -> Person:
    return asking() or abort(401)


def _is_about(decision: Decision, alert: Alert) -> bool:
    if decision.verdict is Verdict.CLOSE:
        return decision.alert == alert.id
    return decision.detector == alert.detector and decision.mac == alert.about


def _proof(alert: Alert, tongue: str) -> list[tuple[str, str]]:
    """Give the bare facts, for the technician."""
    rows = [
        ("detector", f"{alert.detector}: {titled(tongue, alert.detector)}"),
        ("mac", alert.about),
        ("src_ip", alert.src_ip or ""),
        ("dest_ip", alert.dest_ip or ""),
        ("attack", ", ".join(alert.attack)),
        ("id", alert.id),
    ]
    named = [(say(tongue, f"proof.{key}"), value) for key, value in rows if value]
    return [*named, *((key, value) for key, value in alert.words.items() if value)]
