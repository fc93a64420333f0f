"""Isolation: what holds, how it is proven, what happened, and the two orders."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.panel.journal import Entry
from appliance.panel.report import reason
from appliance.texts import say
from web import cutting, forms, sight
from web.access.checking import check
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.format import span
from web.picture import or_none
from web.proving import proof_test
from web.reliance import reliances
from web.speech import language, picture
from web.waiting import messages
from web.wording import known

blueprint = Blueprint("isolation", __name__, url_prefix="/isolation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the log in words."""

    at: float
    who: str
    words: str
    why: str


@blueprint.get("")
def page() -> str:
    """Show the state of the uplink."""
    tongue, status = language(), picture().status
    devices = or_none(here().reader.devices)
    return render_template(
        "isolation.html",
        messages=messages(),
        reliances=None if devices is None else reliances(devices),
        evidence=list(sight.proofs(tongue, status)) if status else [],
        faults=list(sight.faults(tongue, status)),
        tests=proof_test(tongue, status),
        log=[_line(tongue, entry) for entry in status.log] if status else [],
    )


@blueprint.post("/cut")
def cut() -> ResponseReturnValue:
    """Cut the uplink."""
    person = asking() or abort(401)
    held = cutting.cut(person, forms.line("why", 200) or say(language(), "cut.by_page"))
    if held is not None:
        return redirect(url_for("incident.one", identifier=held.id, step="isolate"), 303)
    return redirect(url_for("isolation.page"), 303)


@blueprint.post("/stop")
def stop() -> ResponseReturnValue:
    """Stop the count-down to an automatic cut."""
    cutting.stop(asking() or abort(401))
    return redirect(url_for("overview.page"), 303)


@blueprint.post("/hush")
def hush() -> ResponseReturnValue:
    """Silence the buzzer: somebody is here and knows."""
    cutting.hush(asking() or abort(401))
    return redirect(url_for("overview.page"), 303)


@blueprint.post("/reconnect")
def reconnect() -> ResponseReturnValue:
    """Reconnect the uplink, for a technician who says why and gives their pass-phrase again."""
    person, why, tongue = asking() or abort(401), forms.line("why", 200), language()
    checked = check(person.name, forms.secret("phrase"))
    if checked.wait:
        flash(say(tongue, "login.wait", span=span(tongue, checked.wait)), "mistake")
    elif not checked.right:
        flash(say(tongue, "isolation.wrong_phrase"), "mistake")
    elif not why:
        flash(say(tongue, "isolation.no_why"), "mistake")
    else:
        cutting.give(
            lambda: here().panel.reconnect(who=person.name, why=why), "isolation.reconnected"
        )
        note(person.name, "reconnect", why)
    return redirect(url_for("isolation.page"), 303)


@blueprint.post("/test")
def test() -> ResponseReturnValue:
    """Begin a proof test, for a technician who says that nobody is disturbed."""
    person, tongue = asking() or abort(401), language()
    if not request.form.get("confirmed"):
        flash(say(tongue, "isolation.test_unconfirmed"), "mistake")
    else:
        learn = bool(request.form.get("learn"))
        cutting.give(
            lambda: here().panel.prooftest(who=person.name, learn=learn, confirmed=True),
            "isolation.test_begun",
        )
        note(person.name, "prooftest", "learn" if learn else "")
    if request.form.get("from") == "wizard":
        return redirect(url_for("wizard.step", step="panel"), 303)
    return redirect(url_for("isolation.page"), 303)


def _line(tongue: str, entry: Entry) -> Line:
    words = known(tongue, f"panel.log.{entry.what}", entry.what)
    why = reason(entry.who, entry.why, tongue)
    return Line(at=entry.at, who=entry.who, words=words, why=why)
