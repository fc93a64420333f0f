"""Signing in and out."""

import pytest

from appliance.texts import say
from tests.kit.people import STAFF, STAFF_PHRASE, TECHNICIAN, TECHNICIAN_PHRASE
from tests.kit.site import Site
from web.access.attempts import FREE


@pytest.mark.parametrize(
    ("name", "phrase"), [(TECHNICIAN, TECHNICIAN_PHRASE), (STAFF, STAFF_PHRASE)]
)
def test_whoever_has_an_account_gets_in(opened: Site, name: str, phrase: str) -> None:
    visitor = opened.client()
    answer = visitor.post("/login", name=name, phrase=phrase)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert visitor.get("/").status_code == 200
    assert opened.reader.audit_entries(limit=1)[0].what == "sign_in"


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        (TECHNICIAN, STAFF_PHRASE),
        ("nobody", TECHNICIAN_PHRASE),
        ("", ""),
        (TECHNICIAN, ""),
        ("camille'; DROP TABLE users --", "x"),
        ("$(id)`id`;id", "x"),
    ],
)
def test_nobody_else_does_and_learns_why(opened: Site, name: str, phrase: str) -> None:
    visitor = opened.client()
    answer = visitor.post("/login", name=name, phrase=phrase)
    assert answer.status_code == 401
    assert say("fr", "login.wrong") in answer.text
    assert visitor.get("/").status_code == 303


def test_the_answer_does_not_tell_whether_the_account_exists(opened: Site) -> None:
    visitor = opened.client()
    texts = [
        visitor.post("/login", name=name, phrase="wrong wrong").text.replace(name, "")
        for name in (TECHNICIAN, "lucienne")
    ]
    assert _without_token(texts[0]) == _without_token(texts[1])


def _without_token(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrf_token" not in line)


def test_who_guesses_is_told_how_long_to_wait(opened: Site) -> None:
    visitor = opened.client()
    for _ in range(FREE):
        visitor.post("/login", name=TECHNICIAN, phrase="wrong wrong")
    answer = visitor.post("/login", name=TECHNICIAN, phrase=TECHNICIAN_PHRASE)
    assert answer.status_code == 429
    assert "Attendez 2 secondes" in answer.text


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/devices?trust=unknown", "/devices?trust=unknown"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("devices", "/"),
        ("/a\nSet-Cookie: x=y", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_nowhere_outside_the_box(opened: Site, asked: str, reached: str) -> None:
    answer = opened.client().post("/login", name=TECHNICIAN, phrase=TECHNICIAN_PHRASE, next=asked)
    assert answer.headers["Location"] == reached


def test_who_is_in_needs_no_form(opened: Site) -> None:
    assert opened.technician().get("/login").headers["Location"] == "/"


def test_signing_out_ends_it(opened: Site) -> None:
    visitor = opened.technician()
    assert visitor.post("/leave").headers["Location"] == "/login"
    assert visitor.get("/").status_code == 303


def test_the_form_speaks_the_language_that_is_chosen(opened: Site) -> None:
    visitor = opened.client()
    assert "Sign in" in visitor.get("/login?lang=en").text
    assert "Sign in" in visitor.get("/login").text
    assert "Connexion" in visitor.get("/login?lang=fr").text
    assert "Connexion" in visitor.get("/login?lang=xx").text
