"""The audit's chain."""

import pytest

from appliance.store import AuditCheck, audit
from tests.appliance.store.samples import NOON


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
    assert [entry.id for entry in entries] == list(range(33, 20, -1))
    assert office.verify_audit() == AuditCheck(entries=13)
    assert tampered(office, "DELETE FROM audit WHERE id = 21").breaks == (22,)


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
    office._writer.write(lambda db: audit.tidy(db, NOON + 1.7 * 86_400))
    assert [entry.detail for entry in box.reader().audit_entries()] == ["3", "1.5", "2"]
    assert office.verify_audit() == AuditCheck(entries=3)
    office._writer.write(lambda db: audit.tidy(db, NOON + 99 * 86_400))
    assert office.verify_audit() == AuditCheck(entries=1)
    office.audit("marie", "look", "again")
    assert office.verify_audit() == AuditCheck(entries=2)
