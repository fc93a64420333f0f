"""Counting in the outbox, also while there is none. What it counts is tested with the outbox."""

from pathlib import Path

import pytest

from appliance.store import StoreTrouble
from appliance.store.outbox import NAME, Item, Outbox
from appliance.store.tally import Tally, Tried, tally, tried


def test_before_anything_was_queued_nothing_waits(tmp_path: Path) -> None:
    assert tally(tmp_path) == Tally()
    (tmp_path / NAME).touch()
    assert tally(tmp_path) == Tally()


def test_counting_changes_nothing(tmp_path: Path) -> None:
    Outbox(tmp_path, lambda: 0.0).close()
    before = (tmp_path / NAME).read_bytes()
    assert tally(tmp_path) == Tally()
    assert (tmp_path / NAME).read_bytes() == before


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreTrouble):
        tally(tmp_path)


def test_a_message_that_another_one_stands_for_was_not_let_go(tmp_path: Path) -> None:
    """It is remembered so that it is not made again, and nobody missed it."""
    outbox = Outbox(tmp_path, lambda: 0.0)
    about = {"way": "mail", "who": "marie", "severity": 2, "created": 0.0, "due": 0.0}
    outbox.put(
        [
            Item(id="1", kind="gathered", alert="a", **about),
            Item(id="2", kind="alert", alert="a", waits=False, **about),
            Item(id="3", kind="alert", alert="b", waits=False, **about),
        ]
    )
    outbox.close()
    assert tally(tmp_path) == Tally(waiting=1, oldest=0.0)


def test_what_became_of_test_messages_is_told(tmp_path: Path) -> None:
    assert tried(tmp_path, 0.0) == []
    outbox = Outbox(tmp_path, lambda: 0.0)
    for number, kind in enumerate(("test", "alert", "test", "test", "test"), 1):
        item = Item(
            id=str(number),
            way=f"way{number}",
            who="marie",
            kind=kind,
            alert="",
            severity=1,
            created=float(number),
            due=0.0,
        )
        outbox.put([item])
    third, fourth, fifth = (outbox.next(f"way{number}") for number in (3, 4, 5))
    assert third
    assert fourth
    assert fifth
    outbox.delivered(third, 9.0)
    outbox.refused(fourth, "no such box")
    outbox.failed(fifth, 9.0, "no route")
    outbox.close()
    assert tried(tmp_path, 2.0) == [
        Tried(who="marie", way="way3", went="sent"),
        Tried(who="marie", way="way4", went="refused", trouble="no such box"),
        Tried(who="marie", way="way5", went="trouble", trouble="no route"),
    ]
