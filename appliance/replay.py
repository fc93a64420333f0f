"""What the box would have said of a capture: one JSON object a line, like Suricata's EVE."""

import json
import resource
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from appliance.case_words import tell
from appliance.inventory.identity import identify
from appliance.model import Alert, AlertState, Case, Device, Mac
from appliance.pipeline import Pipeline, Setting
from appliance.sensor.capture_file import CaptureFile
from appliance.site import Site
from appliance.texts import say_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A capture, read to its end."""

    alerts: tuple[Alert, ...]
    devices: tuple[Device, ...]
    summary: Mapping[str, Any]
    began: float
    """Time of the first packet."""
    cases: tuple[Case, ...] = ()


def replay(
    file: Path, site: Site, *, setting: Setting | None = None, fence: bool = True
) -> Replayed:
    """Read the capture *file* as the box at *site* would have; raises CaptureError.

    *setting* is how that box is set, as far as *site* does not say it better.
    """
    started = time.monotonic()
    setting = _set_for(site, setting or Setting())
    alerts: dict[str, Alert] = {}
    cases: dict[str, Case] = {}
    began = ended = 0.0
    pipeline: Pipeline | None = None
    for block in CaptureFile(file):
        if pipeline is None:
            began = float(block.times[0]) if len(block.times) else 0.0
            pipeline = _pipeline(site, setting, began, fence=fence)
        pipeline.feed(block)
        alerts.update((alert.id, alert) for alert in pipeline.triage.take_changed())
        cases.update((case.id, case) for case in pipeline.cases.take_changed())
        ended = max(ended, float(block.times.max())) if len(block.times) else ended
    pipeline = pipeline or _pipeline(site, setting, 0.0, fence=fence)
    pipeline.finish()
    alerts.update((alert.id, alert) for alert in pipeline.triage.take_changed())
    cases.update((case.id, case) for case in pipeline.cases.take_changed())
    counters = pipeline.meter.counters
    summary = {
        "file": file.name,
        "packets": counters.packets,
        "bytes": counters.octets,
        "capture_seconds": round(max(0.0, ended - began), 6),
        "seconds": round(time.monotonic() - started, 3),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "flows": counters.opened,
        "frames": pipeline.decoder.read_frames,
        "malformed": counters.malformed + pipeline.decoder.malformed,
        "fragments": counters.fragments,
        "duplicates": counters.duplicates,
        "drops": {**pipeline.dropped(), **counters.dropped},
        "faults": sorted(pipeline.faults),
    }
    return Replayed(
        alerts=tuple(sorted(alerts.values(), key=lambda alert: (alert.first_at, alert.key))),
        devices=tuple(pipeline.inventory.devices()),
        cases=tuple(
            sorted(
                (case for case in cases.values() if case.state is AlertState.OPEN),
                key=lambda case: (case.first_at, case.id),
            )
        ),
        summary=summary,
        began=began,
    )


def _set_for(site: Site, setting: Setting) -> Setting:
    newcomers = frozenset() if site.standing else frozenset({"new_device"})
    return replace(
        setting,
        home=site.home,
        lists=site.lists,
        remote_tools=setting.remote_tools | site.remote_tools,
        without=setting.without | newcomers,
    )


def _pipeline(site: Site, setting: Setting, began: float, *, fence: bool) -> Pipeline:
    pipeline = Pipeline(replace(setting, learn_until=began + site.learn), fence=fence)
    if site.standing:
        pipeline.heed(site.standing)
    return pipeline


def events(replayed: Replayed, language: str) -> Iterator[Mapping[str, Any]]:
    """Give what was heard as EVE events: alerts in order, cases, devices, then the summary."""
    names = {mac: device.name for device in replayed.devices for mac in (device.mac, *device.also)}
    for alert in replayed.alerts:
        yield _alert(alert, names, language)
    found = {alert.id: alert for alert in replayed.alerts}
    for case in replayed.cases:
        yield _case(case, found, names, language)
    for device in replayed.devices:
        yield _device(device)
    yield {
        "timestamp": _stamp(replayed.began),
        "event_type": "summary",
        **replayed.summary,
    }


def lines(replayed: Replayed, language: str) -> Iterator[str]:
    """Give the events as JSON, one a line."""
    for event in events(replayed, language):
        yield json.dumps(event, ensure_ascii=False)


def _alert(alert: Alert, names: Mapping[Mac, str], language: str) -> Mapping[str, Any]:
    words = {key: names.get(Mac(value), value) for key, value in alert.words.items()}
    words["about"] = names.get(alert.about, alert.about)
    event: dict[str, Any] = {
        "timestamp": _stamp(alert.first_at),
        "event_type": "alert",
        "detector": alert.detector,
        "severity": alert.severity.name.lower(),
        "mac": alert.about,
        "src_ip": alert.src_ip,
        "dest_ip": alert.dest_ip,
        "attack": list(alert.attack),
        "first_at": _stamp(alert.first_at),
        "last_at": _stamp(alert.last_at),
        "count": alert.count,
        "again": alert.again or None,
        "peers": [peer for peer in alert.peers if peer] or None,
    }
    for part in ("title", "body", "advice"):
        event[part] = say_part(language, alert.detector, part, words)
    return {key: value for key, value in event.items() if value is not None}


def _case(
    case: Case, found: Mapping[str, Alert], names: Mapping[Mac, str], language: str
) -> Mapping[str, Any]:
    alerts = (found[each] for each in case.alerts)
    return {
        "timestamp": _stamp(case.first_at),
        "event_type": "case",
        "case_id": case.id,
        "severity": case.severity.name.lower(),
        "mac": case.about,
        "also": list(case.also),
        "stages": [stage.name.lower() for stage in case.stages],
        "alerts": [
            {
                "id": alert.id,
                "detector": alert.detector,
                "mac": alert.about,
                "first_at": _stamp(alert.first_at),
            }
            for alert in alerts
        ],
        "first_at": _stamp(case.first_at),
        "last_at": _stamp(case.last_at),
        **tell(language, case, lambda mac: names.get(mac, mac)),
    }


def _device(device: Device) -> Mapping[str, Any]:
    identity = identify(device.evidence)
    beliefs = {
        "kind": identity.kind,
        "maker": identity.maker,
        "model": identity.model,
        "os": identity.os,
    }
    return {
        "timestamp": _stamp(device.last_at),
        "event_type": "device",
        "mac": device.mac,
        "also": list(device.also),
        "ips": list(device.addresses),
        "names": list(device.names),
        "kind": device.kind,
        "maker": device.maker,
        "model": device.model,
        "os": device.os,
        "sure": {name: belief.sure for name, belief in beliefs.items()},
        "against": {name: list(belief.others) for name, belief in beliefs.items()},
        "gateway": device.gateway,
        "first_at": _stamp(device.first_at),
        "evidence": [
            {"source": each.source, "says": each.says, "weight": each.weight}
            for each in device.evidence
        ],
    }


def _stamp(at: float) -> str:
    """Spell a time as EVE does; a time no calendar knows becomes the nearest one it does."""
    latest = 253_402_300_799.0
    return datetime.fromtimestamp(min(max(at, 0.0), latest), UTC).isoformat(timespec="microseconds")
