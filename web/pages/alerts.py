"""The alerts: the list, one of them in words and with its proof, and what people decide of it."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.decisions import Decision, Verdict
from appliance.model import Alert, AlertState
from appliance.texts import say
from web import forms, ticking
from web.access.sessions import LIVE, Person, asking
from web.alert_list import listed
from web.around import spoken, story
from web.box import here
from web.explained import explained_names
from web.picture import or_none
from web.quieting import SPANS, call_normal, sides
from web.roster import roster, rosters
from web.sifting import SPANS as DAYS
from web.sifting import asked
from web.speech import language
from web.ticking import Said, What
from web.wording import tell, titled, who

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")


@blueprint.get("")
def page() -> str:
    """Show the list; with ``ticked=page``, all of its page ticked.

    Not when the page asks for itself again: nobody has seen what came meanwhile.
    """
    return _list(every=request.args.get("ticked") == "page" and LIVE not in request.headers)


@blueprint.post("/ticked/decide")
def decide_several() -> ResponseReturnValue:
    """Note what somebody decides of the alerts that were ticked, one decision each."""
    person, what = _person(), _what()
    tongue, alerts = language(), ticking.ticked()
    reason, days = forms.line("reason", 200), request.form.get("days", 0, type=int)
    same = request.form.get("peer") != "any"
    if not alerts:
        flash(say(tongue, "pick.nothing"), "mistake")
        return _back_to_list()
    if what is not What.SEEN and not reason:
        return _list(ticked=alerts, mistake=say(tongue, "pick.no_reason")), 400
    said = Said(what=what, author=person.name, reason=reason, days=days, same=same)
    try:
        outcome = ticking.decide(alerts, said)
    except ValueError:
        abort(400)
    words = " ".join(outcome.words(tongue))
    flash(words, "message" if outcome.done else "mistake")
    return _back_to_list()


@blueprint.get("/<identifier>")
def one(identifier: str) -> str:
    """Show one alert."""
    reader, tongue, now = here().reader, language(), here().now()
    alert = _alert(identifier)
    names = rosters().names(reader.devices())
    cases = (case for case in reader.cases() if alert.id in case.alerts)
    about = [decision for decision in reader.decisions() if _is_about(decision, alert)]
    device = reader.device(alert.about)
    return render_template(
        "alert.html",
        alert=alert,
        case=next(cases, None),
        words=tell(tongue, alert, names),
        about=who(alert, names),
        explained=alert.detector in explained_names(),
        device=device,
        proof=list(_proof(alert, tongue)),
        seen=any(decision.verdict is Verdict.SEEN for decision in about),
        story=story(alert, about, names, tongue, now),
        spoken=device and or_none(lambda: spoken(alert, device, names)),
        spans=SPANS,
        sides=[(peer, names.name(peer)) for peer in sides(alert)],
        more_sides="" in alert.peers[:-1],
    )


@blueprint.post("/<identifier>/seen")
def see(identifier: str) -> ResponseReturnValue:
    """Note that somebody has looked at the alert."""
    ticking.see(_alert(identifier), _person().name)
    flash(say(language(), "around.now_seen"))
    return redirect(url_for("alerts.one", identifier=identifier), 303)


@blueprint.post("/<identifier>/close")
def close(identifier: str) -> ResponseReturnValue:
    """Note that the alert has been dealt with."""
    alert, person = _alert(identifier), _person()
    ticking.close(alert, person.name, forms.line("reason", 200))
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


def _list(*, every: bool = False, ticked: Collection[str] = (), mistake: str = "") -> str:
    wanted = asked()
    found = or_none(lambda: listed(wanted, roster(), language()))
    return render_template(
        "alerts.html",
        asked=wanted,
        listed=found,
        page=found.page if found else 1,
        pages=found.pages if found else 1,
        days=DAYS,
        spans=SPANS,
        every=every,
        ticked=ticked,
        mistake=mistake,
        reason=forms.line("reason", 200),
    )


def _what() -> What:
    try:
        return What(request.form.get("what", ""))
    except ValueError:
        abort(400)


def _back_to_list() -> ResponseReturnValue:
    number = request.args.get("page", 1, type=int)
    query: dict[str, Any] = {**asked().query, **({"page": str(number)} if number > 1 else {})}
    return redirect(url_for("alerts.page", **query), 303)


def _alert(identifier: str) -> Alert:
    return here().reader.alert(identifier) or abort(404)


def _person() -> Person:
    return asking() or abort(401)


def _is_about(decision: Decision, alert: Alert) -> bool:
    if decision.verdict in {Verdict.CLOSE, Verdict.SEEN}:
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
