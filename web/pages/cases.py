"""A case: what happened, in order, and the decision that all of it is dealt with."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from appliance.decisions import Verdict
from appliance.model import Alert, AlertState, Case
from appliance.texts import say
from web import forms
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.speech import language
from web.wording import Names, Told, tell, tell_case

blueprint = Blueprint("cases", __name__, url_prefix="/cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One moment of a case."""

    alert: Alert
    words: Told
    device: str
    host: str
    """What it was done to, or spoken with; empty when there is nothing to name."""


@blueprint.get("/<identifier>")
def one(identifier: str) -> str:
    """Show one case."""
    reader, tongue = here().reader, language()
    case, alerts = _case(identifier)
    names = Names.of(reader.devices())
    return render_template(
        "case.html",
        case=case,
        words=tell_case(tongue, case, names),
        devices=[(mac, names.device(mac)) for mac in (case.about, *case.also)],
        timeline=list(_timeline(alerts, names, tongue)),
    )


@blueprint.post("/<identifier>/close")
def close(identifier: str) -> ResponseReturnValue:
    """Note that every alert of the case has been dealt with."""
    _, alerts = _case(identifier)
    person, reason = asking() or abort(401), forms.line("reason", 200)
    for alert in alerts:
        if alert.state is AlertState.OPEN:
            here().office.decide(
                author=person.name,
                verdict=Verdict.CLOSE,
                alert=alert.id,
                mac=alert.about,
                reason=reason,
            )
    note(person.name, "decide", f"close case {identifier}")
    flash(say(language(), "cases.closed"))
    return redirect(url_for("alerts.page"), 303)


def _case(identifier: str) -> tuple[Case, tuple[Alert, ...]]:
    return here().reader.case(identifier) or abort(404)


def _timeline(alerts: tuple[Alert, ...], names: Names, tongue: str) -> Iterator[Happened]:
    for alert in alerts:
        yield Happened(
            alert=alert,
            words=tell(tongue, alert, names),
            device=names.device(alert.about),
            host=alert.words.get("host") or names.name(alert.dest_ip or ""),
        )
