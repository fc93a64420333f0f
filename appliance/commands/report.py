"""``vigie report``: the first page of a month's report, or the whole of it as a PDF."""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.press.setting import PaperError
from appliance.report.calendar import Month, read
from appliance.report.collect import Sources, collect, months, panel_status
from appliance.report.month import month
from appliance.report.paper import pdf
from appliance.report.sections import tell
from appliance.report.words import Told
from appliance.store import Reader, StoreTrouble
from appliance.store.months import Months
from appliance.texts import LANGUAGES, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "--month", default="", metavar="2026-10", help="which month; else the one that runs"
    )
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the whole report as a PDF")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the report")


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = options.lang or config.practice.language
    reader, sums = Reader(config.state), Months(config.state)
    try:
        sources = Sources(config=config, reader=reader, months=sums, status=panel_status(config))
        told = _told(sources, options.month, language, time.time())
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None
    finally:
        reader.close()
        sums.close()
    if options.pdf is None:
        print("\n".join(_lines(told)))
        return OK
    try:
        options.pdf.write_bytes(pdf(told))
    except PaperError as error:
        raise Refused(say(language, "report.no_pdf", why=error), FAILED) from None
    except OSError as error:
        why = error.strerror or str(error)
        words = {"file": options.pdf, "why": why}
        raise Refused(say(language, "report.command.not_written", **words), FAILED) from None
    print(say(language, "report.command.written", file=options.pdf))
    return OK


def _told(sources: Sources, name: str, language: str, now: float) -> Told:
    found = months(sources, now)
    if not found:
        raise Refused(say(language, "report.command.none"))
    wanted = _wanted(name, found, language) if name else found[0]
    return tell(month(collect(sources, wanted, now)), language)


def _wanted(name: str, found: tuple[Month, ...], language: str) -> Month:
    try:
        wanted = read(name)
    except ValueError:
        raise Refused(say(language, "report.command.not_a_month", month=name)) from None
    if wanted not in found:
        there = ", ".join(each.name for each in found)
        raise Refused(say(language, "report.command.no_month", month=name, months=there))
    return wanted


def _lines(told: Told) -> Iterator[str]:
    yield told.title
    yield from filter(None, (told.practice, told.made))
    yield ""
    yield f"{told.verdict_title}. {told.verdict_sentence}"
    for point in told.points:
        yield f"- {point.what} {point.do}"
    if told.points_more:
        yield told.points_more
    yield ""
    for figure in told.figures:
        beside = "; ".join(filter(None, (figure.line, figure.change)))
        yield f"{figure.value} {figure.label} ({beside})"
