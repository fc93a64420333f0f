"""The first page in words."""

from dataclasses import replace

import pytest

from appliance.model import Level, Severity
from appliance.report.calendar import Month
from appliance.report.facts import Panel, Period, Upkeep
from appliance.report.month import month
from appliance.report.words import FIRST, Told, first_page, moment, month_words, share
from appliance.texts import LANGUAGES, say
from tests.appliance.report.samples import MADE, OCTOBER, PARIS, SEEN, facts, watch

NOTHING = say("fr", "report.cell.not_asked")


def page(language: str = "fr", **changes: object) -> Told:
    return first_page(month(facts(**changes)), language)


def figure(told: Told, name: str) -> tuple[str, str, str]:
    found = next(each for each in told.figures if each.id == name)
    return tuple(text.replace("\u202f", " ") for text in (found.value, found.line, found.change))


def test_a_calm_month_makes_no_promise() -> None:
    told = page()
    assert told.title == "Rapport du mois\u202f: octobre 2026"
    assert told.verdict_title == "Rien de grave vu"
    assert told.points == []
    assert page("en").title == "Report for October 2026"


def test_a_reason_says_what_there_is_and_what_to_do() -> None:
    (point,) = page(unapproved=2).points
    assert point.what == "2 appareils n'ont été reconnus par personne."
    assert "débranchez-les" in point.do
    assert point.level == "look"
    assert page(unapproved=1).points[0].what.startswith("1 appareil n'a")


def test_at_most_five_reasons_are_on_the_first_page() -> None:
    many = page(
        unapproved=1,
        open={Severity.WARNING: 1},
        upkeep=Upkeep(computers=1, ended=1),
        this=watch(9),
        learning=True,
    )
    assert len(many.points) == FIRST
    assert many.points_more == "et un autre, dans le détail"


def test_figures_are_compared_in_words() -> None:
    before = Period(alerts={Severity.WARNING: 3}, newcomers=1, watch=watch(7).watch)
    this = Period(alerts={Severity.WARNING: 1}, newcomers=3, cuts=1, watch=SEEN)
    told = page(before=before, this=this)
    assert figure(told, "alerts") == ("1", "1 avertissement", "2 de moins qu'en septembre")
    assert figure(told, "newcomers") == ("3", "tous sont reconnus", "2 de plus qu'en septembre")
    assert figure(told, "cuts") == ("1", "coupure jamais testée", "1 de plus qu'en septembre")
    assert figure(told, "watch") == (
        "100 %",
        "moins d'une heure sans rien voir",
        "septembre : 99 %",
    )
    assert figure(page(), "alerts")[1:] == ("Aucune alerte ce mois-ci.", "autant qu'en septembre")


def test_another_year_is_named() -> None:
    told = page(month=Month(2027, 1))
    assert figure(told, "alerts")[2] == "autant qu'en décembre 2026"


def test_what_is_not_known_is_not_a_number() -> None:
    told = page(panel=None, upkeep=Upkeep(), this=Period(), before=None)
    assert figure(told, "cuts") == (NOTHING, "la commande de la coupure ne répond pas", "")
    assert figure(told, "upkeep") == (NOTHING, "aucun ordinateur reconnu", "")
    assert figure(told, "watch")[0] == NOTHING
    assert "Pas de comparaison" in " ".join(told.notes)


def test_cuts_may_be_at_least_so_many() -> None:
    told = page(this=Period(cuts=4, journal_whole=False, watch=SEEN))
    assert figure(told, "cuts")[0] == "au moins 4"


@pytest.mark.parametrize(("passed", "word"), [(True, "réussi"), (False, "manqué")])
def test_the_last_test_is_told(passed: bool, word: str) -> None:
    panel = Panel(light=Level.WELL, tested_at=MADE, test_passed=passed)
    assert figure(page(panel=panel), "cuts")[1] == f"dernier test le 31 octobre 2026, {word}"


def test_machines_are_told_in_their_parts() -> None:
    upkeep = Upkeep(computers=5, updated=3, protected=4, due=2, soon=1)
    told = page(upkeep=upkeep)
    assert figure(told, "upkeep")[:2] == ("3 sur 5", "antivirus vu sur 4")
    assert figure(told, "renewal")[:2] == ("2", "1 à prévoir bientôt")


@pytest.mark.parametrize(
    ("part", "words"),
    [(1.0, "100 %"), (0.99999, "99,9 %"), (0.5, "50 %"), (0.9945, "99,4 %"), (0.0, "0 %")],
)
def test_a_share_is_rounded_down(part: float, words: str) -> None:
    """One hundred per cent is all of it."""
    assert share("fr", part).replace("\u202f", " ") == words


def test_times_are_the_practices() -> None:
    """An hour before November in Paris."""
    assert moment("fr", MADE, PARIS).replace("\u202f", " ") == "31 octobre 2026, 23 h 00"
    assert moment("en", MADE, PARIS, year=False) == "31 October, 23:00"


def test_a_month_beside_one_of_the_same_year_goes_without_it() -> None:
    assert month_words("en", OCTOBER) == "October 2026"
    assert month_words("en", OCTOBER.before, beside=OCTOBER) == "September"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_that_is_over_does_not_say_that_it_runs(language: str) -> None:
    running = first_page(month(facts()), language).notes
    over = first_page(month(replace(facts(), running=False)), language).notes
    assert len(over) == len(running) - 1
