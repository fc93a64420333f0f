"""Alerts in which something is said."""

import pytest

from appliance.store import Term, search
from tests.appliance.store.samples import ALICE, BOB, NOON, alert


@pytest.fixture
def reader(box):
    box.watch().save_alerts(
        [
            alert(1, words={"host": "evil.example"}),
            alert(2, words={"host": "Crêpes 100%_!"}, peers=("other.example",)),
            alert(3, about=BOB, detector="beacon"),
        ]
    )
    return box.reader()


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ([Term(text="evil")], [1]),
        ([Term(text="EVIL.example")], [1]),
        ([Term(text="example")], [2, 1]),
        ([Term(text="example"), Term(text="evil")], [1]),
        ([Term(text="crêpes")], [2]),
        ([Term(text="100%_!")], [2]),
        ([Term(text="%")], [2]),
        ([Term(text="192.168.1.10")], [3, 2, 1]),
        ([Term(text="nothing")], []),
        ([Term(text="nothing", macs=[BOB])], [3]),
        ([Term(text="nothing", detectors=["beacon"])], [3]),
        ([Term(text="nothing", macs=[ALICE]), Term(text="evil")], [1]),
        ([], []),
    ],
)
def test_every_word_must_be_found_somewhere(reader, terms, found):
    assert [one.last_at - NOON for one in reader.find_alerts(terms, 10)] == found


def test_no_more_are_given_than_asked_for(reader):
    assert len(reader.find_alerts([Term(text="example")], 1)) == 1


def test_only_the_newest_are_looked_through(reader, monkeypatch):
    monkeypatch.setattr(search, "MOST", 1)
    assert reader.find_alerts([Term(text="evil")], 10) == ()


def test_nothing_is_found_before_anything_was_written(tmp_path, box):
    box.directory = tmp_path / "nowhere"
    assert box.reader().find_alerts([Term(text="x")], 10) == ()
