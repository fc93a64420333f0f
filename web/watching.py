"""What other programs watch: ``/healthz`` for a yes or no, ``/metrics`` for Prometheus."""

import hmac
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response, abort, request

from appliance.model import AlertState, Level
from appliance.sight import alive
from appliance.store import StoreTrouble
from web.box import Box, here
from web.picture import look

blueprint = Blueprint("watching", __name__)

TOKEN = "metrics.token"  # noqa: S105 - the name of a file
"""File in the state directory that holds the word a Prometheus server must know."""

COUNTED = 1000
"""Open alerts that are counted."""


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer 200 when the box sees and the database answers, else 503; no detail."""
    well = _is_well(here())
    return Response("ok\n" if well else "not ok\n", 200 if well else 503, mimetype="text/plain")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer in the Prometheus text format 0.0.4 to whoever knows the token."""
    token = token_of(here().config.state)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        abort(401)
    return Response("".join(_lines(here())), mimetype="text/plain; version=0.0.4")


def make_token(state: Path) -> None:
    """Have a token in *state* that only the box can read."""
    try:
        file = os.open(state / TOKEN, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return
    with os.fdopen(file, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(32) + "\n")


def token_of(state: Path) -> str:
    """Give the token, empty when there is none; then nobody knows it."""
    try:
        return (state / TOKEN).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _is_well(box: Box) -> bool:
    try:
        health = box.reader.health()
    except StoreTrouble:
        return False
    status = look(box.panel).status
    dark = status is not None and status.light is Level.BLIND
    return health is not None and alive(health, box.now()) and health.seeing and not dark


def _lines(box: Box) -> Iterator[str]:
    health, status = box.reader.health(), look(box.panel).status
    isolated = status is not None and status.state == "isolated"
    alerts = box.reader.alerts(states=(AlertState.OPEN,), limit=COUNTED)
    yield from _metric("up", "gauge", "The sensor sees.", int(_is_well(box)))
    yield from _metric("panel_up", "gauge", "The panel answers.", int(status is not None))
    yield from _metric("isolated", "gauge", "The uplink is ordered cut.", int(isolated))
    yield from _metric("devices", "gauge", "Devices known.", len(box.reader.devices()))
    yield from _metric("open_alerts", "gauge", "Open alerts.", len(alerts))
    if health is None:
        return
    lost = sum(health.dropped_by_us.values())
    for name, what, value in (
        ("packets_total", "Packets seen.", health.packets),
        ("octets_total", "Octets seen.", health.octets),
        ("dropped_by_kernel_total", "Packets the kernel had to drop.", health.dropped_by_kernel),
        ("dropped_by_us_total", "Things a bounded memory had to let go.", lost),
        ("malformed_total", "Frames that made no sense.", health.malformed),
    ):
        yield from _metric(name, "counter", what, value)
    yield from _metric("conversations", "gauge", "Conversations held.", health.conversations)


def _metric(name: str, kind: str, what: str, value: float) -> Iterator[str]:
    yield f"# HELP vigie_{name} {what}\n# TYPE vigie_{name} {kind}\nvigie_{name} {value}\n"
