"""Every page and file of the box, with example addresses: what the tests of all pages walk.

`tests/web/test_every_page.py` fails when a route has no example here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import session

from appliance.backup import keeping
from appliance.incidents import Origin, Wrote
from appliance.store import Role
from tests.kit.incident import dealt_with, opened_in
from tests.kit.people import ATTACKER, DAY, IMAGING, PRINTER, RECEPTION, STAFF, TECHNICIAN, kept
from tests.kit.site import Site, Visitor
from web.access import half
from web.pages.settings import GROUPS
from web.progress import STEPS

READER, TABLET, DOUBLE = "comptable", "tablette", "martin"
"""Who may only look; a tablet; who gives a code after the pass-phrase."""
PHRASE = "encore une longue phrase"

NOBODY, HALF = "", "@half"
"""Whoever comes by; who gave a pass-phrase and has yet to give a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Example addresses of one endpoint."""

    paths: tuple[str, ...]
    """``{incident}``, ``{closed}`` and ``{secret}`` stand for what `furnish` made."""
    who: str = TECHNICIAN
    page: bool = True
    """It is shown to people; otherwise it is a file, or for programs."""


def _shown(*paths: str, who: str = TECHNICIAN) -> Route:
    return Route(paths=paths, who=who)


def _file(*paths: str, who: str = TECHNICIAN) -> Route:
    return Route(paths=paths, who=who, page=False)


ROUTES: Mapping[str, Route] = {
    "overview.page": _shown("/"),
    "devices.page": _shown("/devices", "/devices?sort=-traffic"),
    "devices.one": _shown(*(f"/devices/{mac}" for mac in (IMAGING, ATTACKER, RECEPTION, PRINTER))),
    "devices.label": _shown(f"/devices/{PRINTER}/label"),
    "exchange.page": _shown("/devices/import"),
    "practice_map.page": _shown("/map", f"/map?device={RECEPTION}"),
    "search.page": _shown("/search", "/search?q=192.168", "/search?q=nothing"),
    "alerts.page": _shown(
        "/alerts",
        "/alerts?state=all",
        "/alerts?severity=danger&ticked=page",
        "/alerts?q=nothing&days=7",
    ),
    "alerts.one": _shown("/alerts/a-spoof", "/alerts/a-sensor", "/alerts/s-beacon"),
    "cases.one": _shown("/cases/c-story"),
    "isolation.page": _shown("/isolation"),
    "incident.page": _shown("/incident"),
    "incident.one": _shown("/incident/{incident}", "/incident/{closed}"),
    "papers.answers": _shown("/incident/{incident}/answers"),
    "papers.contacts": _shown("/incident/contacts"),
    "privacy.page": _shown("/privacy"),
    "privacy.sure": _shown(
        f"/privacy/sure?what=device&key={PRINTER}", "/privacy/sure?what=incident&key={closed}"
    ),
    "help.page": _shown("/help"),
    "help.alerts": _shown("/help/alerts"),
    "settings.page": _shown("/settings"),
    "report.page": _shown("/report"),
    "report.one": _shown("/report/2026-09"),
    "backup.page": _shown("/backup"),
    "update.page": _shown("/update"),
    "lists.page": _shown("/lists"),
    "wizard.page": _shown("/wizard"),
    "wizard.step": _shown(*(f"/wizard/{step}" for step in STEPS), "/wizard/panel?tried=red"),
    "settings.group": _shown(),  # `walk` has all groups
    "account.page": _shown("/account"),
    "second.page": _shown("/account/code"),
    "people.page": _shown("/users"),
    "people.one": _shown(f"/users/{STAFF}", f"/users/{TABLET}", f"/users/{DOUBLE}"),
    "audit.page": _shown("/audit"),
    "kiosk.page": _shown("/kiosk", who=TABLET),
    "kiosk.confirm": _shown("/kiosk/confirm", who=TABLET),
    "kiosk.invitation": _shown("/kiosk/open/{secret}", who=NOBODY),
    "login.page": _shown("/login", who=NOBODY),
    "login.code": _shown("/login/code", who=HALF),
    "setup.page": _shown("/setup", who=NOBODY),
    "exchange.as_csv": _file("/devices/export.csv"),
    "exchange.as_json": _file("/devices/export.json"),
    "exchange.as_cyclonedx": _file("/devices/export.cdx.json"),
    "audit.as_csv": _file("/audit/audit.csv"),
    "audit.as_json": _file("/audit/audit.json"),
    "papers.file": _file("/incident/{incident}/file.zip"),
    "privacy.paper": _file("/privacy/notice.pdf", "/privacy/note.pdf"),
    "report.paper": _file("/report/2026-09/paper.pdf"),
    "labels.file": _file("/labels.pdf"),
    "backup.download": _file("/backup/kept/{backup}"),
    "certificate.download": _file("/vigie-ca.pem", who=NOBODY),
    "watching.healthz": _file("/healthz", who=NOBODY),
    "watching.metrics": _file("/metrics", who=NOBODY),
    "static": _file("/static/style.css", who=NOBODY),
    "api.alerts": _file("/api/v1/alerts"),
    "api.cases": _file("/api/v1/cases"),
    "api.devices": _file("/api/v1/devices"),
    "api.flows": _file("/api/v1/flows"),
    "api.health": _file("/api/v1/health"),
    "api.incidents": _file("/api/v1/incidents"),
    "api.incident": _file("/api/v1/incidents/{incident}"),
    "api.description": _file("/api/v1/openapi.json"),
    "api.status": _file("/api/v1/status"),
}
"""By endpoint."""

START = "/incident"
"""Leads elsewhere while an incident is open."""

ENDLESS = frozenset({"events.stream"})
"""Answers that do not end; they have tests of their own."""

ALSO_SEEN_BY = {
    STAFF: ("/", "/devices", f"/devices/{RECEPTION}", "/alerts/a-spoof", "/isolation", "/account"),
    READER: ("/", f"/devices/{RECEPTION}", "/alerts/a-spoof", "/isolation", "/incident", "/audit"),
}
"""Pages that are another for who may do less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An address, and who asks for it."""

    path: str
    who: str
    first: bool = False
    """It is the first example of its route; the others look much like it."""
    answers: int = 200
    """The code that comes with it."""

    @property
    def name(self) -> str:
        """What a file about it is called."""
        bare = "".join(c if c.isalnum() else "-" for c in self.path.strip("/")) or "overview"
        return bare if self.who in (TECHNICIAN, TABLET, NOBODY, HALF) else f"{bare}-{self.who}"


def furnish(opened: Site) -> dict[str, str]:
    """Add to the practice what some pages are about; give what stands for what in addresses."""
    office = opened.office
    office.add_user(READER, kept(PHRASE), role=Role.READER, language="fr")
    office.add_user(TABLET, "", role=Role.KIOSK, language="fr")
    office.add_user(DOUBLE, kept(PHRASE), role=Role.STAFF, language="fr")
    office.begin_codes(DOUBLE, "sealed", 1, ["0123456789"])
    closed = opened_in(opened.state, office, origin=Origin.HAND)
    office.add_to_incident(closed.id, author=TECHNICIAN, what=Wrote.CLOSED)
    secret = office.invite(TABLET, opened.clock() + DAY)
    backup = opened.state / "backup" / keeping.name(opened.clock())
    backup.parent.mkdir(exist_ok=True)
    backup.write_bytes(b"sealed")
    return {"closed": closed.id, "secret": secret, "backup": backup.name}


def walk(opened: Site, *, files: bool = False) -> Iterator[Visit]:
    """Furnish *opened* and yield its pages, or its *files*, each for whoever sees another.

    The first are those that show only while no incident is open; then one is opened.
    """
    made = furnish(opened)
    every = [
        Visit(path=path, who=route.who, first=path == route.paths[0])
        for route in ROUTES.values()
        for path in route.paths
        if route.page is not files
    ]
    if not files:
        every += [
            Visit(path=f"/settings/{group}", who=TECHNICIAN, first=group == GROUPS[0])
            for group in GROUPS
        ]
        every += [Visit(path=path, who=who) for who, seen in ALSO_SEEN_BY.items() for path in seen]
    yield from (each for each in every if each.path == START)
    incident = dealt_with(opened.office, opened_in(opened.state, opened.office))
    made["incident"] = incident.id
    for each in every:
        if each.path != START:
            yield replace(each, path=_filled(each.path, made))


def visitor(opened: Site, who: str) -> Visitor:
    """Give a browser without a screen, at the hands of *who*."""
    if who != HALF:
        return opened.client(who)
    came = opened.client()
    user = opened.office.user(DOUBLE)
    assert user is not None
    with opened.app.test_request_context():
        half.begin(user)
        held = dict(session)
    with came.browser.session_transaction() as cookie:
        cookie.update(held)
    return came


def _filled(path: str, made: Mapping[str, str]) -> str:
    for name, value in made.items():
        path = path.replace(f"{{{name}}}", value)
    return path
