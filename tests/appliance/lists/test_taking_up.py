"""What the sensor takes into use."""

import pytest

from appliance.lists import own
from appliance.lists.entry import ListError, entry
from appliance.lists.guard import Guard
from appliance.lists.held import Held
from appliance.lists.shelf import opened
from appliance.lists.taking_up import few, kept, load, mark, shipped
from tests.kit.vigie import ROOT


def test_the_shipped_lists_can_be_used(tmp_path):
    """Every entry of them is well-formed, and none is one that no list may hold."""
    found = load(tmp_path / "none")
    assert found.find_name("abc.interact.sh", 0.0).source == "attack-callbacks"
    assert found.find_name("interact.sh.example.org", 0.0) is None
    assert shipped().head.left_out == 0
    folder = ROOT / "appliance/data/lists"
    for each in (each for file in folder.iterdir() for each in own.read(file)):
        assert not Guard().objection(each), each


def test_what_an_earlier_version_left_is_used_without_an_index(tmp_path):
    (tmp_path / "theirs.csv").write_text("old.example\ngoogle.com\n")
    found = load(tmp_path)
    assert found.find_name("www.old.example", 0.0)
    assert found.find_name("www.google.com", 0.0) is None


@pytest.mark.parametrize("content", [b"vigie lists 1\n", b"x" * 100, b"vigie lists 1\n\0\0\0\1{"])
def test_a_damaged_index_is_refused(tmp_path, content):
    (tmp_path / "index").write_bytes(content)
    with pytest.raises(ListError):
        load(tmp_path)


def test_an_index_in_use_outlives_its_file(tmp_path):
    """The sensor has it mapped while another one is moved into its place."""
    for name in ("old.example", "new.example"):
        with opened(tmp_path, Guard()) as shelf:
            shelf.put(Held(name="mine", origin="file"), [entry(name)])
            shelf.save()
        if name == "old.example":
            old, before = load(tmp_path), mark(tmp_path)
    assert old.find_name("old.example", 0.0)
    assert load(tmp_path).find_name("new.example", 0.0)
    assert mark(tmp_path) != before


def test_that_an_old_list_stays_because_of_a_strange_new_one_is_known(tmp_path):
    with opened(tmp_path, Guard()) as shelf:
        shelf.put(Held(name="feed", origin="feed"), [entry("bad.example")])
        shelf.save()
        assert not kept(tmp_path)
        shelf.trouble("feed", "grown")
        shelf.save()
    assert kept(tmp_path)


def test_a_few_entries_are_used_beside_the_shipped_ones():
    found = few([entry("bad.example")], "bad")
    assert found.find_name("bad.example", 0.0)
    assert found.find_name("interact.sh", 0.0)
