"""One's own account: language and pass-phrase."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.texts import LANGUAGES, say
from web import forms
from web.access import passwords
from web.access.checking import check
from web.access.sessions import asking, sign_in
from web.audit import note
from web.box import here
from web.format import span
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
    flash(say(tongue, "form.saved"))
    return redirect(url_for("account.page"), 303)


@blueprint.post("/password")
def rephrase() -> ResponseReturnValue:
    """Change the pass-phrase, and end all other sessions of the account."""
    person, tongue, new = asking() or abort(401), language(), forms.secret("new")
    checked = check(person.name, forms.secret("old"))
    if checked.wait:
        return _page(say(tongue, "login.wait", span=span(tongue, checked.wait))), 429
    if not checked.right:
        return _page(say(tongue, "account.wrong_old")), 403
    if not passwords.acceptable(new):
        wrong = say(tongue, "setup.short_phrase", name=person.name, n=passwords.SHORTEST)
        return _page(wrong), 400
    office = here().office
    office.set_password(person.name, passwords.hashed(new))
    sign_in(next(user for user in office.users() if user.name == person.name))
    note(person.name, "password")
    flash(say(tongue, "account.changed"))
    return redirect(url_for("account.page"), 303)


def _page(mistake: str = "") -> str:
    return render_template("account.html", mistake=mistake, shortest=passwords.SHORTEST)
