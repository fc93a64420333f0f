"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.texts import LANGUAGES, say
from web import forms
from web.access.checking import check
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
    user = next((user for user in here().office.users() if user.name == name), None)
    if user is None or not checked.right:
        return _form(name, say(tongue, "login.wrong")), 401
    sign_in(user)
    note(user.name, "sign_in", request.remote_addr or "")
    return redirect(_inside(request.form.get("next", "")), 303)


@blueprint.post("/leave")
def leave() -> ResponseReturnValue:
    """Sign whoever is asking out."""
    sign_out()
    return redirect(url_for("login.page"), 303)


def _form(name: str = "", mistake: str = "") -> str:
    asked = request.form.get("next") or request.args.get("next", "")
    return render_template("login.html", name=name, mistake=mistake, next=_inside(asked))


def _inside(path: str) -> str:
    """Give *path* when it stays on this box, else the first page."""
    parts = urlsplit(path)
    odd = parts.scheme or parts.netloc or "\\" in path or not path.startswith("/")
    return url_for("overview.page") if odd or not path.isprintable() else path
