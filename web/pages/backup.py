"""The backups of the box: when the last was made, one made now, one taken along.

The pages cannot make one, for each part keeps its keys to itself: they ask (`appliance.errands`).
They make the pass-phrase, show it once, and hand on the lock, which opens nothing.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from appliance import errands
from appliance.backup import keeping
from appliance.backup.keeping import place
from appliance.durations import HOUR
from appliance.errands import BackupAsked, Outcome
from appliance.texts import say
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.speech import language
from web.wording import known

blueprint = Blueprint("backup", __name__, url_prefix="/backup")

WITHIN = HOUR
"""Seconds after which what was asked should be done (``vigie-backup.service``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A backup that is kept here."""

    name: str
    at: float
    size: int
    readable: bool
    """It can be taken along from here; one of an earlier version cannot."""


@blueprint.get("")
def page() -> str:
    """Show what there is."""
    box, now = here(), here().now()
    told, asked = errands.outcome(box.config, "backup"), errands.backup_asked(box.config)
    waits = asked is not None and (told is None or told.asked != asked.id)
    return render_template(
        "backup.html",
        kept=list(_kept(place(box.config))),
        told=told,
        refused=_refused(language(), told),
        locked=(told is not None and told.key != "no_phrase")
        or (asked is not None and bool(asked.recipient)),
        waits=waits and asked is not None and now - asked.at < WITHIN,
        command="sudo vigie restore vigie-….vigie",
        late=waits and asked is not None and now - asked.at >= WITHIN,
    )


@blueprint.post("/make")
def make() -> ResponseReturnValue:
    """Ask for one now."""
    person = asking() or abort(401)
    if _ask():
        note(person.name, "backup")
    return redirect(url_for("backup.page"), 303)


@blueprint.post("/phrase")
def rephrase() -> ResponseReturnValue:
    """Make a pass-phrase for this one and all later ones, and show it once."""
    from appliance.backup import sealed  # noqa: PLC0415 - loads a cipher that no other page needs

    person = asking() or abort(401)
    phrase = sealed.new_phrase()
    lock = sealed.lock(phrase)
    if not _ask(lock.recipient, lock.key):
        return redirect(url_for("backup.page"), 303)
    note(person.name, "backup_phrase")
    return render_template("backup_once.html", phrase=phrase)


@blueprint.get("/kept/<name>")
def download(name: str) -> Response:
    """Hand out the backup *name*, which only its pass-phrase opens."""
    person = asking() or abort(401)
    found = {path.name: path for path in keeping.kept(place(here().config))}
    path = found.get(name) or abort(404)
    try:
        answer = send_file(path, "application/octet-stream", as_attachment=True, max_age=0)
    except OSError:
        abort(404)
    note(person.name, "backup_taken", name)
    return answer


def _ask(recipient: str = "", key: bytes = b"") -> bool:
    tongue = language()
    before, told = errands.backup_asked(here().config), errands.outcome(here().config, "backup")
    if before and not recipient and (told is None or told.asked != before.id):
        # A pass-phrase was shown for it: that one must not be forgotten over this.
        recipient, key = before.recipient, before.key
    asked = BackupAsked(id=secrets.token_hex(8), at=here().now(), recipient=recipient, key=key)
    try:
        errands.ask_backup(here().config, asked)
    except OSError as error:
        why = error.strerror or str(error)
        flash(say(tongue, "backup.not_written", why=why), "mistake")
        return False
    flash(say(tongue, "backup_page.asked"))
    return True


def _kept(folder: Path) -> Iterator[Kept]:
    try:
        for path in keeping.kept(folder):
            about = path.stat()
            readable = bool(about.st_mode & 0o040)
            yield Kept(name=path.name, at=about.st_mtime, size=about.st_size, readable=readable)
    except OSError:  # a box of an earlier version keeps them to root until the next night
        return


def _refused(tongue: str, told: Outcome | None) -> str:
    if told is None or told.state != "refused":
        return ""
    try:
        return say(tongue, f"backup_page.{told.key}", **told.words)
    except KeyError:
        return known(tongue, "backup_page.failed")
