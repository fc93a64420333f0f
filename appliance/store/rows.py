"""Values to rows and back, losing nothing.

Strings from the wire go in as JSON in plain ASCII, so that no odd character can stop a write. An
absent address is an empty text; an address itself never is.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, astuple
from logging import getLogger
from typing import Any, Protocol, TypeVar

from appliance.decisions import Decision, Verdict
from appliance.model import (
    Alert,
    AlertState,
    Case,
    Contact,
    Device,
    Evidence,
    Health,
    Ip,
    Mac,
    Severity,
    Table,
    Trust,
)
from appliance.stages import Stage

V = TypeVar("V")

log = getLogger(__name__)


class Row(Protocol):
    """Values by the names of their columns."""

    def __getitem__(self, column: str, /) -> Any: ...


def read(rows: Iterable[Row], convert: Callable[[Row], V]) -> tuple[V, ...]:
    """Give the values that *rows* hold; a row that makes no sense is left out, and logged.

    SQLite has no checksums here: a bit may flip inside a text without any check noticing.
    """
    values = []
    for row in rows:
        try:
            values.append(convert(row))
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            log.warning("A row of the database makes no sense and is passed over.", exc_info=True)
    return tuple(values)


def device_row(device: Device, saved_at: float) -> dict[str, Any]:
    """Give the row of *device*, written at *saved_at*."""
    return {
        "mac": device.mac,
        "addresses": json.dumps(device.addresses),
        "names": json.dumps(device.names),
        "maker": _text(device.maker),
        "randomised": int(device.randomised),
        "gateway": int(device.gateway),
        "first_at": device.first_at,
        "last_at": device.last_at,
        "evidence": json.dumps([astuple(each) for each in device.evidence]),
        "trust": device.trust.value,
        "given_name": _text(device.given_name),
        "role": _text(device.role),
        "place": _text(device.place),
        "socket": _text(device.socket),
        "kind": _text(device.kind),
        "model": _text(device.model),
        "os": _text(device.os),
        "given_kind": _text(device.given_kind),
        "bought_on": _text(device.bought_on),
        "contacts": json.dumps([astuple(each) for each in device.contacts]),
        "also": json.dumps(device.also),
        "saved_at": saved_at,
    }


def device(row: Row) -> Device:
    """Give the device that *row* holds."""
    return Device(
        mac=Mac(row["mac"]),
        addresses=tuple(Ip(ip) for ip in json.loads(row["addresses"])),
        names=tuple(json.loads(row["names"])),
        maker=row["maker"],
        randomised=bool(row["randomised"]),
        gateway=bool(row["gateway"]),
        first_at=row["first_at"],
        last_at=row["last_at"],
        evidence=tuple(_evidence(*each) for each in json.loads(row["evidence"])),
        trust=Trust(row["trust"]),
        given_name=row["given_name"],
        role=row["role"],
        place=row["place"],
        socket=row["socket"],
        kind=row["kind"],
        model=row["model"],
        os=row["os"],
        given_kind=row["given_kind"],
        bought_on=row["bought_on"],
        contacts=tuple(_contact(*each) for each in json.loads(row["contacts"])),
        also=tuple(Mac(mac) for mac in json.loads(row["also"])),
    )


def _evidence(  # noqa: PLR0913, PLR0917 - a column each; the last four came with m002
    source: str,
    says: str,
    weight: int,
    first_at: float,
    last_at: float,
    kind: str = "",
    maker: str = "",
    model: str = "",
    os: str = "",
) -> Evidence:
    return Evidence(
        source=source,
        says=says,
        weight=weight,
        first_at=first_at,
        last_at=last_at,
        kind=kind,
        maker=maker,
        model=model,
        os=os,
    )


def _contact(  # noqa: PLR0913, PLR0917 - a column each
    table: str, host: str, first_at: float, last_at: float, octets_in: int, loaded_at: float
) -> Contact:
    return Contact(
        table=Table(table),
        host=host,
        first_at=first_at,
        last_at=last_at,
        octets_in=octets_in,
        loaded_at=loaded_at,
    )


def alert_row(alert: Alert) -> dict[str, Any]:
    """Give the row of *alert*."""
    return {
        "id": alert.id,
        "key": json.dumps(alert.key),
        "detector": alert.detector,
        "severity": alert.severity.value,
        "about": alert.about,
        "first_at": alert.first_at,
        "last_at": alert.last_at,
        "count": alert.count,
        "state": alert.state.value,
        "words": json.dumps(dict(alert.words)),
        "attack": json.dumps(alert.attack),
        "src_ip": alert.src_ip or "",
        "dest_ip": alert.dest_ip or "",
        "peers": json.dumps(alert.peers),
        "again": int(alert.again),
        "at_night": int(alert.at_night),
        "timed": int(alert.timed),
    }


def alert(row: Row) -> Alert:
    """Give the alert that *row* holds."""
    words: Mapping[str, str] = dict(json.loads(row["words"]))
    return Alert(
        id=row["id"],
        key=tuple(json.loads(row["key"])),
        detector=row["detector"],
        severity=Severity(row["severity"]),
        about=Mac(row["about"]),
        first_at=row["first_at"],
        last_at=row["last_at"],
        count=row["count"],
        state=AlertState(row["state"]),
        words=words,
        attack=tuple(json.loads(row["attack"])),
        src_ip=Ip(row["src_ip"]) if row["src_ip"] else None,
        dest_ip=Ip(row["dest_ip"]) if row["dest_ip"] else None,
        peers=tuple(json.loads(row["peers"])),
        again=bool(row["again"]),
        at_night=bool(row["at_night"]),
        timed=bool(row["timed"]),
    )


def case_row(case: Case) -> dict[str, Any]:
    """Give the row of *case*."""
    return {
        "id": case.id,
        "about": case.about,
        "also": json.dumps(case.also),
        "severity": case.severity.value,
        "first_at": case.first_at,
        "last_at": case.last_at,
        "state": case.state.value,
        "stages": json.dumps(case.stages),
        "alerts": json.dumps(case.alerts),
    }


def case(row: Row) -> Case:
    """Give the case that *row* holds."""
    return Case(
        id=row["id"],
        about=Mac(row["about"]),
        also=tuple(Mac(mac) for mac in json.loads(row["also"])),
        severity=Severity(row["severity"]),
        first_at=row["first_at"],
        last_at=row["last_at"],
        state=AlertState(row["state"]),
        stages=tuple(Stage(stage) for stage in json.loads(row["stages"])),
        alerts=tuple(json.loads(row["alerts"])),
    )


def decision_row(decision: Decision) -> dict[str, Any]:
    """Give the row of *decision*; its ``id`` is left for the database to choose."""
    return {
        "at": decision.at,
        "author": _text(decision.author),
        "verdict": decision.verdict.value,
        "mac": decision.mac,
        "detector": decision.detector,
        "alert": decision.alert,
        "reason": _text(decision.reason),
        "until": decision.until,
        "name": _text(decision.name),
        "role": _text(decision.role),
        "place": _text(decision.place),
        "hosts": json.dumps(decision.hosts),
        "kind": _text(decision.kind),
        "bought_on": _text(decision.bought_on),
        "other": decision.other,
        "peer": _text(decision.peer),
        "socket": _text(decision.socket),
    }


def decision(row: Row) -> Decision:
    """Give the decision that *row* holds."""
    return Decision(
        id=row["id"],
        at=row["at"],
        author=row["author"],
        verdict=Verdict(row["verdict"]),
        mac=Mac(row["mac"]),
        detector=row["detector"],
        alert=row["alert"],
        reason=row["reason"],
        until=row["until"],
        name=row["name"],
        role=row["role"],
        place=row["place"],
        hosts=tuple(json.loads(row["hosts"])),
        kind=row["kind"],
        bought_on=row["bought_on"],
        other=row["other"],
        peer=row["peer"],
        socket=row["socket"],
    )


def health_row(health: Health) -> dict[str, Any]:
    """Give the row of *health*."""
    return {"at": health.at, "body": json.dumps(asdict(health))}


def health(row: Row) -> Health:
    """Give the health that *row* holds; what a later version added to it is passed over."""
    body = json.loads(row["body"])
    known = {name: body[name] for name in Health.__dataclass_fields__ if name in body}
    return Health(**(known | {"faults": tuple(body["faults"])}))


def _text(value: str) -> str:
    """Give *value* as text that can be written: half a surrogate pair becomes ``?``."""
    return value.encode("utf-8", "replace").decode()
