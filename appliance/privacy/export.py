"""All that is kept of chosen devices, as one ZIP: for whoever uses them and asks for their data.

    index.html          what it is, what each file holds, and what there is, to be read
    devices.json, decisions.json, alerts.json, cases.json, messages.json, audit.json, incidents.json
    traffic_day.csv, traffic_hour.csv, traffic_minute.csv
    conversations.csv

It is made piece by piece while it is sent: a box has little memory. Who uses a device the box does
not know; somebody of the practice chooses.
"""

import csv
import zipfile
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from io import RawIOBase, StringIO
from pathlib import Path
from typing import Any

import msgspec

from appliance.dossier import evidence
from appliance.durations import DAY, HOUR
from appliance.exchange.sheet import SEPARATORS, guarded, plain
from appliance.model import Alert, Device, Mac
from appliance.packets import handed_over
from appliance.privacy.page import CONVERSATION, TRAFFIC, page
from appliance.store import AuditEntry, Conversation, Reader, Traffic
from appliance.store.tally import told
from appliance.store.traffic import STEPS
from appliance.texts import say

ROWS = 1_000_000
"""Conversations in one file, the newest, as many as a spreadsheet takes; the rest is counted."""
WINDOW = HOUR
"""Seconds of conversations fetched at once."""
AT_ONCE = 50_000
"""Conversations fetched at once: some 20 MB."""
DAYS = 366
"""Days looked back."""
ALERTS, CASES, INCIDENTS, AUDIT = 20_000, 2_000, 200, 110_000
"""Of each, what is looked through: all that a box keeps by default, and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is asked for."""

    state: Path
    reader: Reader
    devices: Sequence[Device]
    language: str
    practice: str
    now: float

    @property
    def macs(self) -> frozenset[Mac]:
        """All hardware addresses of the devices."""
        return frozenset(mac for one in self.devices for mac in (one.mac, *one.also))


def chosen(reader: Reader, macs: Iterable[Mac]) -> tuple[Device, ...]:
    """Give the devices that have any of *macs*; raises StoreTrouble."""
    wanted = set(macs)
    return tuple(one for one in reader.devices() if wanted & {one.mac, *one.also})


def pieces(subject: Subject) -> Iterator[bytes]:
    """Give the ZIP, piece by piece; raises StoreTrouble."""
    out = _Outlet()
    counts: dict[str, int] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        texts = _values(subject)
        for name, values in texts.items():
            counts[name] = len(values)
            packed.writestr(f"{name}.json", _json(values))
            yield out.take()
        for step in reversed(list(STEPS)):
            rows = _traffic(subject, step)
            with packed.open(f"traffic_{step}.csv", "w") as file:
                counts[f"traffic_{step}"] = 0
                file.write(_head(subject.language, TRAFFIC))
                for row in rows:
                    file.write(_line(subject.language, row))
                    counts[f"traffic_{step}"] += 1
            yield out.take()
        left_out = 0
        with packed.open("conversations.csv", "w", force_zip64=True) as file:
            counts["conversations"] = 0
            file.write(_head(subject.language, CONVERSATION))
            for found in _conversations(subject):
                room = max(0, ROWS - counts["conversations"])
                for each in found[:room]:
                    file.write(_line(subject.language, astuple(each)))
                counts["conversations"] += len(found[:room])
                left_out += len(found[room:])
                yield out.take()
        packed.writestr("index.html", page(subject, texts, counts, left_out))
    yield out.take()


class _Outlet(RawIOBase):
    """Takes what a ZIP writes, and hands it on."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def _values(subject: Subject) -> dict[str, list[object]]:
    """Give what is kept as values, by the file's name."""
    reader, macs = subject.reader, subject.macs
    alerts = [one for one in reader.alerts(limit=ALERTS) if _names(one, macs)]
    cases = [one for one in reader.cases(limit=CASES) if macs & {one.about, *one.also}]
    decisions = [
        one
        for one in reader.decisions()
        if macs & {one.mac, one.other, one.peer} or any(one.alert == each.id for each in alerts)
    ]
    return {
        "devices": list(subject.devices),
        "decisions": list(decisions),
        "alerts": list(alerts),
        "cases": list(cases),
        "messages": list(told(subject.state, [each.id for each in alerts])),
        "audit": list(_audit(reader, macs)),
        "incidents": list(_incidents(subject)),
    }


def _names(alert: Alert, macs: frozenset[Mac]) -> bool:
    """Tell whether *alert* is about any of *macs*, or names it."""
    said = " ".join((*alert.key, *alert.words.values(), *alert.peers))
    return alert.about in macs or any(mac in said for mac in macs)


def _audit(reader: Reader, macs: frozenset[Mac]) -> Iterator[AuditEntry]:
    before: int | None = None
    for _ in range(AUDIT // 1000):
        found = reader.audit_entries(limit=1000, before=before)
        yield from (each for each in found if any(mac in each.detail for mac in macs))
        if not found:
            return
        before = found[-1].id


def _incidents(subject: Subject) -> Iterator[dict[str, object]]:
    """Give the incidents whose evidence names the devices: the evidence is the practice's."""
    macs = [mac.encode() for mac in subject.macs]
    for one in subject.reader.incidents(limit=INCIDENTS):
        here = evidence.place(subject.state, one)
        rows = _naming(here / "conversations.csv", macs)
        heard = any(_heard(here / name, macs) for name, _ in handed_over(here))
        named = (_naming(here / f"{name}.json", macs) for name in ("alerts", "cases"))
        if rows or heard or any(named):
            yield {
                "incident": one.id,
                "opened_at": one.opened_at,
                "conversations": rows,
                "packets": heard,
            }


def _naming(path: Path, macs: Sequence[bytes]) -> int:
    """Count the lines of the file *path* in which any of *macs* is."""
    try:
        with path.open("rb") as file:
            return sum(any(mac in line for mac in macs) for line in file)
    except OSError:
        return 0


def _heard(path: Path, macs: Sequence[bytes]) -> bool:
    """Tell whether headers in the file *path* have any of *macs*."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return any(bytes.fromhex(mac.decode().replace(":", "")) in content for mac in macs)


def _traffic(subject: Subject, step: str) -> Iterator[tuple[object, ...]]:
    for device in subject.devices:
        sums: tuple[Traffic, ...] = subject.reader.traffic(mac=device.mac, since=0.0, step=step)
        for one in sums:
            inside, outside = one.lan, one.outside
            numbers = (inside.octets_in, inside.octets_out, outside.octets_in, outside.octets_out)
            yield (one.at, one.mac, *numbers)


def _conversations(subject: Subject) -> Iterator[list[Conversation]]:
    """Give the conversations, the newest first, an hour at a time."""
    until = subject.now + DAY  # what was heard before a clock was set back
    while until > subject.now - DAYS * DAY:
        since = until - WINDOW
        if subject.reader.has_flows(since, until):
            seen: dict[Conversation, None] = {}
            for device in subject.devices:
                found = subject.reader.flows(
                    mac=device.mac, since=since, until=until, limit=AT_ONCE
                )
                seen |= dict.fromkeys(found)
            yield list(seen)
        until = since


def _json(values: Sequence[object]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(values), indent=1) + b"\n"


def _head(language: str, names: Iterable[str]) -> bytes:
    return BOM_UTF8 + _line(language, (say(language, f"privacy_field.{name}") for name in names))


def _line(language: str, cells: Iterable[object]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=SEPARATORS[language], quoting=csv.QUOTE_ALL)
    writer.writerow(guarded(plain(str(cell))) for cell in cells)
    return out.getvalue().encode("utf-8", "replace")
