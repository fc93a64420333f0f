BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'vigie','m001_begin','2026-11-26 04:43:17.242941+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'vigie','m002_identify','2026-11-26 04:43:17.243910+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'vigie','m003_weigh','2026-11-26 04:43:17.244484+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'vigie','m004_cases','2026-11-26 04:43:17.244656+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'vigie','m005_incidents','2026-11-26 04:43:17.244965+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'vigie','m006_erase','2026-11-26 04:43:17.245114+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'vigie','m007_people','2026-11-26 04:43:17.246191+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'vigie','m008_devices','2026-11-26 04:43:17.246898+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'vigie','m009_watch_hours','2026-11-26 04:43:17.247523+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'vigie','m010_shelves','2026-11-26 04:43:17.247675+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'vigie','m011_timed','2026-11-26 04:43:17.247950+00:00');
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
INSERT INTO "alerts" VALUES(1,'0000000000000001','["port_scan", "1"]','port_scan',2,'02:00:00:00:00:0a',1767268800.0,1767268801.0,1,'open','{"target": "nas"}','["T1046"]','192.168.1.10','','[]',0,0,1);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO "audit" VALUES(1,1767268800.0,'marie','decide','Accueil','fc399eb2d8026a5a75a5f07c84f0c0114b83670934c5728aa5fde3a651f79af2');
INSERT INTO "audit" VALUES(2,1767268800.0,'marie','incident','open 20260101-1 hand ','49ecb7b3752a25ff9f7f818fef1940aff007f89b75530ef50d4a23f3249537bb');
INSERT INTO "audit" VALUES(3,1767268800.0,'marie','incident','note 20260101-1 ','198fbe163cdf2dbfd68b0ee37cdb988cc4cc6de5b82aec77ea1cd2d7fb004b70');
INSERT INTO "audit" VALUES(4,1767268800.0,'marie','erase','sessions','bc7746b4ea506e1210a39ca38117f1648725bf7255e9f3c40206690156702e74');
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
INSERT INTO "cases" VALUES(1,'ca5e000000000001','02:00:00:00:00:0a','["02:00:00:00:00:0b"]',3,1767268800.0,1767268801.0,'open','[1, 3]','["0000000000000001", "0000000000000002"]');
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
INSERT INTO "decisions" VALUES(1,1767268800.0,'marie','describe','02:00:00:00:00:0a','','','',NULL,'Accueil','','','[]','','','','','');
CREATE TABLE device_addresses (
    mac TEXT NOT NULL,
    ip TEXT NOT NULL,
    since REAL NOT NULL,
    PRIMARY KEY (mac, ip)
) STRICT, WITHOUT ROWID;
INSERT INTO "device_addresses" VALUES('02:00:00:00:00:0a','192.168.1.10',1767268800.0);
INSERT INTO "device_addresses" VALUES('02:00:00:00:00:0a','fe80::a',1767268800.0);
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
INSERT INTO "devices" VALUES(1,'02:00:00:00:00:0a','["192.168.1.10", "fe80::a"]','["poste-accueil"]','',0,0,1767268800.0,1767268800.0,'[["oui", "Dell", 20, 1767268800.0, 1767268800.0, "", "", "", ""]]','learnt','','','','unknown','','',1767268800.0,'','','[]','[]','',-2367566528622640606);
CREATE TABLE erasures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    macs TEXT NOT NULL,
    alerts TEXT NOT NULL
) STRICT;
INSERT INTO "erasures" VALUES(1,1767268800.0,'marie','sessions','[]','[]');
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
INSERT INTO "incident_entries" VALUES(1,'20260101-1',1767268800.0,'marie','note','','Photo prise');
CREATE TABLE incidents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    opened_at REAL NOT NULL,
    opened_by TEXT NOT NULL,
    origin TEXT NOT NULL,
    subject TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
INSERT INTO "incidents" VALUES(1,'20260101-1',1767268800.0,'marie','hand','','Rançon');
CREATE TABLE invitations (
    secret TEXT NOT NULL PRIMARY KEY,
    user TEXT NOT NULL,
    until REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('first_started_at','1767268800.0');
CREATE TABLE particulars (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL,
    at REAL NOT NULL,
    who TEXT NOT NULL
) STRICT;
INSERT INTO "particulars" VALUES(1,'technician','01 23',1767268800.0,'marie');
CREATE TABLE presence (
    mac TEXT NOT NULL PRIMARY KEY,
    last_at REAL NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "presence" VALUES('02:00:00:00:00:0a',1767268800.0);
CREATE TABLE recovery_codes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    code TEXT NOT NULL
) STRICT;
INSERT INTO "recovery_codes" VALUES(1,'marie','0000000000000000000000000000000000000000000000000000000000000000');
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
INSERT INTO "setup_codes" VALUES('0000000000000000000000000000000000000000000000000000000000000000',1767269400.0);
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
INSERT INTO "traffic_day" VALUES(1767225600,'02:00:00:00:00:0a',0,0,0,0,100,10,2,1);
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
INSERT INTO "traffic_hour" VALUES(1767268800,'02:00:00:00:00:0a',0,0,0,0,100,10,2,1);
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
INSERT INTO "traffic_minute" VALUES(1767268800,'02:00:00:00:00:0a',0,0,0,0,100,10,2,1);
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at REAL NOT NULL
, disabled INTEGER NOT NULL DEFAULT 0, temporary_until REAL NOT NULL DEFAULT 0, totp TEXT NOT NULL DEFAULT '', totp_step INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "users" VALUES(1,'marie','$argon2id$v=19$','technician','fr',1767268800.0,0,0.0,'sealed',59000000);
CREATE TABLE watch_hours (
    at INTEGER NOT NULL PRIMARY KEY,
    ran REAL NOT NULL,
    saw REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX devices_by_stamp ON devices (mac, stamp);
CREATE INDEX alerts_by_device ON alerts (about);
CREATE INDEX alerts_by_state ON alerts (state, severity, detector);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('decisions',1);
INSERT INTO "sqlite_sequence" VALUES('audit',4);
INSERT INTO "sqlite_sequence" VALUES('recovery_codes',1);
INSERT INTO "sqlite_sequence" VALUES('incidents',1);
INSERT INTO "sqlite_sequence" VALUES('incident_entries',1);
INSERT INTO "sqlite_sequence" VALUES('erasures',1);
COMMIT;
PRAGMA user_version = 11;
