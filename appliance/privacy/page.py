"""The page in a file for whoever asks for their data: what each part is, in their language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from html import escape
from typing import Any, Protocol

from appliance.decisions import Decision
from appliance.dossier import words
from appliance.exchange.sheet import kind_words, plain
from appliance.model import Alert, Device
from appliance.store import Conversation
from appliance.texts import say

ALERTS = 2_000
"""Alerts written out in words; all of them are in the ZIP's other files."""

TABLES = ("conversations", "traffic_day", "traffic_hour", "traffic_minute")
CONVERSATION = tuple(field.name for field in fields(Conversation))
TRAFFIC = ("at", "device", "lan_in", "lan_out", "outside_in", "outside_out")
"""Columns of the tables, keys of the texts (``[privacy_field]``)."""

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}"
)


class Asked(Protocol):
    """What is asked for (`appliance.privacy.export.Subject`)."""

    @property
    def devices(self) -> Sequence[Device]:
        """The devices chosen."""

    @property
    def language(self) -> str:
        """Of the page."""

    @property
    def practice(self) -> str:
        """Its name."""

    @property
    def now(self) -> float:
        """When it is made."""


def page(
    subject: Asked, values: Mapping[str, Sequence[Any]], counts: Mapping[str, int], left_out: int
) -> str:
    """Give the page: *values* and *counts* by the names of the files."""
    tongue = subject.language

    def said(key: str, **blanks: object) -> str:
        return escape(say(tongue, f"privacy_export.{key}", **blanks))

    named = words.names(subject.devices)
    made = said(
        "made",
        at=words.moment(tongue, subject.now),
        practice=plain(subject.practice) or "Vigie",
    )
    parts = [f"<h1>{said('title')}</h1>", f"<p>{made}</p>"]
    parts += [f"<p>{said(key)}</p>" for key in ("lead", "others", "rights")]
    files = (
        (f"{name}.{'csv' if name in TABLES else 'json'}", said(name), said("rows", n=count))
        for name, count in counts.items()
    )
    parts.append(_table(files))
    if left_out:
        parts.append(f"<p>{said('more', n=left_out)}</p>")
    parts.append(f"<h2>{said('devices')}</h2>")
    parts.append(_table(_device(tongue, one) for one in subject.devices))
    parts.append(f"<h2>{said('alerts')}</h2>")
    alerts: Sequence[Alert] = values["alerts"]
    parts.append(
        _table(
            (words.moment(tongue, one.first_at), escape(words.titled(tongue, one, named)))
            for one in alerts[:ALERTS]
        )
        or f"<p>{said('none')}</p>"
    )
    parts.append(f"<h2>{said('decisions')}</h2>")
    decisions: Sequence[Decision] = values["decisions"]
    parts.append(_table(_decision(tongue, one) for one in decisions) or f"<p>{said('none')}</p>")
    parts.append(f"<h2>{said('columns')}</h2>")
    for name in TABLES:
        labels = (
            escape(say(tongue, f"privacy_field.{each}"))
            for each in (TRAFFIC if name != "conversations" else CONVERSATION)
        )
        parts.append(f"<h3>{said(name)}</h3><p>{'; '.join(labels)}</p>")
    head = (
        f'<!doctype html><html lang="{tongue}"><meta charset="utf-8">'
        f"<title>{said('title')}</title><style>{_STYLE}</style>"
    )
    return head + "\n".join(parts) + "\n</html>\n"


def _device(tongue: str, one: Device) -> tuple[str, ...]:
    names = ", ".join(dict.fromkeys((plain(one.name), *map(plain, one.names))))
    addresses = ", ".join((one.mac, *one.also, *one.addresses))
    seen = say(
        tongue,
        "privacy_export.seen",
        first=words.moment(tongue, one.first_at),
        last=words.moment(tongue, one.last_at),
    )
    kind = kind_words(tongue, one.given_kind or one.kind)
    return escape(names), escape(addresses), escape(kind), escape(seen)


def _decision(tongue: str, one: Decision) -> tuple[str, ...]:
    said = (one.name, one.role, one.place, one.reason, *one.hosts)
    return (
        words.moment(tongue, one.at),
        escape(plain(one.author)),
        escape(one.verdict.value),
        escape(", ".join(plain(each) for each in said if each)),
    )


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    """Give a table of cells that are escaped already; nothing without rows."""
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<table>{''.join(lines)}</table>" if lines else ""
