"""Lists as Vigie itself writes them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.lists import own
from appliance.lists.entry import Entry, ListError, entry


def parse(text: str) -> list[Entry]:
    return list(own.parse(text.splitlines(), "test"))


def test_comments_and_empty_lines_are_passed_over():
    """A list explains itself."""
    assert parse("# why\n\n  \nbad.example, made up \n") == [entry("bad.example", "made up")]


def test_an_entry_counts_until_its_last_day_is_over():
    """A day is one of UTC."""
    (found,) = parse("bad.example,,1970-01-02")
    assert found.until == 2 * 86_400


def test_a_last_day_that_is_none_is_a_mistake():
    with pytest.raises(ListError, match="line 1"):
        parse("bad.example,,soon")


def test_all_mistakes_are_listed_but_not_a_thousand():
    """The technician mends them in one go."""
    with pytest.raises(ListError, match=r"line 1: .*line 10: .*and 90 more"):
        parse("nothing\n" * 100)


@given(st.builds(entry, st.just("bad.example"), st.text(), st.integers(0, 2**32).map(float)))
def test_what_is_written_is_read_again(written):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(own.written(written))
    assert list(own.parse(io.StringIO(out.getvalue()), "test")) == [written]


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused_in_a_sentence(tmp_path_factory, data):
    """Nothing else can happen."""
    file = tmp_path_factory.mktemp("list") / "any.csv"
    file.write_bytes(data)
    refused = ""
    try:
        count = len(own.read(file))
    except ListError as refusal:
        count, refused = 0, str(refusal)
    assert count > 0 or "any" in refused


def test_a_file_that_is_not_there_is_said(tmp_path):
    """In one sentence."""
    with pytest.raises(ListError, match="cannot be read"):
        own.read(tmp_path / "none.csv")


def test_a_file_too_large_is_refused_unread(tmp_path):
    """A poisoned list cannot fill the memory."""
    file = tmp_path / "large.csv"
    with file.open("wb") as sparse:
        sparse.truncate(own.LARGEST + 1)
    with pytest.raises(ListError, match="larger than"):
        own.read(file)
