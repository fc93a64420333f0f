"""Error pages: plain, in the reader's language, and silent about the inside (W2, W19)."""

from pathlib import Path

import pytest

from appliance.texts import say
from tests.kit.site import Site
from web.access import passwords
from web.errors import TOLD


def plain(text: str) -> bool:
    return not any(word in text for word in ("Traceback", "werkzeug", "sqlite", "/web/", "File "))


def test_every_code_has_its_words_in_both_languages() -> None:
    for language in ("fr", "en"):
        for code in TOLD:
            assert say(language, f"error.{code}.title")
            assert say(language, f"error.{code}.sentence")


def test_a_page_that_does_not_exist_says_so_in_the_readers_language(opened: Site) -> None:
    french = opened.client().get("/nope", Accept_Language="fr")
    english = opened.client().get("/nope", Accept_Language="en-GB")
    assert french.status_code == english.status_code == 404
    assert "Cette page n&#39;existe pas" in french.text
    assert "There is no such page" in english.text


def test_a_fault_of_ours_is_told_without_its_inside(
    opened: Site, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    def broken() -> str:
        raise RuntimeError("a secret detail of /web/inside.py")

    monkeypatch.setitem(opened.app.view_functions, "help.page", broken)
    answer = opened.technician().get("/help")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert plain(answer.text)
    assert "secret detail" in caplog.text


def test_a_card_that_gives_up_is_told_in_a_sentence(opened: Site) -> None:
    technician = opened.technician()
    opened.break_card()
    answer = technician.get("/alerts/a-spoof")
    assert answer.status_code == 503
    assert "La base de données ne répond pas" in answer.text
    assert plain(answer.text)


def test_programs_get_the_code_as_json(opened: Site) -> None:
    answer = opened.client().get("/api/v1/status")
    assert answer.status_code == 401
    assert answer.json == {"error": 401}
    assert opened.technician().get("/api/v1/nope").json == {"error": 404}


def test_a_box_that_is_busy_hashing_says_so(opened: Site, monkeypatch) -> None:
    def busy(kept: str | None, phrase: str) -> bool:
        raise passwords.BusyError

    monkeypatch.setattr(passwords, "matches", busy)
    answer = opened.technician().post("/account/password", old="x", new="y")
    assert answer.status_code == 503


@pytest.mark.parametrize("path", ["/console", "/?__debugger__=yes&cmd=resource&f=style.css"])
def test_there_is_no_debugger(opened: Site, path: str) -> None:
    answer = opened.technician().get(path)
    assert "Werkzeug" not in answer.text
    assert not opened.app.debug


def test_no_page_shows_where_it_lies(opened: Site) -> None:
    assert str(Path(__file__).parent.parent.parent) not in opened.client().get("/nope").text
