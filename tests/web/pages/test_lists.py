"""The page of lists: what is asked is handed on, one thing at a time; what came of it is told."""

import html
import io

import pytest
from werkzeug.test import TestResponse

from appliance import errands
from appliance.errands import Outcome
from appliance.lists import changes
from appliance.lists.entry import entry
from appliance.lists.guard import Guard
from appliance.lists.held import Held
from appliance.lists.noted import MOST, NOTED
from appliance.lists.shelf import opened as shelf_opened
from appliance.texts import LANGUAGES, say
from tests.kit.people import NOW, TECHNICIAN
from tests.kit.site import Site, Visitor
from web.pages.lists import A_PAGE, WITHIN

CONTENT = b"bad.example,a mail\n" * 20_000
"""Larger than any form."""


def send(visitor: Visitor, content: bytes = CONTENT, name: str = "mine.csv") -> TestResponse:
    form = {"file": (io.BytesIO(content), name), "csrf_token": visitor.token()}
    return visitor.browser.post("/lists/send", data=form)


def here(opened: Site):
    return opened.app.extensions["vigie"].config


def page(opened: Site, query: str = "") -> str:
    return html.unescape(opened.technician().get(f"/lists{query}").text)


def done(opened: Site) -> None:
    """Have the part that does it say that it is done."""
    asked = errands.lists_asked(here(opened))
    assert asked is not None
    errands.tell(here(opened), "lists", Outcome(at=NOW, state="done", key="x", asked=asked.id))


def asked(opened: Site) -> tuple[str, str, str, str]:
    found = errands.lists_asked(here(opened))
    assert found is not None
    return found.what, found.name, found.entry, found.why


@pytest.mark.parametrize(
    ("path", "form", "wish"),
    [
        ("feed", {"name": "cert-polska", "on": "1"}, ("turn-on", "cert-polska", "", "")),
        ("feed", {"name": "cert-polska"}, ("turn-off", "cert-polska", "", "")),
        ("feed", {"name": "urlhaus", "on": "1", "read": "1"}, ("turn-on", "urlhaus", "", "")),
        ("noted/add", {"entry": "bad.example", "why": "x"}, ("note", "", "bad.example", "x")),
        ("noted/remove", {"entry": "bad.example"}, ("forget", "", "bad.example", "")),
        ("remove", {"name": "mine"}, ("remove", "mine", "", "")),
    ],
)
def test_what_is_asked_is_handed_on_and_written_down(
    opened: Site, path: str, form: dict[str, str], wish: tuple[str, str, str, str]
) -> None:
    assert opened.technician().post(f"/lists/{path}", **form).status_code == 303
    assert asked(opened) == wish
    (note,) = [each for each in opened.reader.audit_entries() if each.what == "lists"]
    assert (note.who, note.detail) == (TECHNICIAN, " ".join(filter(None, wish)))
    assert say("fr", "lists_page.waits") in page(opened)


@pytest.mark.parametrize(
    ("path", "form", "why"),
    [
        ("feed", {"name": "urlhaus", "on": "1"}, "read_first"),
        ("feed", {"name": "moon", "on": "1"}, "read_first"),
        ("noted/add", {"entry": "bad.example"}, "no_why"),
    ],
)
def test_what_lacks_something_is_not_handed_on(
    opened: Site, path: str, form: dict[str, str], why: str
) -> None:
    visitor = opened.technician()
    visitor.post(f"/lists/{path}", **form)
    assert say("fr", f"lists_page.{why}") in html.unescape(visitor.get("/lists").text)
    assert errands.lists_asked(here(opened)) is None


def test_what_is_no_name_is_said_at_once(opened: Site) -> None:
    visitor = opened.technician()
    visitor.post("/lists/noted/add", entry="<b>pas un nom", why="x")
    text = html.unescape(visitor.get("/lists").text)
    assert say("fr", "lists_page.no_entry", typed="<b>pas un nom") in text
    assert errands.lists_asked(here(opened)) is None


def test_one_thing_is_asked_at_a_time(opened: Site) -> None:
    visitor = opened.technician()
    visitor.post("/lists/remove", name="first")
    visitor.post("/lists/remove", name="second")
    send(visitor)
    assert asked(opened)[1] == "first"
    assert 'type="file"' not in page(opened)
    done(opened)
    visitor.post("/lists/remove", name="second")
    assert asked(opened)[1] == "second"


def test_what_waits_for_too_long_is_said_and_stops_nobody(opened: Site) -> None:
    visitor = opened.technician()
    visitor.post("/lists/remove", name="first")
    opened.clock.at += WITHIN + 1
    assert say("fr", "lists_page.late") in page(opened)
    opened.technician().post("/lists/remove", name="second")
    assert asked(opened)[1] == "second"


def test_a_list_that_is_sent_waits_whole_where_another_part_may_read_it(opened: Site) -> None:
    assert send(opened.technician()).status_code == 303
    assert asked(opened) == ("take", "mine.csv", "", "")
    place = errands.folder(here(opened)) / errands.LIST
    assert place.read_bytes() == CONTENT
    assert place.stat().st_mode & 0o777 == 0o640


def test_a_later_one_takes_the_place_of_one_that_was_dealt_with(opened: Site) -> None:
    send(opened.technician())
    done(opened)
    send(opened.technician(), b"worse.example\n")
    assert (errands.folder(here(opened)) / errands.LIST).read_bytes() == b"worse.example\n"


def test_nothing_sent_is_told(opened: Site) -> None:
    visitor = opened.technician()
    assert visitor.post("/lists/send").status_code == 303
    assert say("fr", "lists_page.nothing_sent") in html.unescape(visitor.get("/lists").text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_became_of_it_is_told_in_the_readers_language(opened: Site, language: str) -> None:
    opened.office.set_language(TECHNICIAN, language)
    words = {"serial": "3", "known": "4"}
    errands.tell(here(opened), "lists", Outcome(at=NOW, state="refused", key="older", words=words))
    assert say(language, "lists_page.refused.older", **words) in page(opened)
    unheard = Outcome(at=NOW, state="refused", key="moon")
    errands.tell(here(opened), "lists", unheard)
    assert say(language, "lists_page.refused_somehow") in page(opened)


def test_what_is_wrong_in_a_file_is_shown_as_it_was_said(opened: Site) -> None:
    outcome = Outcome(at=NOW, state="refused", key="unusable", words={"why": "line 2: <i>"})
    errands.tell(here(opened), "lists", outcome)
    text = opened.technician().get("/lists").text
    assert "line 2: &lt;i&gt;" in text


def test_own_entries_have_pages_and_a_full_list_no_form(opened: Site) -> None:
    with shelf_opened(opened.state / "lists", Guard()) as shelf:
        many = (entry(f"x{number}.example", "why") for number in range(MOST))
        shelf.put(Held(name=NOTED, origin="file", taken_at=NOW), many)
        shelf.save()
    text = page(opened)
    assert text.count('name="entry"') == A_PAGE
    assert 'id="entry"' not in text
    assert "x0.example" in text
    assert f"x{MOST - 1}.example" in page(opened, "?page=999")


def test_a_feed_that_did_not_come_says_so_with_the_day(opened: Site) -> None:
    with shelf_opened(opened.state / "lists", Guard()) as shelf:
        changes.turn_on(shelf, "cert-polska")
        shelf.tried("cert-polska", NOW, "the server answers 503")
        shelf.save()
    text = page(opened)
    assert say("fr", "lists_page.did_not_come") in text
    assert "the server answers 503" in text


def test_lists_that_cannot_be_read_are_said(opened: Site) -> None:
    (opened.state / "lists").mkdir()
    (opened.state / "lists/shelf.json").write_text("{")
    assert say("fr", "lists_page.damaged") in page(opened)


def test_the_hub_leads_here(opened: Site) -> None:
    assert 'href="/lists"' in opened.technician().get("/settings").text
