"""Columns and cells: no spreadsheet runs one, and reading takes away what writing added."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.exchange.sheet import (
    COLUMNS,
    bare,
    columns_by_word,
    guarded,
    kinds_by_word,
    plain,
    roles_by_word,
)
from appliance.knowledge.kinds import Kind
from appliance.roles import roles
from appliance.texts import LANGUAGES, sentences

STARTS = ("=", "+", "-", "@", "\t", "\r")
RISKY = st.text(st.sampled_from("=+-@;,\t\r\n'\"a é"), max_size=12)


@pytest.mark.parametrize("start", STARTS)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert guarded(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["", "Salle 2", "l'accueil", "1-2", "a=b", "Salle 2, -1", "é"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(RISKY)
def test_no_part_that_a_separator_could_cut_off_begins_a_formula(text: str) -> None:
    for part in re.split(r"[;,\t\r\n]", guarded(text)):
        assert not part.lstrip('"').startswith(("=", "+", "-", "@"))
    assert not guarded(text).startswith(STARTS)


@given(st.text() | RISKY)
def test_reading_takes_away_exactly_what_writing_added(text: str) -> None:
    assert bare(guarded(text)) == text


@given(st.text())
def test_signs_that_turn_or_hide_text_are_spelt_out(text: str) -> None:
    assert all(sign.isprintable() or sign in "\t\r\n" for sign in plain(text))
    plain(text).encode()


def test_a_mark_that_turns_text_around_is_seen() -> None:
    assert plain("a\u202egnp.exe") == "a\\u202egnp.exe"
    assert plain("Dürr é") == "Dürr é"


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_told_apart_in_every_language(language: str) -> None:
    words = sentences(language)
    headings = [words[f"sheet.{column}"] for column in COLUMNS]
    assert len(set(headings)) == len(COLUMNS)
    assert [columns_by_word()[heading.casefold()] for heading in headings] == list(COLUMNS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_and_roles_are_found_by_their_names(language: str) -> None:
    words = sentences(language)
    for kind in set(Kind) - {Kind.UNKNOWN}:
        assert kinds_by_word()[words[f"roles.{kind}"].casefold()] == kind
        assert kinds_by_word()[kind] == kind
    for role in roles():
        assert roles_by_word()[words[f"roles.{role}"].casefold()] == role
