"""Nothing is kept that is not declared: tables, files, settings, words."""

import re
import sqlite3
from contextlib import closing
from fnmatch import fnmatch
from pathlib import Path

from appliance.config import Keep
from appliance.privacy.records import DATABASE, RECORDS, Until
from appliance.store.outbox import Outbox
from appliance.texts import LANGUAGES, sentences
from tests.kit.incident import Dealt
from tests.kit.sensing import SCAN, Sensor

ROOT = Path(__file__).parents[3]
SQLITES_OWN = {"sqlite_sequence", "_sqlite_migrations", "sqlite_stat1"}


def declared() -> list[str]:
    return [table for one in RECORDS for table in one.tables]


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found} - SQLITES_OWN


def test_every_table_of_the_schema_is_declared_once(tmp_path: Path) -> None:
    """One that nobody declared fails here: say what it holds, why, and for how long."""
    schema = (ROOT / "tests/golden/schema.sql").read_text()
    found = set(re.findall(r'CREATE TABLE "?(\w+)"?', schema)) - SQLITES_OWN
    Outbox(tmp_path, lambda: 1.0).close()
    found |= tables(tmp_path / "outbox.db")
    sensor = Sensor(tmp_path)
    sensor.hear(SCAN)
    sensor.wait(70)
    (day,) = (tmp_path / "state").glob("flows-*.db")
    found |= tables(day)
    sensor.close()
    assert sorted(declared()) == sorted(found)


def test_every_file_that_a_box_writes_is_declared(dealt: Dealt, tmp_path: Path) -> None:
    """What a sensor, pages, an incident and the outputs leave in their directory."""
    dealt.keep()
    Outbox(dealt.state, lambda: 1.0).close()
    sensor = Sensor(tmp_path / "other")
    sensor.hear(SCAN)
    sensor.wait(3700)
    sensor.close()
    patterns = [f"{DATABASE}*", *(each for one in RECORDS for each in one.files)]
    top = {
        each.name for state in (dealt.state, tmp_path / "other/state") for each in state.iterdir()
    }
    assert len(top) >= 5
    assert [name for name in top if not any(fnmatch(name, each) for each in patterns)] == []


def test_the_files_of_the_panel_and_of_the_pages_are_declared() -> None:
    """By the names that the code gives them."""
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "appliance/panel").glob("*.py"))
    named = set(re.findall(r'^[A-Z]+ = "([\w-]+\.jsonl?)"', code, re.MULTILINE))
    assert {"latch.json", "panel-journal.jsonl", "cut-tests.json"} <= named
    patterns = [each for one in RECORDS for each in one.files]
    for name in (*named, "web.key", "metrics.token", "incident.key", "tls", "lists"):
        assert any(fnmatch(name, each) for each in patterns), name


def test_each_has_an_end_and_six_months_is_the_rule() -> None:
    """What is longer has its reason: the log of who did what, and evidence."""
    keep = Keep()
    for one in RECORDS:
        assert bool(one.setting) + bool(one.days) + (one.until is not None) == 1, one.id
        assert one.kept_days(keep) <= 183 or one.id == "audit"
    assert [one.id for one in RECORDS if one.until is Until.PERSON] == ["incidents"]


def test_each_says_in_both_languages_what_it_holds_and_why() -> None:
    for language in LANGUAGES:
        words = {key for key in sentences(language) if key.startswith("privacy_record.")}
        assert words == {
            f"privacy_record.{one.id}.{part}"
            for one in RECORDS
            for part in ("name", "holds", "why")
        }
        assert {f"privacy.until_{each.value}" for each in Until} <= set(sentences(language))
