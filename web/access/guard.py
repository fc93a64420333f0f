"""Who may open which page: one list, and what is not on it is refused.

`install` fails when a route is missing from the list, so a new page cannot be forgotten here.
"""

from collections.abc import Mapping
from enum import Enum

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from appliance.store import Role
from web.access.sessions import asking
from web.audit import note
from web.box import here


class Right(Enum):
    """Who may open a page."""

    ANYBODY = "anybody"
    LIVE = "live"
    """Whoever has signed in, and tablets."""
    KIOSK = "kiosk"
    """Tablets, and who may isolate."""
    LOOK = "look"
    """People who have signed in; what changes something is not for them by this."""
    STAFF = "staff"
    """Who may isolate, and write down what they do."""
    AUDIT = "audit"
    """Who may read what everybody did."""
    TECHNICIAN = "technician"


WHO: Mapping[Right, frozenset[Role]] = {
    Right.LIVE: frozenset(Role),
    Right.KIOSK: frozenset({Role.KIOSK, Role.STAFF, Role.TECHNICIAN}),
    Right.LOOK: frozenset({Role.READER, Role.STAFF, Role.TECHNICIAN}),
    Right.STAFF: frozenset({Role.STAFF, Role.TECHNICIAN}),
    Right.AUDIT: frozenset({Role.READER, Role.TECHNICIAN}),
    Right.TECHNICIAN: frozenset({Role.TECHNICIAN}),
}

WITH_A_LENT_PHRASE = frozenset(
    {
        "account.page",
        "account.rephrase",
        "account.speak",
        "login.leave",
        "events.stream",
        "help.page",
        "help.alerts",
        "isolation.page",
        "isolation.cut",
        "isolation.hush",
        "api.isolation",
    }
)
"""What somebody may ask for before they chose a pass-phrase of their own."""

RIGHTS: Mapping[str, Right] = {
    "static": Right.ANYBODY,
    "login.page": Right.ANYBODY,
    "login.enter": Right.ANYBODY,
    "login.code": Right.ANYBODY,
    "login.confirm": Right.ANYBODY,
    "kiosk.invitation": Right.ANYBODY,
    "kiosk.accept": Right.ANYBODY,
    "setup.page": Right.ANYBODY,
    "setup.create": Right.ANYBODY,
    "certificate.download": Right.ANYBODY,
    "watching.healthz": Right.ANYBODY,
    "watching.metrics": Right.ANYBODY,  # asks for a token of its own
    "login.leave": Right.LOOK,
    "overview.page": Right.LOOK,
    "devices.page": Right.LOOK,
    "devices.one": Right.LOOK,
    "devices.label": Right.LOOK,
    "devices.approve": Right.TECHNICIAN,
    "devices.approve_several": Right.TECHNICIAN,
    "devices.forget": Right.TECHNICIAN,
    "devices.describe": Right.TECHNICIAN,
    "practice_map.page": Right.LOOK,
    "search.page": Right.LOOK,
    "joining.join": Right.TECHNICIAN,
    "joining.part": Right.TECHNICIAN,
    "exchange.as_csv": Right.LOOK,
    "exchange.as_json": Right.LOOK,
    "exchange.as_cyclonedx": Right.LOOK,
    "exchange.page": Right.TECHNICIAN,
    "exchange.look": Right.TECHNICIAN,
    "exchange.apply": Right.TECHNICIAN,
    "alerts.page": Right.LOOK,
    "alerts.one": Right.LOOK,
    "alerts.decide_several": Right.TECHNICIAN,
    "alerts.see": Right.TECHNICIAN,
    "alerts.close": Right.TECHNICIAN,
    "alerts.normal": Right.TECHNICIAN,
    "cases.one": Right.LOOK,
    "cases.close": Right.TECHNICIAN,
    "incident.page": Right.LOOK,
    "incident.open": Right.STAFF,
    "incident.one": Right.LOOK,
    "incident.step": Right.STAFF,
    "incident.know": Right.STAFF,
    "incident.write": Right.STAFF,
    "incident.close": Right.TECHNICIAN,
    "papers.file": Right.LOOK,
    "papers.answers": Right.STAFF,
    "papers.answer": Right.STAFF,
    "papers.contacts": Right.TECHNICIAN,
    "papers.tell": Right.TECHNICIAN,
    "privacy.page": Right.LOOK,
    "privacy.paper": Right.LOOK,  # the note asks again
    "privacy.take": Right.TECHNICIAN,
    "privacy.sure": Right.TECHNICIAN,
    "privacy.erase": Right.TECHNICIAN,
    "report.page": Right.LOOK,
    "report.one": Right.LOOK,
    "report.paper": Right.LOOK,
    "isolation.page": Right.LOOK,
    "isolation.cut": Right.STAFF,
    "isolation.stop": Right.STAFF,
    "isolation.hush": Right.STAFF,
    "isolation.reconnect": Right.TECHNICIAN,
    "isolation.test": Right.TECHNICIAN,
    "settings.page": Right.TECHNICIAN,
    "settings.group": Right.TECHNICIAN,
    "settings.change": Right.TECHNICIAN,
    "backup.page": Right.TECHNICIAN,
    "backup.make": Right.TECHNICIAN,
    "backup.rephrase": Right.TECHNICIAN,
    "backup.download": Right.TECHNICIAN,
    "update.page": Right.TECHNICIAN,
    "update.take": Right.TECHNICIAN,
    "lists.page": Right.TECHNICIAN,
    "lists.turn": Right.TECHNICIAN,
    "lists.note_one": Right.TECHNICIAN,
    "lists.forget": Right.TECHNICIAN,
    "lists.take": Right.TECHNICIAN,
    "lists.remove": Right.TECHNICIAN,
    "wizard.page": Right.TECHNICIAN,
    "wizard.step": Right.TECHNICIAN,
    "wizard.save": Right.TECHNICIAN,
    "wizard.later": Right.TECHNICIAN,
    "wizard.aside": Right.TECHNICIAN,
    "wizard.test": Right.TECHNICIAN,
    "wizard.lamp": Right.TECHNICIAN,
    "wizard.seen": Right.TECHNICIAN,
    "labels.file": Right.LOOK,
    "account.page": Right.LOOK,
    "account.speak": Right.LOOK,
    "account.rephrase": Right.LOOK,
    "account.end": Right.LOOK,
    "account.end_all": Right.LOOK,
    "second.page": Right.LOOK,
    "second.begin": Right.LOOK,
    "second.renew": Right.LOOK,
    "second.end": Right.LOOK,
    "people.page": Right.TECHNICIAN,
    "people.add": Right.TECHNICIAN,
    "people.one": Right.TECHNICIAN,
    "people.change": Right.TECHNICIAN,
    "people.rephrase": Right.TECHNICIAN,
    "people.invite": Right.TECHNICIAN,
    "people.end_codes": Right.TECHNICIAN,
    "people.sign_out": Right.TECHNICIAN,
    "people.disable": Right.TECHNICIAN,
    "people.enable": Right.TECHNICIAN,
    "people.remove": Right.TECHNICIAN,
    "audit.page": Right.AUDIT,
    "audit.as_csv": Right.AUDIT,
    "audit.as_json": Right.AUDIT,
    "kiosk.page": Right.KIOSK,
    "kiosk.confirm": Right.KIOSK,
    "kiosk.cut": Right.KIOSK,
    "kiosk.stop": Right.KIOSK,
    "kiosk.hush": Right.KIOSK,
    "help.page": Right.LOOK,
    "help.alerts": Right.LOOK,
    "events.stream": Right.LIVE,
    "api.status": Right.LOOK,
    "api.devices": Right.LOOK,
    "api.alerts": Right.LOOK,
    "api.normal": Right.TECHNICIAN,
    "api.cases": Right.LOOK,
    "api.flows": Right.LOOK,
    "api.health": Right.LOOK,
    "api.isolation": Right.STAFF,
    "api.prooftest": Right.TECHNICIAN,
    "api.incidents": Right.LOOK,
    "api.incident": Right.LOOK,
    "api.stop": Right.STAFF,
    "api.description": Right.LOOK,
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
        if right is None or person.role not in WHO[right]:
            if person.role is Role.KIOSK and request.endpoint == "overview.page":
                return redirect(url_for("kiosk.page"), 303)
            note(person.name, "refused", request.endpoint)
            abort(403)
        if person.temporary and request.endpoint not in WITH_A_LENT_PHRASE:
            return _to_the_account()
        return None


def unlisted(app: Flask) -> list[str]:
    """Give the endpoints of *app* that `RIGHTS` does not name, and those it names in vain."""
    return sorted(set(app.view_functions) ^ set(RIGHTS))


def _to_the_account() -> ResponseReturnValue:
    """Have somebody choose a pass-phrase of their own first."""
    if request.method != "GET" or request.path.startswith("/api/"):
        abort(403)
    return redirect(url_for("account.page"), 303)


def _to_the_door() -> ResponseReturnValue:
    """Send a person to the sign-in page, or to set-up on a new box; tell a program 401."""
    wants_page = request.method == "GET" and request.accept_mimetypes.accept_html
    if request.path.startswith("/api/") or request.endpoint == "events.stream" or not wants_page:
        abort(401)
    if not here().office.users():
        return redirect(url_for("setup.page"), 303)
    path = request.full_path.rstrip("?")
    return redirect(url_for("login.page", next=None if path == "/" else path), 303)
