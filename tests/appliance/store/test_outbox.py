"""The queue of messages: in order, bounded, and on the card before anything is sent."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.store import StoreTrouble, outbox
from appliance.store.outbox import KEPT, NAME, TRIED, Item, Outbox
from appliance.store.tally import Tally, tally

NOON = 1_795_604_400.0
DANGER, NOTICE = 3, 1


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    made = Outbox(tmp_path, lambda: NOON)
    yield made
    made.close()


def item(number: int, severity: int = 2, *, way: str = "mail", alert: str = "") -> Item:
    return Item(
        id=f"id-{number}",
        way=way,
        who="marie",
        kind="alert",
        alert=alert or f"alert-{number}",
        severity=severity,
        created=NOON,
        due=NOON,
        content={"subject": "é", "data": {"n": number}},
    )


def sent(box: Outbox, way: str = "mail") -> list[str]:
    """Send all that waits."""
    found = []
    while one := box.next(way):
        found.append(one.id)
        box.delivered(one, NOON)
    return found


def test_what_is_put_comes_out_as_it_was_in_order(box: Outbox) -> None:
    box.put([item(1), item(2)])
    box.put([item(3)])
    first = box.next("mail")
    assert first
    assert replace(first, number=0) == item(1)
    assert sent(box) == ["id-1", "id-2", "id-3"]
    assert box.next("mail") is None


def test_dangers_go_first_and_keep_their_order(box: Outbox) -> None:
    box.put([item(1), item(2, DANGER), item(3), item(4, DANGER)])
    assert sent(box) == ["id-2", "id-4", "id-1", "id-3"]


def test_the_same_is_queued_once_also_after_it_was_sent(box: Outbox) -> None:
    box.put([item(1)])
    assert sent(box) == ["id-1"]
    box.put([item(1)])
    assert box.next("mail") is None


def test_ways_do_not_see_each_others_messages(box: Outbox) -> None:
    box.put([item(1), item(2, way="phone")])
    assert sent(box, "phone") == ["id-2"]
    assert sent(box) == ["id-1"]


def test_what_failed_keeps_its_place_and_says_why(box: Outbox, tmp_path: Path) -> None:
    box.put([item(1), item(2)])
    first = box.next("mail")
    assert first
    box.failed(first, NOON + 5, "closed")
    again = box.next("mail")
    assert again
    assert (again.id, again.due, again.attempts) == ("id-1", NOON + 5, 1)
    assert tally(tmp_path) == Tally(waiting=2, oldest=NOON, troubles={"mail": "closed"})


def test_when_one_was_taken_the_others_need_not_wait(box: Outbox) -> None:
    box.put([item(1), item(2, DANGER)])
    danger = box.next("mail")
    assert danger
    box.failed(danger, NOON + 900, "closed")
    box.put([item(3, DANGER)])
    box.wake(NOON + 1)
    woken = box.next("mail")
    assert woken
    assert (woken.id, woken.due) == ("id-2", NOON + 1)


def test_what_is_refused_stands_in_nobodys_way(box: Outbox, tmp_path: Path) -> None:
    box.put([item(1), item(2)])
    first = box.next("mail")
    assert first
    box.refused(first, "550 nobody here")
    assert sent(box) == ["id-2"]
    assert tally(tmp_path).refused == 1


def test_too_many_push_out_the_mildest_and_oldest(
    box: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST", 3)
    box.put([item(1, DANGER), item(2), item(3, NOTICE)])
    assert box.put([item(4, NOTICE), item(5)]) == 2
    assert sent(box) == ["id-1", "id-2", "id-5"]
    assert tally(tmp_path).dropped == 2
    box.put([item(3, NOTICE)])
    assert box.next("mail") is None


def test_what_was_sent_is_forgotten_when_it_cannot_be_planned_again(box: Outbox) -> None:
    box.put([item(1), item(2)])
    sent(box)
    box.tidy(["alert-2"], NOON + KEPT + 1)
    assert set(box.made(["alert-1", "alert-2"], NOON)) == {"id-2"}


def test_what_nobody_could_be_told_for_long_is_let_go(box: Outbox, tmp_path: Path) -> None:
    box.put([item(1)])
    box.tidy([], NOON + TRIED - 1)
    assert box.next("mail")
    box.tidy([], NOON + TRIED + 1)
    assert box.next("mail") is None
    assert tally(tmp_path).dropped == 1


def test_everybody_has_a_beginning(box: Outbox) -> None:
    assert box.since(["person.marie"], NOON) == {"person.marie": NOON}
    later = box.since(["person.marie", "way.log"], NOON + 60)
    assert later == {"person.marie": NOON, "way.log": NOON + 60}


def test_what_was_put_is_there_after_a_restart(box: Outbox, tmp_path: Path) -> None:
    """Also without the first one having closed: it was killed."""
    box.put([item(1)])
    again = Outbox(tmp_path, lambda: NOON)
    assert sent(again) == ["id-1"]
    again.close()


def _garbage(path: Path) -> None:
    path.write_bytes(b"garbage" * 1000)


def _stub(path: Path) -> None:
    path.write_bytes(b"short")


@pytest.mark.parametrize("damage", [_garbage, _stub])
def test_a_damaged_queue_is_set_aside_and_a_new_one_begun(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    damage(tmp_path / NAME)
    box = Outbox(tmp_path, lambda: NOON)
    box.put([item(1)])
    assert sent(box) == ["id-1"]
    box.close()
    assert list(tmp_path.glob("outbox.db.damaged-*"))


def test_every_write_is_on_the_card(box: Outbox) -> None:
    """SQLite waits for the card: WAL, FULL (2)."""
    assert box._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert box._db.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_a_queue_that_cannot_be_written_says_so(box: Outbox, tmp_path: Path) -> None:
    box._db.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreTrouble):
            box.put([item(1)])
    box.put([item(1)])
    assert sent(box) == ["id-1"]
