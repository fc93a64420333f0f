"""Which lists the box holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.lists.entry import Entry, ListError, entry
from appliance.lists.guard import Guard
from appliance.lists.held import Held, read_state
from appliance.lists.shelf import Kept, Shelf, opened
from appliance.lists.taking_up import load

GUARD = Guard()


def some(count: int) -> Iterator[Entry]:
    return (entry(f"x{number}.example") for number in range(count))


def put(folder: Path, *entries: str, name: str = "mine") -> Held:
    with opened(folder, GUARD) as shelf:
        held = shelf.put(Held(name=name, origin="file"), map(entry, entries))
        shelf.save()
    return held


def finds(folder: Path, name: str) -> bool:
    return load(folder).find_name(name, 0.0) is not None


def test_what_was_put_is_found_and_known_of(tmp_path):
    held = put(tmp_path, "bad.example", "203.0.113.66")
    assert finds(tmp_path, "www.bad.example")
    assert read_state(tmp_path).lists == (held,)
    assert held.entries == 2


def test_harmful_entries_are_passed_over_counted_and_the_rest_is_used(tmp_path):
    """One bad line in a feed must neither hurt nor cost the other lines."""
    held = put(tmp_path, "com.example", "co.uk", "google.com", "192.168.1.1", "11.0.0.0/8")
    assert held.entries == 1
    assert held.left == {"suffix": 1, "needed": 1, "inside": 1, "large": 1}
    assert held.example == "co.uk"
    assert not finds(tmp_path, "www.google.com")


@pytest.mark.parametrize("name", ["", "../etc", ".hidden", "a/b", "x" * 80])
def test_a_list_s_name_is_that_of_a_file_in_the_folder(tmp_path, name):
    with pytest.raises(ListError, match="no name for a list"):
        put(tmp_path / "lists", "bad.example", name=name)


def test_a_list_of_which_nothing_is_left_is_refused(tmp_path):
    put(tmp_path, "old.example")
    with pytest.raises(ListError, match="holds no entry"):
        put(tmp_path)
    with pytest.raises(ListError, match="not on the internet"):
        put(tmp_path, "192.168.1.1")
    assert finds(tmp_path, "old.example")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [(100, 0, "empty"), (1, 0, "empty"), (100, 10, "shrunk"), (100, 1000, "grown")],
)
def test_a_list_that_is_no_longer_what_it_was_leaves_the_old_one(tmp_path, old, new, why):
    held = Held(name="feed", origin="feed")
    with opened(tmp_path, GUARD) as shelf:
        shelf.put(held, some(old), wary=True)
        shelf.save()
        with pytest.raises(Kept, match=why):
            shelf.put(held, some(new), wary=True)
        shelf.trouble("feed", why)
        shelf.save()
    (kept,) = read_state(tmp_path).lists
    assert (kept.entries, kept.trouble) == (old, why)
    assert load(tmp_path).find_name("x0.example", 0.0)
    assert sorted(file.name for file in tmp_path.glob("*.new")) == []


@pytest.mark.parametrize(("old", "new"), [(100, 11), (100, 999), (5, 1), (5, 500)])
def test_a_list_may_change_and_a_short_one_as_it_likes(tmp_path, old, new):
    with opened(tmp_path, GUARD) as shelf:
        for count in (old, new):
            held = shelf.put(Held(name="feed", origin="feed"), some(count), wary=True)
    assert held.entries == new


def test_what_is_not_saved_changes_nothing(tmp_path):
    """Whether it was refused later, or the power was cut."""
    put(tmp_path, "old.example")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with opened(tmp_path, GUARD) as shelf:
        shelf.put(Held(name="mine", origin="file"), some(3))
        shelf.remove("other")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_removed_list_finds_nothing_more(tmp_path):
    put(tmp_path, "bad.example")
    put(tmp_path, "worse.example", name="other")
    with opened(tmp_path, GUARD) as shelf:
        assert shelf.remove("mine")
        assert not shelf.remove("nobody")
        shelf.save()
    assert not finds(tmp_path, "bad.example")
    assert finds(tmp_path, "worse.example")
    assert not (tmp_path / "mine.csv").exists()


def test_a_feed_that_is_turned_off_is_gone_with_its_entries(tmp_path):
    with opened(tmp_path, GUARD) as shelf:
        shelf.turn("feed", on=True)
        shelf.put(Held(name="feed", origin="feed"), some(3))
        shelf.save()
    assert read_state(tmp_path).on == ("feed",)
    with opened(tmp_path, GUARD) as shelf:
        shelf.turn("feed", on=False)
        shelf.save()
    assert read_state(tmp_path).on == ()
    assert not finds(tmp_path, "x0.example")


def test_lists_of_an_earlier_version_are_taken_over(tmp_path):
    """It laid a file into the folder, and nothing else."""
    (tmp_path / "theirs.csv").write_text("old.example,why\n")
    put(tmp_path, "new.example")
    assert finds(tmp_path, "old.example")
    assert [held.name for held in read_state(tmp_path).lists] == ["mine", "theirs"]


def test_a_file_that_somebody_lays_beside_the_lists_later_is_neither_used_nor_lost(tmp_path):
    put(tmp_path, "bad.example")
    (tmp_path / "theirs.csv").write_text("stray.example\n")
    put(tmp_path, "worse.example", name="other")
    assert not finds(tmp_path, "stray.example")
    assert (tmp_path / "theirs.csv").exists()


def test_a_damaged_note_of_the_lists_is_said(tmp_path):
    (tmp_path / "shelf.json").write_text("{")
    with pytest.raises(ListError, match="is damaged"):
        read_state(tmp_path)


def test_reasons_and_last_days_outlive_the_file(tmp_path):
    with opened(tmp_path, GUARD) as shelf:
        shelf.put(Held(name="mine", origin="file"), [entry("bad.example", "a, b", 500.0)])
        shelf.save()
    found = load(tmp_path).find_name("bad.example", 499.0)
    assert (found.why, found.until, found.source) == ("a, b", 500.0, "mine")
    assert load(tmp_path).find_name("bad.example", 500.0) is None


def test_the_bundle_last_taken_is_remembered(tmp_path):
    with opened(tmp_path, GUARD) as shelf:
        shelf.seen(7)
        shelf.save()
    assert Shelf(tmp_path, GUARD).state.serial == 7
