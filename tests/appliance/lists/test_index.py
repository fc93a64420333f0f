"""All lists together: what is found, until when, and in how much memory."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.lists import index as indexes
from appliance.lists.entry import Entry, ListError, entry
from appliance.lists.index import Builder, Lists, index, opened
from appliance.lists.own import parse
from tests.bench.lists import grown_by, made_up

JA4 = "t13d1516h2_8daaf6152771_b186095e22b6"


def lists(text: str) -> Lists:
    return Lists(index([("test", list(parse(text.splitlines(), "test")))]))


def find(text: str, called: str, at: float = 0.0):
    found = lists(text)
    if called[-1].isdigit():
        address = ip_address(called)
        return found.find_address(address.version, int(address), at)
    return found.find_name(called, at)


def test_an_entry_says_where_it_stands_and_why():
    """The technician must be able to look it up."""
    found = find("Bad.Example.,made up,2026-12-31", "www.bad.example")
    said = (found.entry, found.source, found.why, found.until)
    assert said == ("bad.example", "test", "made up", 1_798_761_600.0)


@pytest.mark.parametrize(
    ("text", "called", "found"),
    [
        ("203.0.113.66", "203.0.113.66", True),
        ("203.0.113.66", "203.0.113.67", False),
        ("198.51.100.0/24", "198.51.100.255", True),
        ("198.51.100.0/24", "198.51.101.0", False),
        ("2001:db8::/32", "2001:db8::1", True),
        ("2001:db8::/32", "2001:db9::1", False),
        ("bad.example", "a.b.c.d.e.bad.example", True),
        ("bad.example", "notbad.example", False),
        ("x.bad.example", "bad.example", False),
        ("bad.example", "example", False),
        ("bad.example", "", False),
        ("bad.example", "\ud800.bad.example", True),
    ],
)
def test_names_addresses_and_networks_are_found(text, called, found):
    """Whole labels are compared, and bits of both versions."""
    assert (find(text, called or " ".strip() or "x") is not None) is found


def test_the_longest_name_that_still_counts_is_found():
    text = "bad.example,short\nc2.bad.example,long,1970-01-01"
    assert find(text, "x.c2.bad.example", at=0.0).why == "long"
    assert find(text, "x.c2.bad.example", at=86_400.0).why == "short"


def test_an_entry_whose_time_is_over_counts_no_more():
    text = f"{JA4},,1970-01-01\nbad.example,,1970-01-01\n203.0.113.66,,1970-01-01"
    found = lists(text)
    number = int(ip_address("203.0.113.66"))
    for at, there in ((86_399.0, True), (86_400.0, False)):
        assert (found.find_name("bad.example", at) is not None) is there
        assert (found.find_mark(JA4, at) is not None) is there
        assert (found.find_address(4, number, at) is not None) is there


def test_fingerprints_are_found_as_such_and_are_no_names():
    found = lists(f"{JA4},Sliver\n{'ab' * 20},a botnet")
    assert found.find_mark(JA4, 0.0).why == "Sliver"
    assert found.find_mark("ab" * 20, 0.0).why == "a botnet"
    assert found.find_mark("cd" * 20, 0.0) is None
    assert found.find_name("ab" * 20, 0.0) is None


def test_several_indexes_are_asked_as_one():
    both = Lists(index([("a", [entry("a.example")])]), index([("b", [entry("b.example")])]))
    assert [both.find_name(name, 0.0).source for name in ("a.example", "x.b.example")] == ["a", "b"]
    assert both.entries == 2
    assert not both.holds_addresses


def test_no_list_finds_nothing():
    nothing = Lists(index([]))
    assert nothing.find_name("www.example.com", 0.0) is None
    assert nothing.find_mark("", 0.0) is None
    assert nothing.find_address(6, 1, 0.0) is None


def test_entries_beyond_the_maximum_are_left_out_and_counted(monkeypatch):
    monkeypatch.setattr(indexes, "ENTRIES", 2)
    head = index([("test", [entry(f"{name}.example") for name in "abc"])]).head
    assert (head.entries, head.left_out) == (2, 1)


NAMES = st.from_regex(r"\A[a-c]\.[a-c]{1,2}\.(example|test)\Z")
NETS = st.tuples(st.integers(0, 255), st.integers(24, 32)).map(
    lambda pair: f"203.0.113.{pair[0] >> 32 - pair[1] << 32 - pair[1]}/{pair[1]}"
)


@given(st.lists(NAMES | NETS, max_size=30), st.lists(NAMES, max_size=5))
def test_what_a_file_holds_finds_the_same_as_what_was_written(listed, called):
    made = index([("test", [entry(text, "why") for text in listed])])
    again = Lists(opened(memoryview(made.written())))
    for name in (*called, *listed):
        assert again.find_name(name, 0.0) == Lists(made).find_name(name, 0.0)
    for number in range(0xCB00_7100, 0xCB00_7200, 7):
        assert again.find_address(4, number, 0.0) == Lists(made).find_address(4, number, 0.0)


@given(st.data())
def test_a_damaged_file_is_refused_or_says_the_same(data):
    """Never half believed: a sum guards the columns, and what stands before them is judged."""
    good = bytearray(index([("test", [entry("bad.example"), entry("203.0.113.66")])]).written())
    place = data.draw(st.integers(0, len(good) - 1))
    good[place] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(good)) | st.just(len(good)))
    try:
        found = Lists(opened(memoryview(bytes(good[:cut]))))
        found.find_name("www.bad.example", 0.0)
        found.find_address(4, 0xCB00_7142, 0.0)
    except ListError:
        pass


def test_a_million_entries_take_less_than_60_megabytes(tmp_path):
    """Of all kinds; in the process that asks, which did not make the index."""
    builder = Builder(1_000_000)
    for source, some in made_up(1_000_000):
        builder.add(source, some)
    file = tmp_path / "index"
    file.write_bytes(builder.done().written())
    entries, grown = grown_by(file)
    assert entries > 990_000
    assert grown < 60e6


def test_an_entry_without_a_reason_and_one_with_a_list_s_thousandth_are_kept_apart():
    some = [Entry(f"x{number}.example", None, f"reason {number}") for number in range(1000)]
    found = Lists(index([("test", [*some, entry("plain.example")])]))
    assert found.find_name("x999.example", 0.0).why == "reason 999"
    assert found.find_name("plain.example", 0.0).why == ""
