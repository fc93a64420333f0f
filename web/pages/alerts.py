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
from web.folding import alone, folds
from web.format import DAY
from web.picture import or_none
from web.speech import language
from web.wording import Names, tell, titled

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")

PER_PAGE = 50

STATES = {
    "open": (AlertState.OPEN,),
    "normal": (AlertState.NORMAL,),
    "closed": (AlertState.CLOSED,),
    "all": tuple(AlertState),
}

SPANS = (7, 30, 90, 365, 0)
"""Days for which something can be called normal; 0 stands for good."""


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
    names = Names.of(or_none(reader.devices) or ())
    folded = or_none(lambda: folds(reader, STATES[state], tongue, names)) or ()
    listed = (found or ())[:PER_PAGE]
    shown = alone(listed, folded)
    return render_template(
        "alerts.html",
        asked=Asked(state=state),
        states=STATES,
        shown=None if found is None else [(alert, tell(tongue, alert, names)) for alert in shown],
        folded=() if before else folded,
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
        about=names.device(alert.about),
        device=reader.device(alert.about),
        proof=list(_proof(alert, tongue)),
        decisions=about[::-1],
        spans=SPANS,
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
    if days not in SPANS:
        abort(400)
    if not reason:
        flash(say(language(), "alert.no_reason"), "mistake")
        return redirect(url_for("alerts.one", identifier=identifier), 303)
    here().office.decide(
        author=person.name,
        verdict=Verdict.NORMAL,
        mac=alert.about,
        detector=alert.detector,
        reason=reason,
        until=here().now() + days * DAY if days else None,
    )
    note(person.name, "decide", f"normal {alert.detector} {alert.about}")
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
