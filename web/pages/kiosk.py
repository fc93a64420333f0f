"""The tablet at the reception: how the practice is, one sentence, and the cut. Nothing else.

Patients can see it: it names no device and no alert. Its own login (`Role.KIOSK`) reaches these
addresses and the stream of changes; a technician opens it once on the tablet (`invitation`).
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.store import Role
from appliance.texts import say
from web import cutting
from web.access.sessions import asking, sign_in
from web.audit import note
from web.box import here
from web.format import clock
from web.speech import language

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk")


@blueprint.get("")
def page() -> str:
    """Show the state, and the button."""
    return _page(confirming=False)


@blueprint.get("/confirm")
def confirm() -> str:
    """Ask once more: the second step for whoever cannot hold the button."""
    return _page(confirming=True)


@blueprint.post("/cut")
def cut() -> ResponseReturnValue:
    """Cut the uplink."""
    cutting.cut(asking() or abort(401), say(language(), "kiosk.why"))
    return redirect(url_for("kiosk.page"), 303)


@blueprint.post("/stop")
def stop() -> ResponseReturnValue:
    """Stop the count-down to an automatic cut."""
    cutting.stop(asking() or abort(401))
    return redirect(url_for("kiosk.page"), 303)


@blueprint.post("/hush")
def hush() -> ResponseReturnValue:
    """Silence the buzzer."""
    cutting.hush(asking() or abort(401))
    return redirect(url_for("kiosk.page"), 303)


@blueprint.get("/open/<secret>")
def invitation(secret: str) -> ResponseReturnValue:
    """Ask whether this is the tablet: whatever follows links by itself must not use it up."""
    name = here().office.invited(secret)
    return render_template("kiosk_open.html", name=name), 200 if name else 404


@blueprint.post("/open/<secret>")
def accept(secret: str) -> ResponseReturnValue:
    """Sign the tablet in."""
    office = here().office
    user = office.user(office.accept(secret) or "")
    if user is None or user.role is not Role.KIOSK:
        note("", "invitation_refused", request.remote_addr or "")
        return render_template("kiosk_open.html", name=None), 404
    sign_in(user)
    note(user.name, "sign_in", request.remote_addr or "")
    return redirect(url_for("kiosk.page"), 303)


def _page(*, confirming: bool) -> str:
    at = clock(language(), here().now())
    return render_template("kiosk.html", confirming=confirming, shown_at=at)
