"""One's own account: language, pass-phrase, and where one is signed in."""

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.store.people import session_id
from appliance.texts import LANGUAGES, say
from web import agent, forms
from web.access import passwords
from web.access.checking import check
from web.access.sessions import IDLE, LASTS, asking, sign_in, sign_out
from web.audit import note
from web.box import here
from web.format import span
from web.picture import or_none
from web.speech import language

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
def page() -> str:
    """Show the account."""
    return _page()


@blueprint.post("/language")
def speak() -> ResponseReturnValue:
    """Have the pages speak another language."""
    person, tongue = asking() or abort(401), request.form.get("language", "")
    if tongue not in LANGUAGES:
        abort(400)
    here().office.set_language(person.name, tongue)
    note(person.name, "language", tongue)
    flash(say(tongue, "form.saved"))
    return redirect(url_for("account.page"), 303)


@blueprint.post("/password")
def rephrase() -> ResponseReturnValue:
    """Change the pass-phrase, and end all other sessions of the account."""
    person, tongue, new = asking() or abort(401), language(), forms.secret("new")
    old = forms.secret("old")
    checked = check(person.name, old)
    if checked.wait:
        return _page(say(tongue, "login.wait", span=span(tongue, checked.wait))), 429
    if not checked.right:
        return _page(say(tongue, "account.wrong_old")), 403
    if not passwords.acceptable(new):
        wrong = say(tongue, "setup.short_phrase", name=person.name, n=passwords.SHORTEST)
        return _page(wrong), 400
    if person.temporary and new == old:
        return _page(say(tongue, "account.same")), 400
    office = here().office
    office.set_password(person.name, passwords.hashed(new))
    sign_in(office.user(person.name) or abort(401))
    note(person.name, "password")
    flash(say(tongue, "account.changed"))
    return redirect(url_for("account.page"), 303)


@blueprint.post("/sessions/end")
def end() -> ResponseReturnValue:
    """End one of one's own sessions."""
    person, id_ = asking() or abort(401), forms.line("id", 16)
    if id_ == session_id(session.get("token", "")):
        return _away()
    if here().office.close_one_of(person.name, id_):
        note(person.name, "end_session", id_)
    flash(say(language(), "account.ended"))
    return redirect(url_for("account.page"), 303)


@blueprint.post("/sessions/end-all")
def end_all() -> ResponseReturnValue:
    """End all of one's own sessions, this one too."""
    here().office.close_sessions_of((asking() or abort(401)).name)
    return _away()


def _away() -> ResponseReturnValue:
    person = asking() or abort(401)
    sign_out()
    note(person.name, "sign_out", request.remote_addr or "")
    return redirect(url_for("login.page"), 303)


def _page(mistake: str = "") -> str:
    person, office = asking() or abort(401), here().office
    user = or_none(lambda: office.user(person.name))
    return render_template(
        "account.html",
        mistake=mistake,
        shortest=passwords.SHORTEST,
        sessions=or_none(lambda: office.sessions(person.name)) or (),
        mine=session_id(session.get("token", "")),
        browser=agent.told,
        idle=IDLE[person.role],
        lasts=LASTS[person.role],
        second=bool(user and user.second),
        left=or_none(lambda: office.codes_left(person.name)) or 0,
    )
