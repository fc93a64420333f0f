"""The page of the first set-up; see `web.setup`."""

from contextlib import suppress
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance import settings
from appliance.store import Role
from appliance.texts import LANGUAGES, say
from web import forms, progress
from web.access import passwords
from web.access.checking import check_code
from web.access.sessions import sign_in
from web.audit import note
from web.box import here
from web.format import span
from web.progress import Progress
from web.setup import digest, forget
from web.speech import language

blueprint = Blueprint("setup", __name__, url_prefix="/setup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What was filled in."""

    code: str = ""
    name: str = ""
    phrase: str = ""
    language: str = ""
    staff_name: str = ""
    staff_phrase: str = ""

    def mistakes(self, tongue: str) -> list[str]:
        """Give everything that is wrong with it, in words."""
        found = []
        accounts = [(self.name, self.phrase)]
        if self.staff_name or self.staff_phrase:
            accounts.append((self.staff_name, self.staff_phrase))
        for name, phrase in accounts:
            if not passwords.NAME.fullmatch(name):
                found.append(say(tongue, "setup.no_name"))
            elif not passwords.acceptable(phrase):
                found.append(say(tongue, "setup.short_phrase", name=name, n=passwords.SHORTEST))
        if self.name and self.name.casefold() == self.staff_name.casefold():
            found.append(say(tongue, "setup.same_name"))
        return found


@blueprint.get("")
def page() -> ResponseReturnValue:
    """Show the form, or that set-up is over."""
    if request.args.get("lang") in LANGUAGES:
        session["language"] = request.args["lang"]
    return _form(Form(code=request.args.get("code", "")[:40], language=language()))


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Make the accounts, when the code is right and everything else too."""
    office, tongue, form = here().office, language(), _read()
    if office.users():
        return _form(form), 403
    mistakes = form.mistakes(tongue)
    if mistakes:
        return _form(form, mistakes), 400
    wait = check_code()
    if wait:
        return _form(form, [say(tongue, "login.wait", span=span(tongue, wait))]), 429
    kept = passwords.hashed(form.phrase)
    staff = passwords.hashed(form.staff_phrase) if form.staff_name else ""
    if not office.use_setup(digest(form.code)):
        note(form.name, "setup_refused", request.remote_addr or "")
        return _form(form, [say(tongue, "setup.wrong_code")]), 403
    forget(settings.folder(here().config))
    office.add_user(form.name, kept, role=Role.TECHNICIAN, language=form.language)
    if staff:
        office.add_user(form.staff_name, staff, role=Role.STAFF, language=form.language)
    note(form.name, "setup", request.remote_addr or "")
    sign_in(next(user for user in office.users() if user.name == form.name))
    with suppress(OSError):  # then nobody is reminded
        progress.save(here().config, Progress(begun=True))
    flash(say(form.language, "setup.done"))
    return redirect(url_for("wizard.page"), 303)


def _read() -> Form:
    tongue = request.form.get("language", "")
    return Form(
        code=forms.line("code", 40),
        name=forms.line("name", 40),
        phrase=forms.secret("phrase"),
        language=tongue if tongue in LANGUAGES else language(),
        staff_name=forms.line("staff_name", 40),
        staff_phrase=forms.secret("staff_phrase"),
    )


def _form(form: Form, mistakes: list[str] | None = None) -> str:
    return render_template(
        "setup.html",
        form=form,
        mistakes=mistakes or [],
        closed=bool(here().office.users()),
        shortest=passwords.SHORTEST,
    )
