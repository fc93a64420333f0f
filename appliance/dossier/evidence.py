"""The evidence of an incident: kept when it opens, before any of it rotates away, and after.

    incidents/ID/incident.json        what people did, and what the practice says of itself
                 alerts.json, cases.json, devices.json, health.json
                 conversations.csv    of the devices concerned; only ever added to
                 traffic.csv          how much they sent and received, by hour
                 panel-journal.jsonl  sealed line by line, as the panel writes it, if we may read it
                 panel.json           what the panel says, with all it noted since the first time
                 lists.json           which lists there were, with their hashes
                 packets*             headers of packets, if the technician had them kept
                 audit.json           where the chain of the audit ended: its number and hash
                 kept.json            how far the collection has come
                 MANIFEST.sha256

What was kept once stays, also when the database has forgotten it. All of it is bounded; what found
no room is counted in ``kept.json``.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from appliance import packets
from appliance.dossier import folder, noted
from appliance.dossier.packets import ask
from appliance.dossier.scope import Scope, scope, since
from appliance.exchange.sheet import guarded
from appliance.incidents import Incident
from appliance.model import Alert, Case, Device, Health
from appliance.panel.journal import Entry
from appliance.panel.status import PanelStatus
from appliance.store import Conversation, Reader, Traffic

T = TypeVar("T")

ROOM = {"alerts": 1_000, "cases": 200, "devices": 400, "lists": 100}
"""Of each kind, what one incident keeps."""

CONVERSATIONS = 100_000
"""Rows of conversations that one incident keeps: 12 MB."""

AT_ONCE = 20_000
"""Rows that are fetched for one device at one time."""

LATE = 180.0
"""Seconds by which a conversation may be written after it was heard."""

SUMS = ("at", "mac", "inside_in", "inside_out", "outside_in", "outside_out")
COLUMNS = tuple(field.name for field in fields(Conversation))


class Kept(msgspec.Struct, kw_only=True):
    """How far the collection has come."""

    at: float = 0.0
    """When it was last done."""
    until: dict[str, float] = {}
    """Until when each device's conversations are kept, by hardware address."""
    rows: int = 0
    left_out: int = 0
    """Conversations for which there was no room."""
    panel_said: bool = True
    """The panel's journal could be read."""
    packets_said: bool = True
    """The sensor gave the packets that it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where evidence is from."""

    state: Path
    reader: Reader
    status: PanelStatus | None = None
    """What the panel says, for when its journal cannot be read."""
    packets: bool = False
    """The sensor keeps the headers of the last packets."""
    latch: Path | None = None
    """Where the panel's journal is, if not in *state*; on an installed box only root reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is kept of one incident."""

    alerts: tuple[Alert, ...]
    cases: tuple[Case, ...]
    devices: tuple[Device, ...]
    conversations: tuple[Conversation, ...]
    traffic: tuple[Traffic, ...]
    journal: tuple[Entry, ...]
    health: Health | None
    kept: Kept
    caught: tuple[tuple[str, packets.Caught], ...] = ()
    """What the sensor handed over, by file."""

    def scope(self, incident: Incident) -> Scope:
        """Give what of it *incident* is about."""
        return scope(incident, self.alerts, self.cases)


def place(state: Path, incident: Incident) -> Path:
    """Give the folder of *incident*."""
    return packets.place(state, incident.id)


def keep(sources: Sources, incident: Incident, now: float) -> Path:
    """Keep what there is of *incident* at *now*; give its folder.

    Raises OSError when the card does not take it, and StoreTrouble.
    """
    here = folder.make(place(sources.state, incident))
    with folder.alone(here):
        _keep(here, sources, incident, now)
    return here


def _keep(here: Path, sources: Sources, incident: Incident, now: float) -> None:
    reader = sources.reader
    kept = folder.load(here / "kept.json", Kept) or Kept()
    alerts = _renewed(here, "alerts", Alert, _alerts(reader, incident))
    cases = _renewed(here, "cases", Case, reader.cases(limit=ROOM["cases"]))
    found = scope(incident, alerts, cases)
    if sources.packets:
        kept.packets_said = ask(here, found.devices, now)
    known = sorted(reader.devices(), key=lambda each: each.mac not in found.devices)
    _renewed(here, "devices", Device, known, key=lambda each: each.mac)
    _converse(here, reader, kept, found, since(incident), now)
    _count(here, reader, found, since(incident))
    kept.panel_said = noted.keep(here, sources.latch or sources.state, sources.status)
    if not (here / "lists.json").exists():
        folder.save(here / "lists.json", _lists(sources.state))
    folder.save(here / "health.json", reader.health())
    folder.save(here / "audit.json", reader.audit_head())
    told = {"incident": incident, "particulars": dict(reader.particulars())}
    folder.save(here / "incident.json", told)
    kept.at = now
    folder.save(here / "kept.json", kept)
    folder.seal(here)


def last_kept(state: Path, incident: Incident) -> Kept | None:
    """Give how far the collection of *incident* has come; None while nothing is kept."""
    found: Kept | None = folder.load(place(state, incident) / "kept.json", Kept)
    return found


def related(reader: Reader, incident: Incident) -> Scope:
    """Give what *incident* is about by what the box knows now; raises StoreTrouble."""
    return scope(incident, _alerts(reader, incident), reader.cases(limit=ROOM["cases"]))


def load(here: Path) -> Evidence:
    """Give what is kept in the folder *here*; what is missing or torn is left out."""
    return Evidence(
        alerts=folder.load(here / "alerts.json", tuple[Alert, ...]) or (),
        cases=folder.load(here / "cases.json", tuple[Case, ...]) or (),
        devices=folder.load(here / "devices.json", tuple[Device, ...]) or (),
        conversations=tuple(_read(here / "conversations.csv", Conversation)),
        traffic=folder.load(here / "traffic.json", tuple[Traffic, ...]) or (),
        journal=noted.load(here),
        health=folder.load(here / "health.json", Health),
        kept=folder.load(here / "kept.json", Kept) or Kept(),
        caught=packets.handed_over(here),
    )


def _alerts(reader: Reader, incident: Incident) -> Iterable[Alert]:
    heard = reader.alerts(limit=ROOM["alerts"])
    named = (reader.alert(subject) for _, subject in incident.subjects if subject)
    cases = (reader.case(subject) for _, subject in incident.subjects if subject)
    recent = (each for each in heard if each.last_at >= since(incident))
    return chain(filter(None, named), *(each[1] for each in cases if each), recent)


def _renewed(
    here: Path,
    name: str,
    kind: type[T],
    found: Iterable[T],
    key: Callable[[Any], str] = lambda each: str(each.id),
) -> tuple[T, ...]:
    """Keep *found* with what was kept before, each as it is now; give all of it."""
    before: Iterable[T] = folder.load(here / f"{name}.json", tuple[kind, ...]) or ()  # type: ignore[valid-type] # made here
    every = {key(each): each for each in chain(before, found)}
    kept = tuple(every.values())[: ROOM[name]]
    folder.save(here / f"{name}.json", kept)
    return kept


def _converse(  # noqa: PLR0913, PLR0917 - what, from where, to where, from when to when
    here: Path, reader: Reader, kept: Kept, found: Scope, start: float, now: float
) -> None:
    """Add the conversations that are new."""
    path = here / "conversations.csv"
    if not path.exists():
        folder.append(path, _line(COLUMNS))
    have = set(path.read_bytes().splitlines(keepends=True))
    lines: dict[bytes, None] = {}
    for mac in found.devices:
        after = max(start, kept.until.get(mac, 0.0) - LATE)
        rows = reader.flows(mac=mac, since=after, until=now, limit=AT_ONCE)
        lines |= {_line(astuple(row)): None for row in reversed(rows)}
        kept.until[mac] = now
    new = [line for line in lines if line not in have]
    room = max(0, CONVERSATIONS - kept.rows)
    kept.left_out += len(new) - len(new[:room])
    kept.rows += len(new[:room])
    if new[:room]:
        folder.append(path, b"".join(new[:room]))


def _count(here: Path, reader: Reader, found: Scope, start: float) -> None:
    every = chain.from_iterable(reader.traffic(mac=mac, since=start) for mac in found.devices)
    sums = tuple(every)
    folder.save(here / "traffic.json", sums)
    out: list[tuple[str, ...]] = [SUMS]
    for each in sums:
        inside, outside = each.lan, each.outside
        numbers = (inside.octets_in, inside.octets_out, outside.octets_in, outside.octets_out)
        out.append((str(each.at), each.mac, *map(str, numbers)))
    folder.write(here / "traffic.csv", b"".join(map(_line, out)))


def _lists(state: Path) -> list[dict[str, str | int]]:
    try:
        files = sorted(each for each in (state / "lists").iterdir() if each.is_file())
        return [
            {"name": each.name, "octets": each.stat().st_size, "sha256": folder.hashed(each)}
            for each in files[: ROOM["lists"]]
        ]
    except OSError:
        return []


def _line(cells: Iterable[object]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(guarded(str(cell)) for cell in cells)
    return out.getvalue().encode()


def _read(path: Path, kind: type[Conversation]) -> Iterable[Conversation]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                try:
                    yield msgspec.convert(_whole(row), kind, strict=False)
                except msgspec.ValidationError:
                    continue  # a last line that a cut of power tore
    except OSError:
        return


def _whole(row: Mapping[str | None, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in row.items() if value is not None}
