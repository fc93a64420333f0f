CREATE INDEX alerts_by_device ON alerts (about);

CREATE INDEX alerts_by_state ON alerts (state, severity, detector);

CREATE INDEX devices_by_stamp ON devices (mac, stamp);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

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
, peers TEXT NOT NULL DEFAULT '[]', again INTEGER NOT NULL DEFAULT 0, at_night INTEGER NOT NULL DEFAULT 0, timed INTEGER NOT NULL DEFAULT 1) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

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
) STRICT;

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
, kind TEXT NOT NULL DEFAULT '', bought_on TEXT NOT NULL DEFAULT '', other TEXT NOT NULL DEFAULT '', peer TEXT NOT NULL DEFAULT '', socket TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE device_addresses (
    mac TEXT NOT NULL,
    ip TEXT NOT NULL,
    since REAL NOT NULL,
    PRIMARY KEY (mac, ip)
) STRICT, WITHOUT ROWID;

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
, given_kind TEXT NOT NULL DEFAULT '', bought_on TEXT NOT NULL DEFAULT '', contacts TEXT NOT NULL DEFAULT '[]', also TEXT NOT NULL DEFAULT '[]', socket TEXT NOT NULL DEFAULT '', stamp INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE erasures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    macs TEXT NOT NULL,
    alerts TEXT NOT NULL
) STRICT;

CREATE TABLE health (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    at REAL NOT NULL,
    body TEXT NOT NULL
, hour INTEGER NOT NULL DEFAULT 0, ran REAL NOT NULL DEFAULT 0, saw REAL NOT NULL DEFAULT 0) STRICT;

CREATE TABLE incident_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident TEXT NOT NULL,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE incidents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    opened_at REAL NOT NULL,
    opened_by TEXT NOT NULL,
    origin TEXT NOT NULL,
    subject TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;

CREATE TABLE invitations (
    secret TEXT NOT NULL PRIMARY KEY,
    user TEXT NOT NULL,
    until REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE particulars (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL,
    at REAL NOT NULL,
    who TEXT NOT NULL
) STRICT;

CREATE TABLE presence (
    mac TEXT NOT NULL PRIMARY KEY,
    last_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    code TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    token TEXT NOT NULL PRIMARY KEY,
    user TEXT NOT NULL,
    created_at REAL NOT NULL,
    last_seen_at REAL NOT NULL,
    expires_at REAL NOT NULL
, address TEXT NOT NULL DEFAULT '', agent TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;

CREATE TABLE setup_codes (
    code TEXT NOT NULL PRIMARY KEY,
    until REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE traffic_day (
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
) STRICT, WITHOUT ROWID;

CREATE TABLE traffic_hour (
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
) STRICT, WITHOUT ROWID;

CREATE TABLE traffic_minute (
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
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at REAL NOT NULL
, disabled INTEGER NOT NULL DEFAULT 0, temporary_until REAL NOT NULL DEFAULT 0, totp TEXT NOT NULL DEFAULT '', totp_step INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE watch_hours (
    at INTEGER NOT NULL PRIMARY KEY,
    ran REAL NOT NULL,
    saw REAL NOT NULL
) STRICT;

