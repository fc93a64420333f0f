"""The schema, and every database made with an earlier one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from appliance.decisions import Verdict
from appliance.erasures import What
from appliance.incidents import Origin, Wrote
from appliance.store import Role
from appliance.store.migrations import steps
from appliance.store.opening import SCHEMA, open_sound
from tests.appliance.store.samples import ALICE, NOON, alert, case, delta, device, place

GOLDEN = Path(__file__).parents[2] / "golden"
STEPS = [step.name for step in steps._migrations]


@pytest.fixture
def blessing(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written."""
    return bool(request.config.getoption("--bless", default=False))


def dump_of(step: str) -> Path:
    return GOLDEN / f"vigie-{step.partition('_')[0]}.sql"


def schema(path: Path) -> str:
    with closing(open_sound(path, NOON)) as db:
        found = db.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY type, name")
        return "".join(f"{row['sql']};\n\n" for row in found)


def test_the_schema_is_the_one_reviewed(tmp_path, blessing):
    """To the letter: what changes in a step is read as a diff of this file."""
    golden = GOLDEN / "schema.sql"
    if blessing:
        golden.write_text(schema(tmp_path / "vigie.db"))
    assert schema(tmp_path / "vigie.db") == golden.read_text()


def test_steps_are_numbered_without_a_gap():
    """And the number kept in the file is that of the last one."""
    assert [name[:4] for name in STEPS] == [f"m{n:03}" for n in range(1, SCHEMA + 1)]


def test_every_step_has_its_database(box, blessing):
    """One is made from the newest step with ``--bless``, once; those of before are history."""
    newest = dump_of(STEPS[-1])
    if blessing and not newest.exists():
        fill(box)
        with closing(sqlite3.connect(box.directory / "vigie.db")) as db:
            newest.write_text("\n".join(db.iterdump()) + f"\nPRAGMA user_version = {SCHEMA};\n")
    assert [step for step in STEPS if not dump_of(step).exists()] == []


def fill(box):
    """Write something of every kind."""
    watch, office = box.watch(), box.office()
    watch.save_devices([device()])
    watch.save_alerts([alert()], [case()])
    watch.count_traffic([delta()], place)
    watch.close()
    office.add_user("marie", "$argon2id$v=19$", role=Role.TECHNICIAN, language="fr")
    office.decide(author="marie", verdict=Verdict.DESCRIBE, mac=ALICE, name="Accueil")
    office.audit("marie", "decide", "Accueil")
    office.offer_setup("0" * 64, NOON + 600)
    office.open_incident(author="marie", origin=Origin.HAND, why="Rançon")
    office.add_to_incident("20260101-1", author="marie", what=Wrote.NOTE, text="Photo prise")
    office.tell("technician", "01 23", author="marie")
    office.erase(What.SESSIONS, author="marie")


@pytest.mark.parametrize("step", STEPS)
def test_a_database_of_every_step_opens_and_keeps_its_content(box, step):
    """Boxes in practices skip versions."""
    with closing(sqlite3.connect(box.directory / "vigie.db")) as db:
        db.executescript(dump_of(step).read_text())
    watch, office, reader = box.watch(), box.office(), box.reader()
    assert watch.faults == ()
    assert watch.first_started_at == NOON
    assert watch.known_devices() == (device(),)
    assert reader.alerts() == (alert(),)
    assert reader.device(ALICE).name == "Accueil"
    assert [user.name for user in office.users()] == ["marie"]
    assert office.verify_audit().whole
    assert reader.traffic(since=0)[0].outside.octets_in == 100
    watch.save_alerts([alert(2)], [case()])
    assert len(reader.alerts()) == 2
    assert reader.cases() == (case(),)


def test_every_column_is_strict_and_holds_something(box):
    """Only a decision's end may be empty: that is "for good"."""
    box.watch()
    with closing(sqlite3.connect(box.directory / "vigie.db")) as db:
        tables = db.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        ).fetchall()
        ours = {name: strict for name, strict in tables if "sqlite" not in name}
        assert set(ours.values()) == {1}
        empty = [
            f"{table}.{column}"
            for table in ours
            for (column,) in db.execute(
                'SELECT name FROM pragma_table_info(?) WHERE "notnull" = 0 AND pk = 0', (table,)
            )
        ]
    assert empty == ["decisions.until"]
