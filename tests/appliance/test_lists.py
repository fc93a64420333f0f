"""Lists of known bad names and addresses."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance import lists
from appliance.lists import ListError


def find(text: str, called: str):
    found = lists.collect(lists.parse(text, "test"))
    if called[-1].isdigit():
        address = ip_address(called)
        return found.find_address(address.version, int(address))
    return found.find_name(called)


def test_comments_and_empty_lines_are_passed_over():
    """A list explains itself."""
    assert len(lists.parse("# why\n\n  \nbad.example, made up \n", "test")) == 1


def test_an_entry_says_where_it_stands_and_why():
    """The technician must be able to look it up."""
    entry = find("Bad.Example.,made up", "www.bad.example")
    assert (entry.entry, entry.source, entry.why) == ("bad.example", "test", "made up")


@pytest.mark.parametrize(
    ("text", "called", "found"),
    [
        ("203.0.113.66", "203.0.113.66", True),
        ("203.0.113.66", "203.0.113.67", False),
        ("198.51.100.0/24", "198.51.100.255", True),
        ("198.51.100.0/24", "198.51.101.0", False),
        ("2001:db8::/32", "2001:db8::1", True),
        ("2001:db8::/32", "2001:db9::1", False),
    ],
)
def test_addresses_and_networks_are_found(text, called, found):
    """Of both versions."""
    assert (find(text, called) is not None) is found


@pytest.mark.parametrize(
    "line",
    [
        "com",
        "0.0.0.0/0",
        "::/0",
        "11.0.0.0/7",
        "192.168.1.1",
        "192.0.0.0/8",
        "fe80::1",
        "224.0.0.1",
        "two words",
        "http://bad.example/x",
        "<script>alert(1)</script>",
        "198.51.100.1/24",
        "a" * 300 + ".example",
        "\0",
    ],
)
def test_a_line_that_would_do_harm_or_means_nothing_is_refused(line):
    """With its number, and the file's name."""
    with pytest.raises(ListError, match="line 2"):
        lists.parse(f"good.example\n{line}\n", "test")


def test_all_mistakes_are_listed_but_not_a_thousand():
    """The technician mends them in one go."""
    with pytest.raises(ListError, match=r"line 1: .*line 10: .*and 90 more"):
        lists.parse("nothing\n" * 100, "test")


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused_in_a_sentence(tmp_path_factory, data):
    """Nothing else can happen."""
    file = tmp_path_factory.mktemp("list") / "any.csv"
    file.write_bytes(data)
    refused = ""
    try:
        count = len(lists.read(file))
    except ListError as refusal:
        count, refused = 0, str(refusal)
    assert count > 0 or "any" in refused


def test_a_refused_list_changes_nothing(tmp_path):
    """The earlier one stays in use."""
    good, bad = tmp_path / "mine.csv", tmp_path / "other" / "mine.csv"
    good.write_text("bad.example\n")
    bad.parent.mkdir()
    bad.write_text("no entry at all\n")
    folder = tmp_path / "lists"
    assert lists.add(good, folder) == 1
    with pytest.raises(ListError):
        lists.add(bad, folder)
    assert lists.load(folder).find_name("x.bad.example")


def test_the_shipped_lists_can_be_used(tmp_path):
    """Every entry of them is well-formed."""
    found = lists.load(tmp_path / "none")
    assert found.find_name("abc.interact.sh").source == "attack-callbacks"
    assert found.find_name("interact.sh.example.org") is None


def test_a_file_that_is_not_there_is_said(tmp_path):
    """In one sentence."""
    with pytest.raises(ListError, match="cannot be read"):
        lists.read(tmp_path / "none.csv")


def test_a_file_too_large_is_refused_unread(tmp_path):
    """A poisoned feed cannot fill the memory."""
    file = tmp_path / "large.csv"
    with file.open("wb") as sparse:
        sparse.truncate(lists.LARGEST + 1)
    with pytest.raises(ListError, match="larger than"):
        lists.read(file)


def test_entries_beyond_the_maximum_are_counted(monkeypatch):
    """And said."""
    monkeypatch.setattr(lists, "ENTRIES", 2)
    found = lists.collect(lists.parse("a.example\nb.example\nc.example\n", "test"))
    assert (len(found.names), found.left_out) == (2, 1)
