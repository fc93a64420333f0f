"""The settings of the box, one group on a page; what the installer's file sets is only shown."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance import settings
from appliance.config_detectors import nameable
from appliance.config_file import ConfigError
from appliance.knowledge.remote import remote
from appliance.texts import say
from web.access.sessions import asking
from web.audit import note
from web.box import here
from web.settings import Field, form, keep, take
from web.speech import language

blueprint = Blueprint("settings", __name__, url_prefix="/settings")

GROUPS = (
    *("practice", "home", "capture", "panel", "switch", "automatic"),
    *("keep", "packets", "renewal", "web"),
)
"""The tables that have a page here, in the order in which people meet them."""

ROOMS = (
    ("backup.page", "backup_page.title", "settings.room.backup"),
    ("update.page", "update_page.title", "settings.room.update"),
    ("lists.page", "lists_page.title", "lists_page.room"),
    ("people.page", "people.title", "settings.room.people"),
    ("audit.page", "audit_page.title", "settings.room.audit"),
    ("privacy.page", "privacy.title", "settings.room.privacy"),
    ("papers.contacts", "incident_contact.title", "settings.room.contacts"),
    ("exchange.page", "list.import", "settings.room.exchange"),
)
"""Other pages for the technician: endpoint, the keys of what each is called and is for."""


@blueprint.get("")
def page() -> str:
    """Show the groups."""
    return render_template(
        "settings.html", groups=GROUPS, rooms=ROOMS, unusable=here().config.unusable
    )


@blueprint.get("/<group>")
def group(group: str) -> str:
    """Show one group's settings as they stand."""
    return _page(group, form(here().config, _keys(group), here().standing.installers()))


@blueprint.post("/<group>/save")
def change(group: str) -> ResponseReturnValue:
    """Keep what was typed; where something is wrong, nothing changes and all of it is said."""
    person, tongue = asking() or abort(401), language()
    box = here()
    installers = box.standing.installers()
    fields, values = take(_keys(group), request.form, installers, tongue)
    if any(field.wrong for field in fields):
        return _page(group, fields, (say(tongue, "settings.nothing_kept"),)), 400
    try:
        changed = keep(settings.folder(box.config) / settings.FILE, values, installers)
    except ConfigError as error:
        told = (say(tongue, "settings.contradict"), *error.mistakes)
        return _page(group, fields, told), 400
    except (OSError, settings.UnusableSettings) as error:
        return _page(group, fields, (say(tongue, "settings.not_kept", why=str(error)),)), 503
    if changed:
        note(person.name, "settings", ", ".join(changed))
    flash(say(tongue, "form.saved"))
    return redirect(url_for("settings.group", group=group), 303)


def _page(group: str, fields: tuple[Field, ...], mistakes: tuple[str, ...] = ()) -> str:
    return render_template(
        "settings_group.html",
        group=group,
        fields=fields,
        mistakes=mistakes,
        names=_names(),
    )


def _names() -> dict[str, str]:
    """Give what the items that are ticked are called."""
    tongue = language()
    tools = {key: tool.name for key, tool in remote().tools.items()}
    return tools | {name: say(tongue, f"{name}.title") for name in nameable()}


def _keys(group: str) -> tuple[str, ...]:
    if group not in GROUPS:
        abort(404)
    return tuple(f"{group}.{name}" for name in settings.adjustable()[group])
