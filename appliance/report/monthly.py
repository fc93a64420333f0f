"""What people are told of the report of a month that is over: what it comes to, and where it is."""

import time
from collections.abc import Callable
from contextlib import closing

from appliance.config import Config
from appliance.report.calendar import read
from appliance.report.collect import Sources, collect, months, panel_status
from appliance.report.month import month
from appliance.report.words import first_page
from appliance.store import Reader
from appliance.store.months import Months
from appliance.texts import say


def monthly(
    config: Config, name: str, language: str, now: Callable[[], float] = time.time
) -> tuple[str, ...]:
    """Give title, verdict and place of the report of the month *name*; nothing if there is none.

    Raises StoreTrouble.
    """
    wanted, at = read(name), now()
    with closing(Reader(config.state)) as reader, closing(Months(config.state)) as sums:
        sources = Sources(config=config, reader=reader, months=sums, status=panel_status(config))
        if wanted not in months(sources, at):
            return ()
        told = first_page(month(collect(sources, wanted, at)), language)
    verdict = f"{told.verdict_title}. {told.verdict_sentence}"
    return told.title, verdict, _place(config, language, name)


def _place(config: Config, language: str, name: str) -> str:
    """Say where it can be read; the address, where the installer named one."""
    if not config.web.names:
        return say(language, "report.message.read")
    address = f"https://{config.web.names[0]}/report/{name}"
    return say(language, "report.message.read_at", address=address)
