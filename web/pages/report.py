"""The report of a month: the page, and the same on paper."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from appliance.press.setting import PaperError
from appliance.report.calendar import Month, read
from appliance.report.collect import Sources, collect, months
from appliance.report.month import month
from appliance.report.paper import pdf
from appliance.report.sections import tell
from appliance.report.words import Told, month_words
from appliance.store.months import Months
from appliance.texts import say
from web.box import here
from web.picture import or_none
from web.roster import Roster, roster
from web.speech import language, picture

blueprint = Blueprint("report", __name__, url_prefix="/report")


@blueprint.get("")
def page() -> str:
    """Show the report of the month that runs, or that there is none yet."""
    with _sources() as sources:
        found = or_none(lambda: months(sources, here().now()))
        latest = found[0] if found else None
        told = or_none(lambda: _told(sources, latest)) if latest else None
    return _shown(found, latest, told)


@blueprint.get("/<name>")
def one(name: str) -> str:
    """Show the report of the month *name*."""
    with _sources() as sources:
        found = or_none(lambda: months(sources, here().now()))
        wanted = _wanted(name, found)
        told = or_none(lambda: _told(sources, wanted))
    return _shown(found, wanted, told)


@blueprint.get("/<name>/paper.pdf")
def paper(name: str) -> ResponseReturnValue:
    """Give the report of the month *name* as a PDF."""
    with _sources() as sources:
        wanted = _wanted(name, months(sources, here().now()))
        told = _told(sources, wanted)
    try:
        content = pdf(told)
    except PaperError as error:
        flash(say(language(), "report.no_pdf", why=str(error)), "mistake")
        return redirect(url_for("report.one", name=name), 303)
    disposition = f'attachment; filename="vigie-{wanted.name}.pdf"'
    return Response(
        content, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


@contextmanager
def _sources() -> Iterator[Sources]:
    box = here()
    opened = Months(box.config.state)
    try:
        yield Sources(
            config=box.config,
            reader=box.reader,
            months=opened,
            status=picture().status,
            condition=(or_none(roster) or Roster()).condition,
        )
    finally:
        opened.close()


def _wanted(name: str, found: tuple[Month, ...] | None) -> Month:
    """Give the month that *name* is, if there is a report of it; nobody knows without a store."""
    try:
        wanted = read(name)
    except ValueError:
        abort(404)
    if found is not None and wanted not in found:
        abort(404)
    return wanted


def _told(sources: Sources, wanted: Month) -> Told:
    return tell(month(collect(sources, wanted, here().now())), language())


def _shown(found: tuple[Month, ...] | None, wanted: Month | None, told: Told | None) -> str:
    return render_template(
        "report.html",
        told=told,
        broken=found is None or (wanted is not None and told is None),
        months=[(each.name, month_words(language(), each)) for each in found or ()],
        wanted=wanted.name if wanted else "",
    )
