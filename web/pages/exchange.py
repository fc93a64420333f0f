"""The list of devices taken along in three forms, and names brought back from a spreadsheet.

Bringing back has two steps: the first shows what would change, the second brings the same sheet
again, with a mark of what was shown. Where the list has changed in between, it is shown again.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from typing import Any

import msgspec
from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.decisions import Verdict, standing
from appliance.exchange.csv_in import Plan, described, read
from appliance.exchange.csv_out import sheet
from appliance.exchange.cyclonedx import bill
from appliance.exchange.record import record
from appliance.exchange.sheet import kind_words
from appliance.texts import say
from web import format as form
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.speech import language
from web.wording import bought_words

blueprint = Blueprint("exchange", __name__, url_prefix="/devices")

LARGEST = 64 * 1024
"""Octets of the largest sheet; the request that brings it is no larger (`web.app.LARGEST`)."""

CYCLONEDX = "application/vnd.cyclonedx+json; version=1.6"


@blueprint.get("/export.csv")
def as_csv() -> Response:
    """Give the list for a spreadsheet, in the reader's language."""
    return _file(sheet(here().reader.devices(), language()), "csv", "text/csv; charset=utf-8")


@blueprint.get("/export.json")
def as_json() -> Response:
    """Give the list as the API does."""
    devices = [record(device) for device in here().reader.devices()]
    return _file(msgspec.json.encode(devices), "json", "application/json")


@blueprint.get("/export.cdx.json")
def as_cyclonedx() -> Response:
    """Give the list as a bill of materials."""
    box = here()
    content = json.dumps(bill(box.reader.devices(), box.now(), box.config.practice.name))
    return _file(content.encode(), "cdx.json", CYCLONEDX)


@blueprint.get("/import")
def page() -> str:
    """Show the form."""
    return render_template("import.html", plan=None)


@blueprint.post("/import/look")
def look() -> ResponseReturnValue:
    """Show what the sheet would change, or all that is wrong with it."""
    file = request.files.get("file")
    content = file.read(LARGEST) if file else b""
    if not content:
        flash(say(language(), "import.nothing_sent"), "mistake")
        return redirect(url_for("exchange.page"), 303)
    plan = _plan(content)
    return _preview(content, plan), 400 if plan.mistakes else 200


@blueprint.post("/import/apply")
def apply() -> ResponseReturnValue:
    """Make the changes that were shown."""
    person = asking() or abort(401)
    content = _unpacked(request.form.get("content", ""))
    plan = _plan(content)
    if plan.mistakes or _mark(plan) != request.form.get("shown"):
        flash(say(language(), "import.moved_on"), "mistake")
        return _preview(content, plan), 409
    for change in plan.changes:
        here().office.decide(
            author=person.name,
            verdict=Verdict.DESCRIBE,
            mac=change.mac,
            **described(change.after),
        )
    note(person.name, "import", str(len(plan.changes)))
    tongue = language()
    flash(say(tongue, "import.done", n=form.number(tongue, len(plan.changes))))
    return redirect(url_for("devices.page"), 303)


def _plan(content: bytes) -> Plan:
    reader = here().reader
    known = standing(reader.decisions()).known
    return read(content, reader.devices(), known, form.today(here().now()))


def _preview(content: bytes, plan: Plan) -> str:
    tongue = language()
    return render_template(
        "import.html",
        plan=plan,
        mistakes=[mistake.told(tongue) for mistake in plan.mistakes],
        changes=[
            (
                change,
                column,
                *(_words(tongue, column, side) for side in (change.before, change.after)),
            )
            for change in plan.changes
            for column in change.columns
        ],
        content=_packed(content),
        shown=_mark(plan),
    )


def _words(tongue: str, column: str, known: Any) -> str:
    value: str = getattr(known, column)
    if column == "bought_on" and value:
        return bought_words(tongue, value)
    return kind_words(tongue, value) if column in ("kind", "role") and value else value


def _mark(plan: Plan) -> str:
    return sha256(repr(plan.changes).encode("utf-8", "backslashreplace")).hexdigest()


def _packed(content: bytes) -> str:
    return urlsafe_b64encode(zlib.compress(content, 9)).decode("ascii")


def _unpacked(text: str) -> bytes:
    """Give what `_packed` packed; 400 for anything else, and never more than the largest sheet."""
    try:
        return zlib.decompressobj().decompress(urlsafe_b64decode(text), LARGEST)
    except (NotBase64, zlib.error, ValueError):
        abort(400)


def _file(content: bytes, ending: str, kind: str) -> Response:
    name = f"vigie-{form.today(here().now()).isoformat()}.{ending}"
    disposition = f'attachment; filename="{name}"'
    return Response(content, content_type=kind, headers={"Content-Disposition": disposition})
