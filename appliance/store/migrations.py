"""The schema of ``vigie.db``, as the steps that lead to it.

Steps are only ever added at the end: boxes in practices have taken the earlier ones already. Each
new step comes with a line in ``opening.SCHEMA`` and a golden file (see tests/golden/). Only the
columns that may hold "for ever" can be empty. The times are seconds since 1970 UTC.

This module loads sqlite-utils, which weighs 30 MB in memory, so it is imported only when a step
must be taken.
"""

import sqlite3
from textwrap import dedent

from sqlite_utils import Database, Migrations

steps = Migrations("vigie")


@steps()
def m001_begin(db: Database) -> None:
    """Devices, alerts, health and traffic of the sensor; decisions, people and audit of the web."""
    for statement in (
        """
        CREATE TABLE devices (
            id INTEGER PRIMARY KEY,
            mac TEXT NOT NULL UNIQUE,
            addresses TEXT NOT NULL,
            names TEXT NOT NULL,
            maker TEXT NOT NULL,
            randomised INTEGER NOT NULL,
            gateway INTEGER NOT NULL,
            first_at REAL NOT NULL,
            last_at REAL NOT NULL,
            evidence TEXT NOT NULL,
            trust TEXT NOT NULL,
            given_name TEXT NOT NULL,
            role TEXT NOT NULL,
            place TEXT NOT NULL,
            kind TEXT NOT NULL,
            model TEXT NOT NULL,
            os TEXT NOT NULL,
            saved_at REAL NOT NULL
        ) STRICT
        """,
        # Apart from `devices`, so that "still there" rewrites one page a minute, not all.
        """
        CREATE TABLE presence (
            mac TEXT NOT NULL PRIMARY KEY,
            last_at REAL NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE alerts (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,
            detector TEXT NOT NULL,
            severity INTEGER NOT NULL,
            about TEXT NOT NULL,
            first_at REAL NOT NULL,
            last_at REAL NOT NULL,
            count INTEGER NOT NULL,
            state TEXT NOT NULL,
            words TEXT NOT NULL,
            attack TEXT NOT NULL,
            src_ip TEXT NOT NULL,
            dest_ip TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE health (
            one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
            at REAL NOT NULL,
            body TEXT NOT NULL
        ) STRICT
        """,
        *(
            f"""
        CREATE TABLE traffic_{step} (
            at INTEGER NOT NULL,
            mac TEXT NOT NULL,
            lan_octets_in INTEGER NOT NULL,
            lan_octets_out INTEGER NOT NULL,
            lan_packets_in INTEGER NOT NULL,
            lan_packets_out INTEGER NOT NULL,
            outside_octets_in INTEGER NOT NULL,
            outside_octets_out INTEGER NOT NULL,
            outside_packets_in INTEGER NOT NULL,
            outside_packets_out INTEGER NOT NULL,
            PRIMARY KEY (at, mac)
        ) STRICT, WITHOUT ROWID
        """
            for step in ("minute", "hour", "day")
        ),
        """
        CREATE TABLE decisions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at REAL NOT NULL,
            author TEXT NOT NULL,
            verdict TEXT NOT NULL,
            mac TEXT NOT NULL,
            detector TEXT NOT NULL,
            alert TEXT NOT NULL,
            reason TEXT NOT NULL,
            until REAL,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            place TEXT NOT NULL,
            hosts TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            password TEXT NOT NULL,
            role TEXT NOT NULL,
            language TEXT NOT NULL,
            created_at REAL NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE sessions (
            token TEXT NOT NULL PRIMARY KEY,
            user TEXT NOT NULL,
            created_at REAL NOT NULL,
            last_seen_at REAL NOT NULL,
            expires_at REAL NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE setup_codes (
            code TEXT NOT NULL PRIMARY KEY,
            until REAL NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at REAL NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            detail TEXT NOT NULL,
            hash TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE meta (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ):
        db.execute(dedent(statement).strip())


@steps()
def m002_identify(db: Database) -> None:
    """Keep what devices talk to, which addresses are one device, and how old people say it is."""
    for table, column, default in (
        ("devices", "given_kind", ""),
        ("devices", "bought_on", ""),
        ("devices", "contacts", "[]"),
        ("devices", "also", "[]"),
        ("decisions", "kind", ""),
        ("decisions", "bought_on", ""),
        ("decisions", "other", ""),
    ):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT '{default}'")


@steps()
def m003_weigh(db: Database) -> None:
    """Keep with whom an alert is, whether its device was alarmed already, and what night adds."""
    for table, column, kind, default in (
        ("alerts", "peers", "TEXT", "'[]'"),
        ("alerts", "again", "INTEGER", "0"),
        ("alerts", "at_night", "INTEGER", "0"),
        ("decisions", "peer", "TEXT", "''"),
    ):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} NOT NULL DEFAULT {default}")


@steps()
def m004_cases(db: Database) -> None:
    """Keep which alerts are the steps of one intrusion."""
    db.execute(
        dedent(
            """
            CREATE TABLE cases (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                about TEXT NOT NULL,
                also TEXT NOT NULL,
                severity INTEGER NOT NULL,
                first_at REAL NOT NULL,
                last_at REAL NOT NULL,
                state TEXT NOT NULL,
                stages TEXT NOT NULL,
                alerts TEXT NOT NULL
            ) STRICT
            """
        ).strip()
    )


@steps()
def m005_incidents(db: Database) -> None:
    """Keep incidents with what people did, and what the practice tells once for all of them."""
    for statement in (
        """
        CREATE TABLE incidents (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            opened_at REAL NOT NULL,
            opened_by TEXT NOT NULL,
            origin TEXT NOT NULL,
            subject TEXT NOT NULL,
            why TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE incident_entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            incident TEXT NOT NULL,
            at REAL NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            key TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE particulars (
            number INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            value TEXT NOT NULL,
            at REAL NOT NULL,
            who TEXT NOT NULL
        ) STRICT
        """,
    ):
        db.execute(dedent(statement).strip())


@steps()
def m006_erase(db: Database) -> None:
    """Keep what people had deleted, for those who carry it out."""
    db.execute(
        dedent(
            """
            CREATE TABLE erasures (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                at REAL NOT NULL,
                who TEXT NOT NULL,
                what TEXT NOT NULL,
                macs TEXT NOT NULL,
                alerts TEXT NOT NULL
            ) STRICT
            """
        ).strip()
    )


@steps()
def m007_people(db: Database) -> None:
    """Keep who signs in with a second factor, from where, and who may not sign in any more."""
    for table, column, kind, default in (
        ("users", "disabled", "INTEGER", "0"),
        ("users", "temporary_until", "REAL", "0"),
        ("users", "totp", "TEXT", "''"),
        ("users", "totp_step", "INTEGER", "0"),
        ("sessions", "address", "TEXT", "''"),
        ("sessions", "agent", "TEXT", "''"),
    ):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} NOT NULL DEFAULT {default}")
    for statement in (
        """
        CREATE TABLE recovery_codes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user TEXT NOT NULL,
            code TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE invitations (
            secret TEXT NOT NULL PRIMARY KEY,
            user TEXT NOT NULL,
            until REAL NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ):
        db.execute(dedent(statement).strip())


@steps()
def m008_devices(db: Database) -> None:
    """Keep which socket a device is in, when it took its addresses, and which rows have changed."""
    for statement in (
        "ALTER TABLE devices ADD COLUMN socket TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE decisions ADD COLUMN socket TEXT NOT NULL DEFAULT ''",
        # Another number with every write: readers tell by it which rows they know already.
        "ALTER TABLE devices ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX devices_by_stamp ON devices (mac, stamp)",
        "CREATE INDEX alerts_by_device ON alerts (about)",
        dedent(
            """
            CREATE TABLE device_addresses (
                mac TEXT NOT NULL,
                ip TEXT NOT NULL,
                since REAL NOT NULL,
                PRIMARY KEY (mac, ip)
            ) STRICT, WITHOUT ROWID
            """
        ).strip(),
        # Of those that are there already nobody noted the time.
        """
        INSERT OR IGNORE INTO device_addresses
            SELECT mac, json_each.value, 0 FROM devices, json_each(addresses)
        """,
    ):
        db.execute(statement)


@steps()
def m009_watch_hours(db: Database) -> None:
    """Keep for how long the sensor ran in each hour, and saw; the hour that runs is in health."""
    for column, kind in (("hour", "INTEGER"), ("ran", "REAL"), ("saw", "REAL")):
        db.execute(f"ALTER TABLE health ADD COLUMN {column} {kind} NOT NULL DEFAULT 0")
    db.execute(
        dedent(
            """
            CREATE TABLE watch_hours (
                at INTEGER NOT NULL PRIMARY KEY,
                ran REAL NOT NULL,
                saw REAL NOT NULL
            ) STRICT
            """
        ).strip()
    )


@steps()
def m010_shelves(db: Database) -> None:
    """Count alerts by where they stand, how bad and of what kind, without reading them."""
    db.execute("CREATE INDEX alerts_by_state ON alerts (state, severity, detector)")


@steps()
def m011_timed(db: Database) -> None:
    """Keep whether the clock was known to be right; of earlier alerts nobody said it was not."""
    db.execute("ALTER TABLE alerts ADD COLUMN timed INTEGER NOT NULL DEFAULT 1")


def migrate(connection: sqlite3.Connection) -> None:
    """Take all steps that *connection*'s database has not taken yet; the caller commits."""
    # Plugins would run code of whatever else is installed; the pragma is ours to set.
    steps.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
