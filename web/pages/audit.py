"""What people did: the audit with what may be left out of it, as files, and the panel's journal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import inf

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from appliance.store import Asked, AuditEntry
from web import forms, ledger
from web.access.sessions import asking
from web.audit import note
from web.box import Box, here
from web.deeds import about
from web.format import today
from web.picture import or_none
from web.roster import rosters
from web.speech import language, picture
from web.wording import NOBODY, known

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

SHOWN = 50
"""Entries on one page."""

FIRST, LAST = date(1971, 1, 1), date(9000, 1, 1)
"""Days that are asked for; others have no seconds since 1970, or no day after them."""

AT_ONCE = 1000
"""Entries read at once for a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked for, as it was typed."""

    who: str
    what: str
    day: str
    asked: Asked

    @property
    def typed(self) -> dict[str, str]:
        """Give what narrows it, for addresses."""
        found = {"who": self.who, "what": self.what, "day": self.day}
        return {key: value for key, value in found.items() if value}


@blueprint.get("")
def page() -> str:
    """Show a page of it, newest first."""
    box, wanted, tongue = here(), _filter(), language()
    before = request.args.get("before", type=int)
    entries = box.reader.audit_entries(limit=SHOWN + 1, before=before, asked=wanted.asked)
    who, what = box.reader.audit_choices()
    status = picture().status
    names = or_none(lambda: rosters().names(box.reader.devices())) or NOBODY
    return render_template(
        "audit.html",
        entries=[
            (each, known(tongue, f"audit.{each.what}", each.what), about(tongue, each, names))
            for each in entries[:SHOWN]
        ],
        older=entries[SHOWN - 1].id if len(entries) > SHOWN else None,
        wanted=wanted,
        who=who,
        what=sorted((known(tongue, f"audit.{each}", each), each) for each in what),
        check=or_none(box.reader.audit_check) if before is None else None,
        head=box.reader.audit_head(),
        today=today(box.now()).isoformat(),
        panel=[
            (entry, known(tongue, f"panel.log.{entry.what}", entry.what))
            for entry in (status.log if status else ())
        ],
        reached=status is not None,
    )


@blueprint.get("/audit.csv")
def as_csv() -> ResponseReturnValue:
    """Give it as a sheet, without what is left out."""
    box, tongue = _taken("csv"), language()
    return _file("csv", "text/csv; charset=utf-8", ledger.as_csv(_all(box, _filter()), tongue))


@blueprint.get("/audit.json")
def as_json() -> ResponseReturnValue:
    """Give it as JSON, with the hashes, so that anybody can follow the chain."""
    box = _taken("json")
    told = ledger.as_json(_all(box, _filter()), box.reader.audit_head())
    return _file("json", "application/json", told)


def _taken(ending: str) -> Box:
    """Write down that somebody takes the audit along."""
    note((asking() or abort(401)).name, "export", f"audit {ending}")
    return here()


def _file(ending: str, kind: str, lines: Iterator[str]) -> ResponseReturnValue:
    disposition = f'attachment; filename="vigie-audit.{ending}"'
    return Response(lines, content_type=kind, headers={"Content-Disposition": disposition})


def _all(box: Box, wanted: Filter) -> Iterator[AuditEntry]:
    """Yield all that is wanted, newest first, in pieces that the memory holds."""
    before: int | None = None
    while entries := box.reader.audit_entries(limit=AT_ONCE, before=before, asked=wanted.asked):
        yield from entries
        before = entries[-1].id


def _filter() -> Filter:
    who, what = (forms.cut(request.args.get(key, ""), 80) for key in ("who", "what"))
    day = _day(request.args.get("day", ""))
    since, until = (0.0, inf) if day is None else (_midnight(day), _midnight(_next(day)))
    return Filter(
        who=who,
        what=what,
        day=day.isoformat() if day else "",
        asked=Asked(who=who, what=what, since=since, until=until),
    )


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if FIRST <= found < LAST else None


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day).astimezone().timestamp()
