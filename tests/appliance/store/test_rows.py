"""Values to rows and back, through a database."""

import logging

import pytest
from hypothesis import given

from appliance.decisions import Decision
from appliance.model import Alert, Case, Device, Health
from appliance.store import rows
from appliance.store.decisions import add
from appliance.store.opening import open_sound
from tests.appliance.store import samples


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    connection = open_sound(tmp_path_factory.mktemp("rows") / "vigie.db", samples.NOON)
    yield connection
    connection.close()


def kept(db, table, row):
    """Give *row* as *table* gives it back."""
    db.execute("BEGIN")
    names = ", ".join(row)
    db.execute(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(row)})", row)  # noqa: S608 - our own names
    found = db.execute(f"SELECT * FROM {table}").fetchone()  # noqa: S608 - our own names
    db.execute("ROLLBACK")
    return found


@given(samples.devices)
def test_a_device_comes_back_as_it_was(db, device: Device):
    assert rows.device(kept(db, "devices", rows.device_row(device, 1.0))) == device


@given(samples.alerts)
def test_an_alert_comes_back_as_it_was(db, alert: Alert):
    assert rows.alert(kept(db, "alerts", rows.alert_row(alert))) == alert


@given(samples.cases)
def test_a_case_comes_back_as_it_was(db, case: Case):
    assert rows.case(kept(db, "cases", rows.case_row(case))) == case


@given(samples.decisions)
def test_a_decision_comes_back_as_it_was(db, decision: Decision):
    row = rows.decision_row(decision) | {"id": 0}
    assert rows.decision(kept(db, "decisions", row)) == decision
    db.execute("BEGIN")
    assert add(db, decision).id > 0
    db.execute("ROLLBACK")


@given(samples.healths)
def test_health_comes_back_as_it_was(db, health: Health):
    assert rows.health(kept(db, "health", rows.health_row(health) | {"one": 1})) == health


def test_health_of_a_later_version_can_be_read(db):
    """After falling back to the version before, its page still opens."""
    row = rows.health_row(Health(at=1.0, seeing=True))
    row["body"] = row["body"].replace("{", '{"mood": "good", ', 1)
    assert rows.health(row) == Health(at=1.0, seeing=True)


def test_half_a_surrogate_pair_in_a_name_stops_no_write(db):
    """Where text is not kept as JSON, it becomes a question mark."""
    odd = samples.device(maker="Dell\ud800")
    assert rows.device(kept(db, "devices", rows.device_row(odd, 1.0))).maker == "Dell?"


@pytest.mark.parametrize("column", ["key", "severity", "state", "words"])
def test_a_row_that_makes_no_sense_is_passed_over(column, caplog):
    """A bit flipped on the card costs one row, not the page."""
    good = rows.alert_row(samples.alert())
    with caplog.at_level(logging.WARNING):
        assert rows.read([good | {column: "x{"}, good], rows.alert) == (samples.alert(),)
    assert "makes no sense" in caplog.text
