"""What people are told of a month that is over."""

from dataclasses import replace

import pytest

from appliance.config import Config, Web
from appliance.report.monthly import monthly
from tests.appliance.report.conftest import SEPTEMBER, Kept
from tests.kit.people import DAY, NOW


def box(kept: Kept, *names: str) -> Config:
    return replace(Config(state=kept.state, run=kept.state), web=Web(names=names))


def told(kept: Kept, month: str, language: str, *names: str) -> tuple[str, ...]:
    return monthly(box(kept, *names), month, language, lambda: NOW + 20 * DAY)


def test_the_sentence_of_the_report_and_where_to_read_it(kept: Kept) -> None:
    title, verdict, place = told(kept, SEPTEMBER.name, "en")
    assert title == "Report for September 2026"
    assert verdict.startswith("Act now. ")
    assert place == "To be read on Vigie's pages, in the practice: Monthly report."


def test_the_address_is_told_where_the_installer_named_one(kept: Kept) -> None:
    *_, place = told(kept, SEPTEMBER.name, "fr", "vigie.cabinet.example")
    assert place.endswith(" https://vigie.cabinet.example/report/2026-09")


@pytest.mark.parametrize("month", ["2019-01", "2030-01"])
def test_of_a_month_that_was_not_watched_nothing_is_told(kept: Kept, month: str) -> None:
    assert told(kept, month, "fr") == ()
