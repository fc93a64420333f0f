"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.store import User
from appliance.texts import LANGUAGES, say
from web import forms
from web.access import half
from web.access.checking import check, check_second
from web.access.passwords import BusyError
from web.access.sessions import asking, sign_in, sign_out
from web.audit import note
from web.box import here
from web.format import span
from web.speech import language

blueprint = Blueprint("login", __name__)


@blueprint.get("/login")
def page() -> ResponseReturnValue:
    """Show the form."""
    if request.args.get("lang") in LANGUAGES:
        session["language"] = request.args["lang"]
    if asking():
        return redirect(url_for("overview.page"), 303)
    return _form()


@blueprint.post("/login")
def enter() -> ResponseReturnValue:
    """Sign somebody in."""
    name, tongue = forms.line("name", 40), language()
    try:
        checked = check(name, forms.secret("phrase"))
    except BusyError:
        return _form(name, say(tongue, "login.busy")), 503
    if checked.wait:
        return _form(name, say(tongue, "login.wait", span=span(tongue, checked.wait))), 429
    user = here().office.user(name)
    if user is None or not checked.right or user.disabled:
        return _form(name, say(tongue, "login.wrong")), 401
    if user.temporary_until and here().now() >= user.temporary_until:
        return _form(name, say(tongue, "login.expired")), 401
    asked = _inside(request.form.get("next", ""))
    if user.second:
        half.begin(user)
        return redirect(url_for("login.code", next=asked), 303)
    return _in(user, asked)


@blueprint.get("/login/code")
def code() -> ResponseReturnValue:
    """Ask for a code of the telephone of whoever gave their pass-phrase."""
    return _code_form() if half.who() else redirect(url_for("login.page"), 303)


@blueprint.post("/login/code")
def confirm() -> ResponseReturnValue:
    """Sign somebody in whose code is right as well."""
    user, tongue = half.who(), language()
    if user is None:
        flash(say(tongue, "second.too_late"), "mistake")
        return redirect(url_for("login.page"), 303)
    checked = check_second(user.name, forms.line("code", 40))
    if checked.wait:
        return _code_form(say(tongue, "login.wait", span=span(tongue, checked.wait))), 429
    if not checked.right:
        return _code_form(say(tongue, "second.wrong")), 401
    return _in(user, _inside(request.form.get("next", "")))


@blueprint.post("/leave")
def leave() -> ResponseReturnValue:
    """Sign whoever is asking out."""
    person = asking() or abort(401)
    sign_out()
    note(person.name, "sign_out", request.remote_addr or "")
    return redirect(url_for("login.page"), 303)


def _in(user: User, asked: str) -> ResponseReturnValue:
    sign_in(user)
    note(user.name, "sign_in", request.remote_addr or "")
    return redirect(asked, 303)


def _code_form(mistake: str = "") -> str:
    asked = request.form.get("next") or request.args.get("next", "")
    return render_template("login_code.html", mistake=mistake, next=_inside(asked))


def _form(name: str = "", mistake: str = "") -> str:
    asked = request.form.get("next") or request.args.get("next", "")
    return render_template("login.html", name=name, mistake=mistake, next=_inside(asked))


def _inside(path: str) -> str:
    """Give *path* when it stays on this box, else the first page."""
    parts = urlsplit(path)
    odd = parts.scheme or parts.netloc or "\\" in path or not path.startswith("/")
    return url_for("overview.page") if odd or not path.isprintable() else path
