"""What people know for an incident's file, and what the practice says of itself once for all."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.incidents import TEXT, Incident, Wrote
from appliance.knowledge.authorities import fields
from appliance.press.setting import PaperError
from appliance.store.incidents import NoRoomError
from appliance.texts import say
from web import forms
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.keeping import keep_now
from web.speech import language

blueprint = Blueprint("papers", __name__, url_prefix="/incident")

PARTICULARS = (
    "technician",
    "security",
    "insurance",
    "structure_identity",
    "declarant",
    "dpo",
    "it_provider",
)
"""What the practice says of itself; the last five are fields of the file as well."""

SAID = ("first_knowledge_at", "end_or_ongoing")
"""Fields that a step of its own asks for."""


@blueprint.get("/<identifier>/answers")
def answers(identifier: str) -> str:
    """Show what the file still asks of people."""
    held = _incident(identifier)
    said = {key: entry.text for key, entry in held.answers.items()}
    return render_template("incident_answers.html", incident=held, fields=asked(), said=said)


@blueprint.post("/<identifier>/answer")
def answer(identifier: str) -> ResponseReturnValue:
    """Keep what changed."""
    held, person = _incident(identifier), asking() or abort(401)
    before = held.answers
    for key in asked():
        text = forms.line(key, TEXT)
        if key not in request.form or text == (before[key].text if key in before else ""):
            continue
        try:
            here().office.add_to_incident(
                identifier, author=person.name, what=Wrote.ANSWER, key=key, text=text
            )
        except NoRoomError:
            flash(say(language(), "incident.full"), "mistake")
            return redirect(url_for("papers.answers", identifier=identifier), 303)
    flash(say(language(), "incident.answers_kept"))
    return redirect(url_for("incident.one", identifier=identifier), 303)


@blueprint.get("/<identifier>/file.zip")
def file(identifier: str) -> ResponseReturnValue:
    """Give the incident's file, with the evidence as it is now."""
    from appliance.dossier.bundle import make  # noqa: PLC0415 - its key's library weighs much

    box, held, person = here(), _incident(identifier), asking() or abort(401)
    if not held.closed:
        keep_now(box, held)
    told = dict(box.reader.particulars())
    try:
        made = make(box.config, held, told, language(), box.now())
    except (OSError, ValueError, PaperError) as error:
        flash(say(language(), "incident.file_failed", why=str(error)), "mistake")
        return redirect(url_for("incident.one", identifier=identifier), 303)
    note(person.name, "export", f"incident {identifier}")
    disposition = f'attachment; filename="vigie-{held.id}.zip"'
    return Response(
        made.content,
        content_type="application/zip",
        headers={"Content-Disposition": disposition},
    )


@blueprint.get("/contacts")
def contacts() -> str:
    """Show who is to be called, and what the practice says of itself."""
    said = here().reader.particulars()
    return render_template("incident_contacts.html", keys=PARTICULARS, said=said)


@blueprint.post("/contacts/save")
def tell() -> ResponseReturnValue:
    """Keep it."""
    person = asking() or abort(401)
    for key in PARTICULARS:
        if key in request.form:
            here().office.tell(key, forms.line(key, 300), author=person.name)
    note(person.name, "contacts")
    flash(say(language(), "incident_contact.saved"))
    return redirect(url_for("papers.contacts"), 303)


def asked() -> tuple[str, ...]:
    """Give the fields that people fill for one incident, in the table's order."""
    return tuple(
        each.id for each in fields() if each.by_person and not each.once and each.id not in SAID
    )


def _incident(identifier: str) -> Incident:
    return here().reader.incident(identifier) or abort(404)
