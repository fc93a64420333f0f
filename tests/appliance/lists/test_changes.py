"""What people do with the lists; bundles and files have their tests with the command."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.lists import changes
from appliance.lists.changes import Refusal
from appliance.lists.entry import entry
from appliance.lists.guard import Guard
from appliance.lists.held import Held
from appliance.lists.noted import MOST, NOTED, noted
from appliance.lists.shelf import Shelf, opened
from appliance.lists.taking_up import load


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with opened(tmp_path, Guard()) as shelf:
        yield shelf


def refused(done) -> str:
    with pytest.raises(Refusal) as refusal:
        done()
    return refusal.value.key


def test_what_is_noted_is_in_use_with_its_reason(shelf):
    changes.note(shelf, entry("bad.example", "a mail"), 1.0)
    shelf.save()
    hit = load(shelf.folder).find_name("www.bad.example", 2.0)
    assert hit is not None
    assert (hit.source, hit.why) == (NOTED, "a mail")


def test_noted_twice_it_has_the_later_reason(shelf):
    for name, why in (("a.example", "x"), ("b.example", "y"), ("a.example", "z")):
        changes.note(shelf, entry(name, why), 1.0)
    shelf.save()
    assert [(each.text, each.why) for each in noted(shelf.folder)] == [
        ("b.example", "y"),
        ("a.example", "z"),
    ]


def test_what_is_forgotten_is_in_use_no_more_and_the_last_takes_the_list_along(shelf):
    changes.note(shelf, entry("a.example", "x"), 1.0)
    changes.note(shelf, entry("203.0.113.7", "y"), 1.0)
    shelf.save()
    assert len(noted(shelf.folder)) == 2
    for each in noted(shelf.folder):
        changes.forget(shelf, each.text, 2.0)
        shelf.save()
    assert shelf.held(NOTED) is None
    assert noted(shelf.folder) == ()
    assert load(shelf.folder).find_name("a.example", 3.0) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("google.com", "needed"),
        ("co.uk", "suffix"),
        ("192.168.1.1", "inside"),
        ("11.0.0.0/8", "large"),
    ],
)
def test_what_would_accuse_the_innocent_is_not_noted(shelf, text, why):
    assert refused(lambda: changes.note(shelf, entry(text, "x"), 1.0)) == f"left.{why}"
    assert shelf.held(NOTED) is None


def test_a_full_list_takes_no_more_but_another_reason(shelf):
    many = (entry(f"x{number}.example") for number in range(MOST))
    shelf.put(Held(name=NOTED, origin="file"), many)
    shelf.save()
    assert refused(lambda: changes.note(shelf, entry("new.example", "x"), 1.0)) == "full"
    changes.note(shelf, entry("x7.example", "x"), 1.0)
    assert shelf.held(NOTED).entries == MOST


def test_what_is_not_there_is_neither_forgotten_nor_removed(shelf):
    assert refused(lambda: changes.forget(shelf, "a.example", 1.0)) == "not_noted"
    assert refused(lambda: changes.remove(shelf, "mine")) == "unknown"
    assert refused(lambda: changes.turn_on(shelf, "moon")) == "not_offered"
    assert refused(lambda: changes.turn_off(shelf, "moon")) == "not_offered"


def test_a_feed_is_turned_off_rather_than_removed(shelf):
    changes.turn_on(shelf, "cert-polska")
    assert refused(lambda: changes.remove(shelf, "cert-polska")) == "feed_first"
    changes.turn_off(shelf, "cert-polska")
    assert shelf.state.on == ()


def test_a_list_from_elsewhere_is_not_written_over(shelf):
    shelf.put(Held(name="cert-polska", origin="bundle"), [entry("bad.example")])
    assert refused(lambda: changes.turn_on(shelf, "cert-polska")) == "taken_name"
