"""Who is told, as a form and as settings."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.config_file import read
from web.telling import MOST, Form, Person, fresh_files, key_of, standing, tables, typed, wrong

FOLDER = Path("/var/lib/vigie-settings")
MAIL = Form(
    host="smtp.example.org",
    sender="v@example.org",
    user="v",
    password="geheim",  # noqa: S106 - of a test
    people=(Person(name="Marie", mail="marie@example.org", least="notice"),),
)


def outputs(form: Form, before: dict | None = None) -> dict:
    return tables(form, before or {}, fresh_files(form, FOLDER))


def test_what_is_filled_in_can_be_used_and_is_shown_as_it_was() -> None:
    found = outputs(MAIL)
    assert read({"outputs": found}, "settings.json", {}).outputs.configured
    shown = standing({"outputs": found})
    assert (shown.host, shown.user, shown.has_password) == ("smtp.example.org", "v", True)
    assert shown.password == ""
    assert shown.people[0] == Person(name="marie", mail="marie@example.org", least="notice")
    assert len(shown.people) == MOST


def test_a_name_is_made_into_one_that_settings_may_have() -> None:
    assert key_of("Hélène Le-Gall") == "helene-le-gall"
    assert key_of("?!") == ""
    assert len(key_of("x" * 90)) == 32


def test_what_the_form_does_not_have_stays() -> None:
    """Quiet hours, who comes next, other ways, and further people."""
    before = outputs(MAIL)
    before["person"]["marie"] |= {"quiet": "20:00-07:00", "danger": ["mail", "log"]}
    before["person"] |= {name: {"mail": "z@example.org"} for name in ("x", "y", "z")}
    before["apprise"] = {"log": {"url_file": "/x"}}
    found = outputs(MAIL, before)
    assert found["person"]["marie"]["quiet"] == "20:00-07:00"
    assert found["person"]["marie"]["danger"] == ["mail", "log"]
    assert set(found["person"]) == {"marie", "z"}, "x and y were in the form and are gone"
    assert found["apprise"] == before["apprise"]


def test_with_nothing_filled_in_nobody_is_told() -> None:
    assert outputs(Form(), outputs(MAIL)) == {}


def test_a_telephone_alone_is_enough() -> None:
    form = Form(topic="vigie-3f9a", people=(Person(name="Paul", ntfy=True, least="danger"),))
    assert wrong(form, "en") == {}
    found = outputs(form)
    assert found["person"] == {"paul": {"danger": ["ntfy"]}}
    assert read({"outputs": found}, "settings.json", {}).outputs.ntfy


def test_secrets_are_in_no_text_of_the_form() -> None:
    form = typed({"password": "geheim", "topic": "sujet"}, Form())
    assert "geheim" not in repr(form)
    assert "sujet" not in repr(form)
    assert "geheim" not in str(outputs(MAIL))


@pytest.mark.parametrize("password", ["   ", "a\tb", ""])
def test_a_password_that_the_outputs_could_not_read_is_refused(password: str) -> None:
    assert set(wrong(replace(MAIL, password=password), "en")) == {"password"}


@pytest.mark.parametrize("given", [{}, {"port": "\x00"}, {"least1": "all", "security": "none"}])
def test_nonsense_is_taken_as_text_and_judged(given: dict[str, str]) -> None:
    form = typed(given, Form())
    assert form.security in {"starttls", "tls"}
    wrong(form, "fr")


def test_the_report_of_the_month_is_told_by_the_same_ways_and_can_be_left_again() -> None:
    marie = replace(MAIL.people[0], report=True)
    found = outputs(replace(MAIL, people=(marie,)))
    assert found["person"]["marie"]["report"] == ["mail"]
    assert standing({"outputs": found}).people[0].report
    assert "report" not in outputs(MAIL, found)["person"]["marie"]
