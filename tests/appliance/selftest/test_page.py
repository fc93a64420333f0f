"""The acceptance test in words, on the terminal and on paper."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.detectors import ALL
from appliance.selftest.box import Box
from appliance.selftest.page import head, html, passed, row, tail
from appliance.selftest.samples import Changed, Outcome, Result
from appliance.sight import Sign
from appliance.texts import LANGUAGES, say

PORTS = Changed(detector="port_scan", name="ports", value=400, usual=15)
BOX = Box(
    practice="Cabinet <des Lilas>",
    name="vigie",
    version="0.2.0",
    at=1_763_971_200.0,
    config=Path("/etc/vigie/vigie.toml"),
    card="eth1",
    changed=(PORTS,),
    signs=(
        Sign(holds=True, key="sight.seeing"),
        Sign(holds=False, key="sight.loss", number=12),
        Sign(holds=False, key="sight.stale", number=99),
        Sign(holds=False, key="sight.clock_unset", number=720),
        Sign(holds=False, key="moon", otherwise="state.blind.sentence"),
    ),
)
ALL_SEEN = [Result(detector=each.about.id, outcome=Outcome.SEEN) for each in ALL]
NOT_ALL = [
    *ALL_SEEN[:-3],
    Result(detector="port_scan", outcome=Outcome.LIMITED, limits=(PORTS,)),
    Result(detector="flood", outcome=Outcome.FAILED),
    Result(detector="mining", outcome=Outcome.OFF),
]


def test_a_detector_that_is_off_need_not_see() -> None:
    assert passed(ALL_SEEN)
    assert passed([*ALL_SEEN, NOT_ALL[-1]])
    for outcome in set(Outcome) - {Outcome.SEEN, Outcome.OFF}:
        assert not passed([*ALL_SEEN, Result(detector="flood", outcome=outcome)])


def test_the_head_says_which_box_it_is_and_that_this_is_a_test() -> None:
    said = "\n".join(head(BOX, "en"))
    assert "This is a test, no real alert." in said
    for fact in ("Cabinet <des Lilas>", "vigie", "0.2.0", "2025-11-24", "vigie.toml", "eth1"):
        assert fact in said
    assert "Practice:" not in "\n".join(head(replace(BOX, practice=""), "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_words_in_both_languages(outcome: Outcome, language: str) -> None:
    line = row(Result(detector="flood", outcome=outcome), language)
    assert line.startswith("  " + say(language, f"selftest.{outcome}"))
    assert say(language, "flood.title") in line
    assert "[flood]" in line


def test_a_limit_in_the_way_is_named_with_its_value() -> None:
    line = row(NOT_ALL[-3], "en")
    assert "not tripped: limit ports is set to 400 (delivered: 15)" in line


def test_the_tail_counts_and_says_what_the_box_sees_and_what_was_changed() -> None:
    said = "\n".join(tail(BOX, NOT_ALL, "en"))
    on = len(ALL) - 1
    assert f"Rules switched on: {on}. Did NOT see their sign: 2. Switched off" in said
    assert "NO   12 packets could not be read." in said
    assert "NO   The watch does not answer" in said
    assert "moon" not in said
    assert "[detectors.port_scan] ports = 400 (delivered: 15)" in said
    assert "All of them saw their sign." in "\n".join(tail(BOX, ALL_SEEN, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_has_room_for_two_signatures(language: str) -> None:
    page = html(BOX, NOT_ALL, language)
    assert f'<html lang="{language}">' in page
    assert all(f"<code>{result.detector}</code>" in page for result in NOT_ALL)
    assert page.count(say(language, "selftest.signature")) == 2
    assert "$" not in page


def test_the_page_asks_nobody_for_anything_and_runs_nothing() -> None:
    page = html(BOX, ALL_SEEN, "fr")
    assert not {part for part in ("http", "src=", "<script", "<link", "url(") if part in page}


def test_what_people_named_cannot_break_the_page() -> None:
    hostile = replace(BOX, practice="<script>alert(1)</script>", card="$card${x}")
    page = html(hostile, ALL_SEEN, "fr")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "$card${x}" in page
