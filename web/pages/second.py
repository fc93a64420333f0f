"""One's own second factor: begun with a square to photograph, ended, and its recovery codes.

Each takes the pass-phrase again. Recovery codes are shown once, in the answer that makes them.
"""

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from appliance.texts import say
from web import forms, qr
from web.access import codes
from web.access.checking import check
from web.access.sealing import seal
from web.access.sessions import Person, asking, sign_in
from web.audit import note
from web.box import here
from web.format import span
from web.speech import language

blueprint = Blueprint("second", __name__, url_prefix="/account/code")

SECRET = "second"  # noqa: S105 - the name of a field
"""Where the signed cookie keeps a secret that is not in use yet; its owner reads it anyhow."""


@blueprint.get("")
def page() -> str:
    """Show the square for the telephone, or that codes are asked for already."""
    return _page(asking() or abort(401))


@blueprint.post("/begin")
def begin() -> ResponseReturnValue:
    """Ask for codes from now on, once a first one is right."""
    person, office, secret = asking() or abort(401), here().office, session.get(SECRET)
    if not secret:
        return redirect(url_for("second.page"), 303)
    refused = _refused(person)
    if refused:
        return refused
    step = codes.step_of(secret, "".join(request.form.get("code", "").split()), here().now())
    if step is None:
        return _page(person, say(language(), "second.wrong_first")), 400
    fresh = codes.fresh_codes()
    sealed = seal(current_app.config["SECRET_KEY"], person.name, secret)
    office.begin_codes(person.name, sealed, step, codes.kept(fresh))
    sign_in(office.user(person.name) or abort(401))
    note(person.name, "codes_on")
    return render_template("second_codes.html", codes=fresh)


@blueprint.post("/recovery")
def renew() -> ResponseReturnValue:
    """Make new recovery codes; the old ones are worth nothing then."""
    person = asking() or abort(401)
    refused = _refused(person)
    if refused:
        return refused
    if not (user := here().office.user(person.name)) or not user.second:
        return redirect(url_for("second.page"), 303)
    fresh = codes.fresh_codes()
    here().office.replace_codes(person.name, codes.kept(fresh))
    note(person.name, "codes_renewed")
    return render_template("second_codes.html", codes=fresh)


@blueprint.post("/end")
def end() -> ResponseReturnValue:
    """Ask for no codes any more."""
    person = asking() or abort(401)
    refused = _refused(person)
    if refused:
        return refused
    if here().office.end_codes(person.name):
        note(person.name, "codes_off")
    flash(say(language(), "second.ended"))
    return redirect(url_for("account.page"), 303)


def _refused(person: Person) -> ResponseReturnValue | None:
    """Answer whoever did not give their pass-phrase; None when they did."""
    tongue, checked = language(), check(person.name, forms.secret("phrase"))
    if checked.wait:
        return _page(person, say(tongue, "login.wait", span=span(tongue, checked.wait))), 429
    if not checked.right:
        return _page(person, say(tongue, "account.wrong_old")), 403
    return None


def _page(person: Person, mistake: str = "") -> str:
    office, practice = here().office, here().config.practice.name
    user = office.user(person.name) or abort(401)
    secret = ""
    if not user.second:
        secret = session.setdefault(SECRET, codes.fresh_secret())
    return render_template(
        "second.html",
        mistake=mistake,
        second=user.second,
        left=office.codes_left(person.name),
        secret=" ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        square=qr.square(codes.address(secret, person.name, practice)) if secret else "",
    )
