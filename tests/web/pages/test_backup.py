"""The page of the backups: it asks for them, hands them out, and keeps no pass-phrase."""

import html
import io
import re

import pytest

from appliance import errands
from appliance.backup import keeping, sealed
from appliance.errands import Outcome
from appliance.texts import say
from tests.kit.people import NOW, TECHNICIAN
from tests.kit.site import Site
from web.pages.backup import WITHIN


def here(opened: Site):
    return opened.app.extensions["vigie"].config


def kept(opened: Site, content: bytes = b"sealed", *, mode: int = 0o640) -> str:
    folder = keeping.place(here(opened))
    folder.mkdir(exist_ok=True)
    file = folder / keeping.name(NOW)
    file.write_bytes(content)
    file.chmod(mode)
    return file.name


def page(opened: Site) -> str:
    return html.unescape(opened.technician().get("/backup").text)


def test_a_new_box_says_that_there_is_none_and_what_is_missing(opened: Site) -> None:
    text = page(opened)
    assert say("fr", "backup_page.none") in text
    assert say("fr", "backup_page.phrase_first") in text


def test_the_pass_phrase_is_shown_once_and_opens_what_is_locked_with_it(opened: Site) -> None:
    visitor = opened.technician()
    answer = visitor.post("/backup/phrase")
    (phrase,) = re.findall(r"(?:[a-z2-9]{4}-){5}[a-z2-9]{4}", answer.text)
    asked = errands.backup_asked(here(opened))
    assert asked is not None
    lock = sealed.lock_of(asked.recipient, asked.key)
    out, plain = io.BytesIO(), io.BytesIO()
    sealed.seal(io.BytesIO(b"all of the box"), lock, out)
    sealed.unseal(out, phrase, plain)
    assert plain.getvalue() == b"all of the box"
    assert phrase not in page(opened)
    lying = [file for file in opened.state.rglob("*") if file.is_file()]
    assert not [file for file in lying if phrase.encode() in file.read_bytes()]


def test_one_that_is_asked_for_is_shown_as_waiting_until_it_is_made(opened: Site) -> None:
    opened.technician().post("/backup/make")
    assert say("fr", "backup_page.waits") in page(opened)
    asked = errands.backup_asked(here(opened))
    assert asked is not None
    kept(opened)
    done = Outcome(at=NOW, state="done", asked=asked.id, whole=True, sticks={"/media/a": True})
    errands.tell(here(opened), "backup", done)
    text = page(opened)
    assert say("fr", "backup_page.waits") not in text
    assert say("fr", "backup_page.whole") in text
    assert say("fr", "backup_page.on_stick", stick="/media/a") in text


def test_one_that_nobody_makes_is_told(opened: Site) -> None:
    opened.technician().post("/backup/make")
    opened.clock.at += WITHIN
    assert say("fr", "backup_page.late") in page(opened)


@pytest.mark.parametrize(
    ("key", "words"), [("no_phrase", {}), ("not_written", {"why": "disque plein"})]
)
def test_why_there_is_none_is_told(opened: Site, key: str, words: dict[str, str]) -> None:
    errands.tell(here(opened), "backup", Outcome(at=NOW, state="refused", key=key, words=words))
    assert say("fr", f"backup_page.{key}", **words) in page(opened)


def test_one_that_is_not_whole_or_is_on_no_stick_is_told(opened: Site) -> None:
    kept(opened)
    done = Outcome(at=NOW, state="done", whole=False, sticks={"/media/full": False})
    errands.tell(here(opened), "backup", done)
    text = page(opened)
    assert say("fr", "backup_page.not_whole") in text
    assert say("fr", "backup_page.not_on_stick", stick="/media/full") in text
    errands.tell(here(opened), "backup", Outcome(at=NOW, state="done", whole=True))
    assert say("fr", "backup_page.no_stick") in page(opened)


def test_a_backup_is_handed_out_as_it_is_and_that_is_written_down(opened: Site) -> None:
    name = kept(opened)
    answer = opened.technician().get(f"/backup/kept/{name}")
    assert (answer.data, answer.headers["Content-Disposition"]) == (
        b"sealed",
        f"attachment; filename={name}",
    )
    (entry,) = [each for each in opened.reader.audit_entries() if each.what == "backup_taken"]
    assert (entry.who, entry.detail) == (TECHNICIAN, name)


@pytest.mark.parametrize("name", ["key.age", "recipient", "..%2Fvigie.db", "vigie-1.vigie"])
def test_nothing_else_is_handed_out(opened: Site, name: str) -> None:
    """What locks the backups lies beside them."""
    kept(opened)
    (keeping.place(here(opened)) / "recipient").write_text("age1")
    assert opened.technician().get(f"/backup/kept/{name}").status_code == 404


def test_one_that_root_keeps_to_itself_is_listed_and_not_offered(opened: Site) -> None:
    name = kept(opened, mode=0o600)
    text = page(opened)
    assert name in text
    assert f'href="/backup/kept/{name}"' not in text


def test_a_pass_phrase_that_was_shown_is_not_forgotten_over_the_next_order(opened: Site) -> None:
    """Whoever asks once more, before the first was taken up, asks with the same lock."""
    visitor = opened.technician()
    visitor.post("/backup/phrase")
    first = errands.backup_asked(here(opened))
    visitor.post("/backup/make")
    second = errands.backup_asked(here(opened))
    assert first is not None
    assert second is not None
    assert (second.recipient, second.key) == (first.recipient, first.key)
    assert second.id != first.id
    errands.tell(here(opened), "backup", Outcome(at=NOW, state="done", asked=second.id))
    visitor.post("/backup/make")
    third = errands.backup_asked(here(opened))
    assert third is not None
    assert third.recipient == ""
