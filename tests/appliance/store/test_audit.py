"""The audit's chain."""

from hashlib import sha256

import pytest

from appliance.store import Asked, AuditCheck, Head, audit
from tests.appliance.store.samples import NOON

FIRST_AWAY = "DELETE FROM audit WHERE id = (SELECT min(id) FROM audit)"


@pytest.fixture
def office(box):
    office = box.office()
    for number in range(1, 6):
        office.audit("marie", "isolate", f"n° {number}")
    return office


def tampered(office, statement):
    office._writer.write(lambda db: db.execute(statement))
    return office.verify_audit()


def test_an_untouched_audit_is_whole(office):
    assert office.verify_audit() == AuditCheck(entries=5)
    assert office.verify_audit().whole


@pytest.mark.parametrize(
    ("change", "breaks"),
    [
        ("UPDATE audit SET detail = 'n° 9' WHERE id = 3", (3,)),
        ("UPDATE audit SET who = 'paul' WHERE id = 1", (1,)),
        ("UPDATE audit SET at = at + 1 WHERE id = 5", (5,)),
        ("DELETE FROM audit WHERE id = 2", (3,)),
        ("DELETE FROM audit WHERE id = 1", (2,)),
        ("DELETE FROM audit WHERE id = 5", (5,)),
        ("DELETE FROM audit", (1,)),
        ("UPDATE audit SET hash = lower(hex(zeroblob(32))) WHERE id = 4", (4, 5)),
        ("UPDATE audit SET id = CASE id WHEN 2 THEN -3 ELSE id END", (-3, 1, 3)),
        ("INSERT INTO audit VALUES (6, 0, 'x', 'y', 'z', 'h')", (6,)),
    ],
)
def test_every_change_is_found_where_it_is(office, change, breaks):
    """Changed, removed, cut off at the end, put elsewhere, or added."""
    found = tampered(office, change)
    assert not found.whole
    assert found.breaks == breaks


def test_the_chain_goes_on_after_a_break(office):
    """A second break is not hidden behind the first, known one."""
    tampered(office, "UPDATE audit SET detail = '' WHERE id = 2")
    office.audit("marie", "reconnect")
    assert office.verify_audit() == AuditCheck(entries=5, breaks=(2,))


def test_the_oldest_entries_are_forgotten_and_the_rest_stays_whole(box, monkeypatch):
    monkeypatch.setattr(audit, "KEPT", 10)
    monkeypatch.setattr(audit, "SLACK", 5)
    office = box.office()
    for number in range(33):
        office.audit("marie", "look", f"{number}")
    entries = box.reader().audit_entries()
    first, last = entries[-1].id, entries[0].id
    assert [entry.id for entry in entries] == list(range(last, first - 1, -1))
    assert 10 <= len(entries) <= 10 + 5
    assert office.verify_audit() == AuditCheck(entries=len(entries))
    assert tampered(office, FIRST_AWAY).breaks == (first + 1,)


@pytest.fixture
def pruned(box, monkeypatch):
    """An audit of which the oldest were forgotten."""
    monkeypatch.setattr(audit, "KEPT", 10)
    monkeypatch.setattr(audit, "SLACK", 5)
    office = box.office()
    for number in range(33):
        office.audit("marie", "look", f"{number}")
    return office


def test_an_entry_says_which_was_the_last_one_forgotten(box, pruned):
    """So that the first one kept does not hang in the air."""
    entries = box.reader().audit_entries()
    (told, *_) = [entry for entry in entries if entry.what == audit.PRUNED]
    number, _, hash_ = told.detail.partition(" ")
    assert told.who == audit.BOX
    assert int(number) == entries[-1].id - 1
    assert len(hash_) == 64


def test_the_beginning_cannot_be_cut_off_by_hand(box, pruned):
    """Even when the hash before the first entry is made to fit: no entry says so."""
    reader = box.reader()
    first = reader.audit_entries()[-1]
    pruned._writer.write(
        lambda db: db.execute("UPDATE meta SET value = ? WHERE key = ?", (first.hash, audit.BEFORE))
    )
    found = tampered(pruned, FIRST_AWAY)
    assert found.breaks == (first.id + 1,)


def test_a_head_noted_elsewhere_shows_that_the_end_was_remade(box, office):
    """Whoever owns the box can make a chain that is whole; not one that goes through this."""
    reader = box.reader()
    noted = reader.audit_head()
    assert reader.audit_holds(noted) is True
    assert reader.audit_holds(Head(id=noted.id, hash=noted.hash[:16].upper())) is True
    office._writer.write(lambda db: db.execute("DELETE FROM audit WHERE id >= 4"))
    office._writer.write(lambda db: db.execute("UPDATE sqlite_sequence SET seq = 3"))
    assert reader.audit_holds(noted) is False
    office.audit("marie", "look")
    office.audit("marie", "look")
    assert office.verify_audit().whole
    assert reader.audit_holds(noted) is False


def test_a_head_that_was_forgotten_cannot_be_compared(box, pruned):
    reader = box.reader()
    assert reader.audit_holds(Head(id=1, hash="0" * 64)) is None
    assert reader.audit_holds(Head(id=0, hash="")) is False
    assert reader.audit_holds(Head(id=10**6, hash="0" * 64)) is False


def test_it_can_be_narrowed_to_a_person_an_act_and_a_time(box, office):
    box.clock.at = NOON + 60
    office.audit("paul", "decide", "approve")
    reader = box.reader()
    assert [one.who for one in reader.audit_entries(asked=Asked(who="paul"))] == ["paul"]
    assert len(reader.audit_entries(asked=Asked(what="isolate"))) == 5
    assert len(reader.audit_entries(asked=Asked(since=NOON + 1))) == 1
    assert len(reader.audit_entries(asked=Asked(until=NOON + 60))) == 5
    assert reader.audit_entries(asked=Asked(who="' OR 1=1 --")) == ()
    office.audit("mallory", "wrong_password", "192.168.1.66")
    assert reader.audit_choices()[0] == ("marie", "paul")
    assert reader.audit_choices() == (("marie", "paul"), ("decide", "isolate", "wrong_password"))


def test_anybody_can_follow_the_chain_by_what_is_written_of_it(box, office):
    """The canonical form, spelt out by hand."""
    before = ""
    for entry in reversed(box.reader().audit_entries()):
        detail = entry.detail.replace("°", "\\u00b0")
        said = f'["{before}", {entry.id}, {entry.at!r}, "{entry.who}", "{entry.what}", "{detail}"]'
        assert sha256(said.encode()).hexdigest() == entry.hash
        before = entry.hash


def test_pages_of_the_audit_follow_each_other(box, office):
    reader = box.reader()
    first = reader.audit_entries(limit=2)
    assert [entry.id for entry in first] == [5, 4]
    assert [entry.id for entry in reader.audit_entries(limit=9, before=4)] == [3, 2, 1]
    assert first[0].at == NOON


def test_entries_leave_with_their_time_and_the_rest_stays_whole(box):
    """A clock that was set back leaves no hole; the last entry always stays."""
    office = box.office()
    for day in (0, 1, 2, 1.5, 3):
        box.clock.at = NOON + day * 86_400
        office.audit("marie", "look", f"{day}")
    now = box.clock.at
    office._writer.write(lambda db: audit.tidy(db, NOON + 1.7 * 86_400, now))
    pruned, *kept = box.reader().audit_entries()
    assert [entry.detail for entry in kept] == ["3", "1.5", "2"]
    assert pruned.what == audit.PRUNED
    assert office.verify_audit() == AuditCheck(entries=4)
    office._writer.write(lambda db: audit.tidy(db, NOON + 99 * 86_400, now))
    assert office.verify_audit() == AuditCheck(entries=2)
    office.audit("marie", "look", "again")
    assert office.verify_audit() == AuditCheck(entries=3)


def test_a_days_worth_of_entries_leaves_together(box):
    """Each time leaves an entry of its own: by the minute that would never end."""
    office = box.office()
    for hour in range(40):
        box.clock.at = NOON + hour * 3600
        office.audit("marie", "look", f"{hour}")
    for hour in range(24):
        before = NOON + hour * 3600
        office._writer.write(lambda db, before=before: audit.tidy(db, before, box.clock.at))
    assert len(box.reader().audit_entries()) == 40
    office._writer.write(lambda db: audit.tidy(db, NOON + 30 * 3600, box.clock.at))
    assert len(box.reader().audit_entries()) == 11
