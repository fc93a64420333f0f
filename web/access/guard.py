"""Who may open which page: one list, and what is not on it is refused.

`install` fails when a route is missing from the list, so a new page cannot be forgotten here.
"""

from collections.abc import Mapping
from enum import Enum

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.access.sessions import Person, asking
from web.audit import note
from web.box import here


class Right(Enum):
    """Who may open a page."""

    ANYBODY = "anybody"
    STAFF = "staff"
    """Whoever has signed in: look, and isolate."""
    TECHNICIAN = "technician"


RIGHTS: Mapping[str, Right] = {
    "static": Right.ANYBODY,
    "login.page": Right.ANYBODY,
    "login.enter": Right.ANYBODY,
    "setup.page": Right.ANYBODY,
    "setup.create": Right.ANYBODY,
    "certificate.download": Right.ANYBODY,
    "watching.healthz": Right.ANYBODY,
    "watching.metrics": Right.ANYBODY,  # asks for a token of its own
    "login.leave": Right.STAFF,
    "overview.page": Right.STAFF,
    "devices.page": Right.STAFF,
    "devices.one": Right.STAFF,
    "devices.approve": Right.TECHNICIAN,
    "devices.forget": Right.TECHNICIAN,
    "devices.describe": Right.TECHNICIAN,
    "joining.join": Right.TECHNICIAN,
    "joining.part": Right.TECHNICIAN,
    "exchange.as_csv": Right.STAFF,
    "exchange.as_json": Right.STAFF,
    "exchange.as_cyclonedx": Right.STAFF,
    "exchange.page": Right.TECHNICIAN,
    "exchange.look": Right.TECHNICIAN,
    "exchange.apply": Right.TECHNICIAN,
    "alerts.page": Right.STAFF,
    "alerts.one": Right.STAFF,
    "alerts.close": Right.TECHNICIAN,
    "alerts.normal": Right.TECHNICIAN,
    "cases.one": Right.STAFF,
    "cases.close": Right.TECHNICIAN,
    "incident.page": Right.STAFF,
    "incident.open": Right.STAFF,
    "incident.one": Right.STAFF,
    "incident.step": Right.STAFF,
    "incident.know": Right.STAFF,
    "incident.write": Right.STAFF,
    "incident.close": Right.TECHNICIAN,
    "papers.file": Right.STAFF,
    "papers.answers": Right.STAFF,
    "papers.answer": Right.STAFF,
    "papers.contacts": Right.TECHNICIAN,
    "papers.tell": Right.TECHNICIAN,
    "privacy.page": Right.STAFF,
    "privacy.paper": Right.STAFF,  # the note asks again
    "privacy.take": Right.TECHNICIAN,
    "privacy.sure": Right.TECHNICIAN,
    "privacy.erase": Right.TECHNICIAN,
    "isolation.page": Right.STAFF,
    "isolation.cut": Right.STAFF,
    "isolation.stop": Right.STAFF,
    "isolation.hush": Right.STAFF,
    "isolation.reconnect": Right.TECHNICIAN,
    "isolation.test": Right.TECHNICIAN,
    "account.page": Right.STAFF,
    "account.speak": Right.STAFF,
    "account.rephrase": Right.STAFF,
    "settings.page": Right.TECHNICIAN,
    "settings.group": Right.TECHNICIAN,
    "settings.change": Right.TECHNICIAN,
    "help.page": Right.STAFF,
    "labels.file": Right.STAFF,
    "events.stream": Right.STAFF,
    "api.status": Right.STAFF,
    "api.devices": Right.STAFF,
    "api.alerts": Right.STAFF,
    "api.normal": Right.TECHNICIAN,
    "api.cases": Right.STAFF,
    "api.flows": Right.STAFF,
    "api.health": Right.STAFF,
    "api.isolation": Right.STAFF,
    "api.prooftest": Right.TECHNICIAN,
    "api.incidents": Right.STAFF,
    "api.incident": Right.STAFF,
    "api.stop": Right.STAFF,
    "api.description": Right.STAFF,
}
"""By endpoint. Deny is the default: this list is edited on purpose."""


def install(app: Flask) -> None:
    """Refuse whoever asks for more than their right."""

    @app.before_request
    def _refuse() -> ResponseReturnValue | None:
        if request.endpoint is None:  # no such page: say so to everybody
            return None
        right = RIGHTS.get(request.endpoint)
        if right is Right.ANYBODY:
            return None
        person = asking()
        if person is None:
            return _to_the_door()
        if not _may(person, right):
            note(person.name, "refused", request.endpoint)
            abort(403)
        return None


def unlisted(app: Flask) -> list[str]:
    """Give the endpoints of *app* that `RIGHTS` does not name, and those it names in vain."""
    return sorted(set(app.view_functions) ^ set(RIGHTS))


def _may(person: Person, right: Right | None) -> bool:
    return right is Right.STAFF or (right is Right.TECHNICIAN and person.technician)


def _to_the_door() -> ResponseReturnValue:
    """Send a person to the sign-in page, or to set-up on a new box; tell a program 401."""
    wants_page = request.method == "GET" and request.accept_mimetypes.accept_html
    if request.path.startswith("/api/") or request.endpoint == "events.stream" or not wants_page:
        abort(401)
    if not here().office.users():
        return redirect(url_for("setup.page"), 303)
    path = request.full_path.rstrip("?")
    return redirect(url_for("login.page", next=None if path == "/" else path), 303)
