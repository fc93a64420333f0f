"""The details in words."""

import sqlite3
from contextlib import closing

import pytest

from appliance.decisions import Verdict
from appliance.incidents import Origin
from appliance.model import Trust
from appliance.panel.journal import Entry
from appliance.report.facts import Newcomer
from appliance.report.month import month
from appliance.report.sections import NAME, tell
from appliance.report.words import Section, Told
from appliance.texts import LANGUAGES
from tests.appliance.report.conftest import Kept
from tests.appliance.report.samples import MADE, facts
from tests.kit.people import DAY, HOUR, NOW, RECEPTION

NAMES = ["sorts", "worst", "incidents", "newcomers", "machines", "cuts", "watch"]


def report(kept: Kept, language: str = "fr", now: float = NOW) -> Told:
    return tell(month(kept.facts(now=now)), language)


def section(told: Told, name: str) -> Section:
    return next(each for each in told.sections if each.id == name)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_is_as_wide_as_its_head(kept: Kept, language: str) -> None:
    kept.panel.isolate("camille", "Essai")
    kept.office.open_incident(author="camille", origin=Origin.HAND)
    told = report(kept, language)
    assert set(NAMES) <= {each.id for each in told.sections}
    assert all(len(row) == len(each.head) for each in told.sections for row in each.rows)
    assert all(cell for each in told.sections for row in each.rows for cell in row)
    assert not [each.id for each in told.sections if "{" in each.title + each.lead + each.none]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calm_month_says_of_each_that_there_is_nothing(language: str) -> None:
    told = tell(month(facts()), language)
    assert [each.id for each in told.sections] == NAMES
    assert all(each.none and not each.rows for each in told.sections)


def test_alerts_are_told_by_kind_and_one_by_one(kept: Kept) -> None:
    told = report(kept)
    assert section(told, "sorts").rows[0] == [
        "Un appareil se fait passer pour un autre",
        "Danger",
        "1",
        "1",
    ]
    assert section(told, "worst").rows[1][1:] == [
        "Samsung-Galaxy-A12",
        "Un appareil inconnu s'est connecté",
        "à traiter",
    ]


def test_what_was_done_says_who_and_why(kept: Kept) -> None:
    kept.office.decide(author="camille", verdict=Verdict.CLOSE, alert="a-spoof", reason="Débranché")
    done = plain(section(report(kept), "worst").rows[0][3])
    assert done == "classée par camille le 21 septembre, 16 h 13 : Débranché"


def test_a_machine_without_support_is_told_first(kept: Kept) -> None:
    rows = section(report(kept), "machines").rows
    assert plain(rows[0][0]) == "Serveur"
    assert "(plus suivi)" in rows[0][1]
    assert rows[0][4] == "12 ans, à renouveler"
    assert (rows[-1][0], rows[-1][3]) == ("PC de l'accueil", "ESET")


def test_cuts_have_their_reason_and_tests_have_no_evidence(kept: Kept) -> None:
    kept.panel.log = [
        Entry(at=NOW - HOUR, who="camille", what="test_passed", why="2.1 s: gateway_silent"),
        Entry(at=NOW - DAY, who="@button", what="isolated", why="Écran rouge"),
    ]
    rows = [[plain(cell) for cell in row[1:]] for row in section(report(kept), "cuts").rows]
    assert rows == [
        ["camille", "Test de coupure réussi"],
        ["bouton du boîtier", "Coupure demandée : Écran rouge"],
    ]


def test_a_panel_that_is_silent_is_said(kept: Kept) -> None:
    kept.panel.gone = True
    assert "ne répond pas" in section(report(kept), "cuts").none


def test_days_with_time_missing_are_told(kept: Kept) -> None:
    begin = NOW - NOW % HOUR
    kept.hear(begin - 5 * HOUR, begin - 2 * HOUR)
    found = section(report(kept, now=begin + 60), "watch")
    assert plain(found.lead).startswith("Vigie a vu 50 % du temps mesuré")
    assert [[plain(cell) for cell in row] for row in found.rows] == [
        ["21 septembre", "2 heures", "50 %"]
    ]


def test_what_is_left_out_is_counted(kept: Kept) -> None:
    told = facts(this=type(facts().this)(newcomers=50))
    assert section(tell(month(told), "en"), "newcomers").more.startswith("and 50 more")


def test_a_name_without_end_is_cut() -> None:
    named = facts(newcomers=(Newcomer(name="x" * 255, kind="nas", at=MADE, trust=Trust.UNKNOWN),))
    (row,) = section(tell(month(named), "en"), "newcomers").rows
    assert row[1] == "x" * NAME + "…"


def test_hostile_names_are_spelt_out(kept: Kept) -> None:
    kept.office.decide(
        author="camille", verdict=Verdict.DESCRIBE, mac=RECEPTION, name="PC\u202ecexe\x1b[2J"
    )
    cells = [cell for each in report(kept).sections for row in each.rows for cell in row]
    assert any("PC\\u202ecexe\\u001b[2J" in cell for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_from_before_the_clock_was_set_is_told_as_uncertain(
    kept: Kept, language: str
) -> None:
    told = section(report(kept, language), "worst").rows
    state = sqlite3.connect(kept.state / "vigie.db")
    with closing(state), state:
        state.execute("UPDATE alerts SET timed = 0 WHERE detector = 'new_device'")
    again = section(report(kept, language), "worst").rows
    word = {"fr": "heure incertaine", "en": "time uncertain"}[language]
    assert [word in row[0] for row in again] == [
        before != row for before, row in zip(told, again, strict=True)
    ]
    assert sum(word in row[0] for row in again) == 1
