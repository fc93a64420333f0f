"""Devices as a bill of materials: CycloneDX 1.6 in JSON (ECMA-424, first edition).

A device is a component of type ``device``; what runs on it is one of type ``operating-system``, of
which the device depends. The format has no field for a model: it stands among the properties, as
all else that it has no field for, under names that begin with ``vigie:``.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from appliance.exchange.portrait import portray
from appliance.inventory.identity import Belief
from appliance.model import Device

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
TOOL = "Vigie"


def bill(devices: Iterable[Device], at: float, practice: str = "") -> dict[str, Any]:
    """Give *devices* of *practice* at the time *at*, ready for ``json``."""
    parts: list[dict[str, Any]] = []
    systems: dict[str, dict[str, Any]] = {}
    needs: list[dict[str, Any]] = []
    for device in devices:
        part = _part(device)
        parts.append(part)
        os = portray(device).seen.os.value
        if os:
            ref = f"os:{os}"
            systems[ref] = {"type": "operating-system", "bom-ref": ref, "name": os}
        needs.append({"ref": part["bom-ref"], "dependsOn": [f"os:{os}"] if os else []})
    metadata: dict[str, Any] = {
        "timestamp": datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds"),
        "lifecycles": [{"phase": "discovery"}],
        "tools": {"components": [{"type": "application", "name": TOOL}]},
    }
    if practice:
        metadata["properties"] = [{"name": "vigie:practice", "value": practice}]
    return {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": metadata,
        "components": [*parts, *systems.values()],
        "dependencies": [*needs, *({"ref": ref, "dependsOn": []} for ref in systems)],
    }


def _part(device: Device) -> dict[str, Any]:
    told = portray(device)
    part: dict[str, Any] = {
        "type": "device",
        "bom-ref": f"device:{device.mac}",
        "name": device.name,
    }
    if told.seen.maker.value:
        part["manufacturer"] = {"name": told.seen.maker.value}
    part["properties"] = [
        {"name": f"vigie:{name}", "value": value} for name, value in _properties(device) if value
    ]
    return part


def _properties(device: Device) -> Iterator[tuple[str, str]]:
    told = portray(device)
    yield "mac", device.mac
    for mac in device.also:
        yield "mac", mac
    for address in device.addresses:
        yield "address", address
    yield "kind", told.kind
    yield "kind:given", device.given_kind
    yield "model", told.seen.model.value
    yield from _sure("kind", told.seen.kind)
    yield from _sure("maker", told.seen.maker)
    yield from _sure("model", told.seen.model)
    yield from _sure("os", told.seen.os)
    yield "role", device.role
    yield "place", device.place
    yield "socket", device.socket
    yield "bought_on", device.bought_on
    yield "trust", device.trust.value
    yield "first_seen", _moment(device.first_at)
    yield "last_seen", _moment(device.last_at)


def _sure(name: str, belief: Belief) -> Iterator[tuple[str, str]]:
    yield f"{name}:sure", belief.sure.value if belief.value else ""
    for other in belief.others:
        yield f"{name}:other", other


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds") if at else ""
