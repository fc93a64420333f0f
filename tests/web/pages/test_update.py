"""The page of the version in use: what is sent is handed on whole, and what came of it is told."""

import html
import io

import pytest
from werkzeug.test import TestResponse

from appliance import errands
from appliance.errands import Outcome
from appliance.texts import LANGUAGES, say
from tests.kit.people import NOW, TECHNICIAN
from tests.kit.site import Site, Visitor
from web.pages.update import WITHIN

CONTENT = b"PK" + b"bundle " * 50_000


def send(visitor: Visitor, content: bytes = CONTENT, *, token: bool = True) -> TestResponse:
    form = {"bundle": (io.BytesIO(content), "vigie-9.0.0.bundle")}
    form |= {"csrf_token": visitor.token()} if token else {}  # type: ignore[dict-item] # a field beside a file
    return visitor.browser.post("/update/send", data=form)


def waiting(opened: Site) -> list[str]:
    folder = errands.folder(here(opened))
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def here(opened: Site):
    return opened.app.extensions["vigie"].config


def page(opened: Site) -> str:
    return html.unescape(opened.technician().get("/update").text)


def told(opened: Site, outcome: Outcome) -> str:
    errands.tell(here(opened), "update", outcome)
    return page(opened)


def test_what_is_sent_waits_whole_for_the_part_that_has_the_right(opened: Site) -> None:
    """Larger than any form, and with nothing left beside it."""
    answer = send(opened.technician())
    assert answer.status_code == 303
    assert waiting(opened) == [errands.BUNDLE]
    assert (errands.folder(here(opened)) / errands.BUNDLE).read_bytes() == CONTENT
    (entry,) = [each for each in opened.reader.audit_entries() if each.what == "update"]
    assert (entry.who, entry.detail) == (TECHNICIAN, "vigie-9.0.0.bundle")
    assert say("fr", "update_page.waits") in page(opened)


def test_a_second_one_does_not_take_the_place_of_one_that_waits(opened: Site) -> None:
    send(opened.technician())
    visitor = opened.technician()
    send(visitor, b"PK other " * 9000)
    assert say("fr", "update.busy") in html.unescape(visitor.get("/update").text)
    assert (errands.folder(here(opened)) / errands.BUNDLE).read_bytes() == CONTENT


def test_nothing_sent_is_told(opened: Site) -> None:
    visitor = opened.technician()
    assert visitor.post("/update/send").status_code == 303
    assert say("fr", "update_page.nothing_sent") in html.unescape(visitor.get("/update").text)


def test_a_refused_one_is_told_in_one_sentence(opened: Site) -> None:
    """The words of the part that refused it, in the language of whoever reads."""
    refused = Outcome(
        at=NOW, state="refused", key="older", words={"version": "0.1.0", "here": "0.2.0"}
    )
    text = told(opened, refused)
    assert say("fr", "update.older", version="0.1.0", here="0.2.0") in text
    assert say("fr", "update.not_signed") in told(
        opened, Outcome(at=NOW, state="refused", key="not_signed")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence_and_an_unheard_one_is_told_plainly(
    opened: Site, language: str
) -> None:
    opened.office.set_language(TECHNICIAN, language)
    unheard = Outcome(at=NOW, state="refused", key="moon", words={"<b>": "x"})
    assert say(language, "update_page.refused") in told(opened, unheard)


def test_one_that_is_under_way_is_told_and_no_other_is_taken_meanwhile(opened: Site) -> None:
    text = told(opened, Outcome(at=NOW - 60, state="begun"))
    assert say("fr", "update_page.works") in text
    assert 'type="file"' not in text


def test_one_that_a_power_cut_ended_is_told(opened: Site) -> None:
    text = told(opened, Outcome(at=NOW - WITHIN - 1, state="begun"))
    assert say("fr", "update_page.broken_off") in text
    assert 'type="file"' in text
