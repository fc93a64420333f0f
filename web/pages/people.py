"""Who may sign in: added, given another role or a new pass-phrase, turned away, removed.

Nobody chooses a pass-phrase for somebody else: the box makes one, shows it once, and it is good
for some days and for choosing another. A tablet gets an address that opens once instead.
"""

import base64
import secrets
from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.durations import DAY
from appliance.store import Role, User
from appliance.texts import LANGUAGES, say
from web import agent, forms, qr
from web.access import passwords
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.speech import language

blueprint = Blueprint("people", __name__, url_prefix="/users")

LENT = 7 * DAY
"""Seconds for which a pass-phrase made by the box is good."""

INVITED = 1800.0
"""Seconds for which the address for a tablet is good."""

MOST = 100
"""Accounts on one box; a practice has a dozen."""

OFFERED = (Role.STAFF, Role.READER, Role.TECHNICIAN, Role.KIOSK)


@blueprint.get("")
def page() -> str:
    """List them."""
    return _page()


@blueprint.post("/new/add")
def add() -> ResponseReturnValue:
    """Add somebody, or a tablet."""
    office, tongue, name = here().office, language(), forms.line("name", 40)
    role, speaks = request.form.get("role", ""), request.form.get("language", tongue)
    if role not in OFFERED or speaks not in LANGUAGES:
        abort(400)
    if not passwords.NAME.fullmatch(name):
        return _page(say(tongue, "setup.no_name"), name), 400
    if len(office.users()) >= MOST:
        return _page(say(tongue, "people.too_many", n=MOST), name), 409
    tablet = role == Role.KIOSK
    phrase = "" if tablet else lent_phrase()
    made = office.add_user(
        name,
        passwords.hashed(phrase) if phrase else "",
        role=Role(role),
        language=speaks,
        temporary_until=0.0 if tablet else here().now() + LENT,
    )
    if not made:
        return _page(say(tongue, "people.taken", name=name), name), 409
    _note("add_user", f"{name} {role}")
    return _invitation(name) if tablet else _once(name, phrase)


@blueprint.get("/<who>")
def one(who: str) -> str:
    """Show one account, and what can be done with it."""
    user = _user(who)
    return render_template(
        "user.html",
        user=user,
        offered=[role for role in OFFERED if role not in {Role.KIOSK, user.role}],
        sessions=here().office.sessions(user.name),
        browser=agent.told,
    )


@blueprint.post("/<who>/role")
def change(who: str) -> ResponseReturnValue:
    """Give somebody another role."""
    user, role = _user(who), request.form.get("role", "")
    if role not in OFFERED or role == Role.KIOSK:
        abort(400)
    done = here().office.change_role(user.name, Role(role))
    return _done(user, "role", done=done, detail=f"{user.name} {role}")


@blueprint.post("/<who>/password")
def rephrase(who: str) -> ResponseReturnValue:
    """Give somebody a pass-phrase made by the box, shown once."""
    user, phrase = _user(who), lent_phrase()
    if user.role is Role.KIOSK:
        abort(400)
    until = here().now() + LENT
    here().office.set_password(user.name, passwords.hashed(phrase), temporary_until=until)
    _note("lend_password", user.name)
    return _once(user.name, phrase)


@blueprint.post("/<who>/invitation")
def invite(who: str) -> ResponseReturnValue:
    """Make a new address for a tablet."""
    user = _user(who)
    if user.role is not Role.KIOSK or user.disabled:
        abort(400)
    _note("invite", user.name)
    return _invitation(user.name)


@blueprint.post("/<who>/code")
def end_codes(who: str) -> ResponseReturnValue:
    """Ask somebody who lost their telephone for no codes any more."""
    return _act(who, "codes_off", here().office.end_codes)


@blueprint.post("/<who>/sign-out")
def sign_out(who: str) -> ResponseReturnValue:
    """End all sessions of somebody."""
    return _act(who, "end_sessions", lambda name: here().office.close_sessions_of(name) >= 0)


@blueprint.post("/<who>/disable")
def disable(who: str) -> ResponseReturnValue:
    """Let somebody sign in no more."""
    return _act(who, "disable_user", here().office.disable)


@blueprint.post("/<who>/enable")
def enable(who: str) -> ResponseReturnValue:
    """Let somebody sign in again."""
    return _act(who, "enable_user", here().office.enable)


@blueprint.post("/<who>/remove")
def remove(who: str) -> ResponseReturnValue:
    """Remove an account; what its owner did stays in the audit."""
    user = _user(who)
    if not request.form.get("confirmed"):
        flash(say(language(), "people.unconfirmed"), "mistake")
        return redirect(url_for("people.one", who=user.name), 303)
    return _act(who, "remove_user", here().office.remove_user, then="people.page")


def lent_phrase() -> str:
    """Give a pass-phrase that is chance alone: eighty bits, to be typed once."""
    signs = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))


def _act(
    who: str, what: str, order: Callable[[str], bool], then: str = "people.one"
) -> ResponseReturnValue:
    user = _user(who)
    return _done(user, what, done=order(user.name), detail=user.name, then=then)


def _done(
    user: User, what: str, *, done: bool, detail: str, then: str = "people.one"
) -> ResponseReturnValue:
    """Write down what was done and say so; what was not done is the last technician's."""
    if done:
        _note(what, detail)
        flash(say(language(), f"people.done.{what}", name=user.name))
    else:
        flash(say(language(), "people.not_done", name=user.name), "mistake")
        then = "people.one"
    if then == "people.one":
        return redirect(url_for(then, who=user.name), 303)
    return redirect(url_for(then), 303)


def _note(what: str, detail: str) -> None:
    note((asking() or abort(401)).name, what, detail)


def _user(who: str) -> User:
    return here().office.user(who) or abort(404)


def _once(name: str, phrase: str) -> ResponseReturnValue:
    return render_template("user_once.html", name=name, phrase=phrase, lent=LENT)


def _invitation(name: str) -> ResponseReturnValue:
    secret = here().office.invite(name, here().now() + INVITED)
    link = url_for("kiosk.invitation", secret=secret, _external=True)
    return render_template(
        "user_once.html", name=name, link=link, square=qr.square(link), lent=INVITED
    )


def _page(mistake: str = "", name: str = "") -> str:
    office = here().office
    users = office.users()
    return render_template(
        "users.html",
        users=[(user, office.sessions(user.name)) for user in users],
        offered=OFFERED,
        mistake=mistake,
        name=name,
        lent=LENT,
    )
