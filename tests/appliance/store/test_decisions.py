"""Decisions are only ever added."""

from contextlib import closing

from appliance.decisions import Decision, Verdict
from appliance.store.decisions import add, load, tidy
from appliance.store.opening import open_sound
from tests.appliance.store.samples import ALICE, NOON


def test_decisions_are_numbered_upwards_and_never_again(tmp_path):
    """Also when the last one is gone."""
    said = Decision(id=0, at=NOON, author="marie", verdict=Verdict.APPROVE, mac=ALICE)
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        first, second = add(db, said), add(db, said)
        assert load(db) == (first, second)
        assert load(db, after=first.id) == (second,)
        db.execute("DELETE FROM decisions WHERE id = ?", (second.id,))
        assert add(db, said).id > second.id > first.id > 0


def test_what_was_said_leaves_with_what_it_was_said_of(tmp_path):
    """Not before its time, and nothing that is about no device leaves with devices."""

    def said(at, **how):
        return Decision(id=0, at=at, author="marie", **how)

    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        old = add(db, said(NOON, verdict=Verdict.APPROVE, mac=ALICE))
        new = add(db, said(NOON + 9, verdict=Verdict.APPROVE, mac=ALICE))
        closed = add(db, said(NOON, verdict=Verdict.CLOSE, alert="gone"))
        tidy(db, NOON + 5, NOON - 5)
        assert load(db) == (new, closed)
        tidy(db, NOON - 5, NOON + 5)
        assert load(db) == (new,)
        assert old.id < new.id
