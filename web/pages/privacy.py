"""What is kept, for how long; papers to print; all of a device to take along; what to delete.

Everybody may read what is kept and print the notice. The rest is the technician's.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.erasures import Erasure, What
from appliance.exchange.csv_in import mac_of
from appliance.model import Device, Mac
from appliance.press.setting import PaperError
from appliance.privacy import export, papers
from appliance.privacy.deleting import delete, delete_incident, waiting
from appliance.privacy.papers import Known, Paper
from appliance.privacy.records import RECORDS
from appliance.texts import say
from web import forms
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.picture import or_none
from web.speech import language

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")

CHOSEN = 50
"""Devices in one file."""

LISTED = 300
"""Devices that are listed to choose from; among more one is named by its hardware address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be deleted, before it is certain."""

    what: str
    """A value of `What`, or ``incident``."""
    key: str
    """Of a device, its hardware address; of an incident, its id."""
    name: str


@blueprint.get("")
def page() -> str:
    """Show it all."""
    box, tongue = here(), language()
    held = or_none(box.reader.incidents) or ()
    devices = or_none(box.reader.devices) or ()
    return render_template(
        "privacy.html",
        records=[(one, papers.duration(tongue, one, box.config)) for one in RECORDS],
        guests=papers.guests(tongue, box.config),
        devices=devices if len(devices) <= LISTED else None,
        waiting=[
            (one, _named(one)) for one in or_none(lambda: waiting(box.config, box.reader)) or ()
        ],
        incidents=[one for one in held if one.closed],
    )


@blueprint.get("/<which>.pdf")
def paper(which: str) -> ResponseReturnValue:
    """Give the notice or the note."""
    if which not in {each.value for each in Paper}:
        abort(404)
    box, person = here(), asking() or abort(401)
    if which == Paper.NOTE and not person.technician:
        abort(403)
    known = Known(
        config=box.config,
        particulars=box.reader.particulars(),
        accounts=len(box.office.users()),
        language=language(),
        now=box.now(),
    )
    try:
        content = papers.pdf(Paper(which), known)
    except PaperError as error:
        flash(say(language(), "privacy.paper_failed", why=str(error)), "mistake")
        return redirect(url_for("privacy.page"), 303)
    disposition = f'inline; filename="vigie-{which}-{language()}.pdf"'
    return Response(
        content, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


@blueprint.post("/export.zip")
def take() -> ResponseReturnValue:
    """Give all of the devices chosen, while it is made."""
    box, person = here(), asking() or abort(401)
    macs = [Mac(mac_of(each) or "") for each in request.form.getlist("device")[:CHOSEN]]
    devices = export.chosen(box.reader, macs)
    if not devices:
        flash(say(language(), "privacy.export_none"), "mistake")
        return redirect(url_for("privacy.page"), 303)
    note(person.name, "export", f"privacy {' '.join(one.mac for one in devices)}")
    subject = export.Subject(
        state=box.config.state,
        reader=box.reader,
        devices=devices,
        language=language(),
        practice=box.config.practice.name,
        now=box.now(),
    )
    headers = {"Content-Disposition": 'attachment; filename="vigie-export.zip"'}
    return Response(export.pieces(subject), content_type="application/zip", headers=headers)


@blueprint.get("/sure")
def sure() -> str:
    """Ask again before anything is deleted."""
    asked = _asked(request.args.get("what", ""), request.args.get("key", "")) or abort(404)
    return render_template("privacy_sure.html", asked=asked)


@blueprint.post("/delete")
def erase() -> ResponseReturnValue:
    """Delete what was asked for, and confirmed."""
    box, person = here(), asking() or abort(401)
    asked = _asked(forms.line("what", 20), forms.line("key", 64)) or abort(404)
    if asked.what == "incident":
        try:
            delete_incident(box.config, box.office, asked.key, author=person.name)
        except OSError as error:
            flash(say(language(), "privacy.paper_failed", why=str(error)), "mistake")
        else:
            flash(say(language(), "privacy.gone"))
        return redirect(url_for("privacy.page"), 303)
    what = What(asked.what)
    device = box.reader.device(Mac(asked.key)) if what is What.DEVICE else None
    macs = (device.mac, *device.also) if device else ()
    delete(box.config, box.office, what, author=person.name, macs=macs)
    flash(say(language(), "privacy.asked"))
    # Who deletes all sessions has none any more, and is led to the door.
    return redirect(url_for("privacy.page"), 303)


def _asked(what: str, key: str) -> Asked | None:
    """Give what is asked for, if there is such a thing."""
    if what == "incident":
        held = here().reader.incident(key)
        return Asked(what=what, key=key, name=key) if held and held.closed else None
    if what == What.DEVICE:
        device: Device | None = here().reader.device(Mac(mac_of(key) or ""))
        return Asked(what=what, key=device.mac, name=device.name) if device else None
    names = _names(what)
    return Asked(what=what, key="", name=names) if names else None


def _names(what: str) -> str:
    """Name the records that *what* deletes; nothing where it is none of them."""
    found = (one for one in RECORDS if one.now is not None and one.now == what)
    return ", ".join(say(language(), f"privacy_record.{one.id}.name") for one in found)


def _named(one: Erasure) -> str:
    """Say what is being deleted."""
    return _names(one.what) or say(language(), "privacy.delete_device")
