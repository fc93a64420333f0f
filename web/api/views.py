"""The API's routes; each asks, shapes and answers."""

from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue
from spectree import Response, SpecTree
from spectree.model_adapter import get_msgspec_model_adapter

from appliance.durations import HOUR
from appliance.exchange.record import Device, record
from appliance.model import Mac
from appliance.panel.client import PanelRefused, PanelUnreachable
from appliance.sight import alive
from web.access.sessions import asking
from web.api import incidents as told
from web.api import shapes, uplink
from web.audit import note
from web.box import here
from web.picture import look
from web.quieting import call_normal, sides
from web.speech import language
from web.wording import Names, tell, tell_case


def _name(shape: Any) -> str:
    """Name a shape in the description: ``Device``, and ``Devices`` for a list of them."""
    bare = get_args(shape)[0] if get_origin(shape) is Annotated else shape
    listed = get_args(bare)
    return f"{listed[0].__name__}s" if listed else str(bare.__name__)


blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

spec = SpecTree(
    "flask",
    title="Vigie",
    version="1",
    description="How the practice is. Needs the session of somebody who has signed in on the "
    "pages; a change needs that session's X-CSRFToken as well.",
    mode="strict",
    annotations=False,
    model_adapter=get_msgspec_model_adapter(),
    naming_strategy=_name,
    nested_naming_strategy=lambda _parent, child: child,
)

NOT_SIGNED_IN = {"HTTP_401": shapes.Error}


@blueprint.get("/status")
@spec.validate(resp=Response(HTTP_200=uplink.Status, **NOT_SIGNED_IN))
def status() -> uplink.Status:
    """How the practice is, as the light shows it, and the uplink."""
    return uplink.status(look(here().panel))


@blueprint.get("/devices")
@spec.validate(resp=Response(HTTP_200=list[Device], **NOT_SIGNED_IN))
def devices() -> list[Device]:
    """All devices, the first seen first."""
    return [record(device) for device in here().reader.devices()]


@blueprint.get("/alerts")
@spec.validate(
    query=shapes.AlertsAsked, resp=Response(HTTP_200=list[shapes.Alert], **NOT_SIGNED_IN)
)
def alerts() -> list[shapes.Alert]:
    """Alerts, the last heard of first, in the caller's language."""
    asked, reader, tongue = _context().query, here().reader, language()
    states = None if asked.state is None else (asked.state,)
    mac = Mac(asked.mac) if asked.mac else None
    names = Names.of(reader.devices())
    return [
        shapes.alert(alert, tell(tongue, alert, names))
        for alert in reader.alerts(states=states, mac=mac, limit=asked.limit, before=asked.before)
    ]


@blueprint.post("/alerts/<identifier>/normal")
@spec.validate(
    json=shapes.Normal,
    resp=Response(
        HTTP_200=shapes.Alert, HTTP_400=shapes.Error, HTTP_404=shapes.Error, **NOT_SIGNED_IN
    ),
)
def normal(identifier: str) -> shapes.Alert:
    """Note that what the alert says is normal here: for a technician, with a reason."""
    person, said, reader = asking() or abort(401), _context().json or abort(400), here().reader
    alert = reader.alert(identifier) or abort(404)
    peer = said.peer if said.peer is not None else next(iter(sides(alert)), "")
    reason = " ".join(said.reason.split()) or abort(400)
    try:
        call_normal(alert, author=person.name, reason=reason, days=said.days, peer=peer)
    except ValueError:
        abort(400)
    judged = reader.alert(identifier) or abort(404)
    return shapes.alert(judged, tell(language(), judged, Names.of(reader.devices())))


@blueprint.get("/cases")
@spec.validate(query=shapes.CasesAsked, resp=Response(HTTP_200=list[shapes.Case], **NOT_SIGNED_IN))
def cases() -> list[shapes.Case]:
    """Cases, the last heard of first, in the caller's language."""
    asked, reader, tongue = _context().query, here().reader, language()
    states = None if asked.state is None else (asked.state,)
    names = Names.of(reader.devices())
    return [
        shapes.case(case, tell_case(tongue, case, names))
        for case in reader.cases(states=states, limit=asked.limit)
    ]


@blueprint.get("/flows")
@spec.validate(query=shapes.FlowsAsked, resp=Response(HTTP_200=list[shapes.Flow], **NOT_SIGNED_IN))
def flows() -> list[shapes.Flow]:
    """Conversations minute by minute, the newest first."""
    asked, now = _context().query, here().now()
    found = here().reader.flows(
        mac=Mac(asked.mac) if asked.mac else None,
        since=now - HOUR if asked.since is None else asked.since,
        until=now + HOUR if asked.until is None else asked.until,
        limit=asked.limit,
    )
    return [shapes.flow(one) for one in found]


@blueprint.get("/health")
@spec.validate(resp=Response(HTTP_200=shapes.Health, **NOT_SIGNED_IN))
def health() -> shapes.Health:
    """How well the box sees."""
    found = here().reader.health()
    return shapes.health(found, alive=alive(found, here().now()))


@blueprint.post("/isolation")
@spec.validate(
    json=shapes.Order,
    resp=Response(
        HTTP_200=uplink.Status,
        HTTP_401=shapes.Error,
        HTTP_403=shapes.Error,
        HTTP_409=shapes.Refusal,
        HTTP_503=shapes.Refusal,
    ),
)
def isolation() -> ResponseReturnValue | uplink.Status:
    """Cut the uplink. Joining it again takes a technician, a reason and a pass-phrase: a page."""
    person = asking() or abort(401)
    order: shapes.Order = _context().json or shapes.Order()  # none came: a form, not JSON
    note(person.name, "isolate", order.why)
    refused = _refusal(lambda: here().panel.isolate(who=person.name, why=order.why))
    return refused if refused is not None else uplink.status(look(here().panel))


@blueprint.post("/isolation/test")
@spec.validate(
    json=shapes.Test,
    resp=Response(
        HTTP_200=uplink.Status,
        HTTP_401=shapes.Error,
        HTTP_403=shapes.Error,
        HTTP_409=shapes.Refusal,
        HTTP_503=shapes.Refusal,
    ),
)
def prooftest() -> ResponseReturnValue | uplink.Status:
    """Begin a proof test of the cut: for a technician. How it ends is told by the status."""
    person = asking() or abort(401)
    asked: shapes.Test = _context().json or shapes.Test()
    panel, who = here().panel, person.name
    refused = _refusal(
        lambda: panel.prooftest(who=who, learn=asked.learn, confirmed=asked.confirmed)
    )
    if refused is not None:
        return refused
    note(person.name, "prooftest", "learn" if asked.learn else "")
    return uplink.status(look(here().panel))


@blueprint.get("/incidents")
@spec.validate(resp=Response(HTTP_200=list[told.Incident], **NOT_SIGNED_IN))
def incidents() -> list[told.Incident]:
    """Incidents, the last opened first. What is to be done in one is told by its page."""
    return [told.shaped(one) for one in here().reader.incidents()]


@blueprint.get("/incidents/<identifier>")
@spec.validate(resp=Response(HTTP_200=told.IncidentRead, HTTP_404=shapes.Error, **NOT_SIGNED_IN))
def incident(identifier: str) -> told.IncidentRead:
    """One incident, with all that people added to it."""
    return told.read(here().reader.incident(identifier) or abort(404))


@blueprint.post("/isolation/stop")
@spec.validate(
    resp=Response(
        HTTP_200=uplink.Status,
        HTTP_401=shapes.Error,
        HTTP_409=shapes.Refusal,
        HTTP_503=shapes.Refusal,
    ),
)
def stop() -> ResponseReturnValue | uplink.Status:
    """Stop the count-down at whose end the box would cut the uplink by itself."""
    person = asking() or abort(401)
    note(person.name, "stop_count_down")
    refused = _refusal(lambda: here().panel.stop(who=person.name))
    return refused if refused is not None else uplink.status(look(here().panel))


def _refusal(order: Callable[[], object]) -> ResponseReturnValue | None:
    """Give *order* to the panel; give why it was not carried out, or None.

    409: the panel refused, with its reason. 503: it does not answer, and nobody knows.
    """
    try:
        order()
    except PanelRefused as refused:
        return jsonify({"error": refused.key}), 409
    except PanelUnreachable:
        return jsonify({"error": "panel_unreachable"}), 503
    return None


@blueprint.get("/openapi.json")
def description() -> ResponseReturnValue:
    """Describe the API (OpenAPI 3.1)."""
    return jsonify(spec.spec)


def _context() -> Any:
    """Give what spectree read from the request and found well-formed."""
    return request.context  # type: ignore[attr-defined]  # put there by spectree
