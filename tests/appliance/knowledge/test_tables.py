"""Every table of the domain keeps its promises."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from appliance.knowledge import tables
from appliance.knowledge.dicom import dicom
from appliance.knowledge.hint import Source, hint
from appliance.knowledge.kinds import Kind
from appliance.knowledge.ports import NUMBERS, Scope

ROOT = Path(__file__).parents[3]
KEYS = {
    "clear_updates": ("host",),
    "agents": ("where", "pattern"),
    "clouds": ("host",),
    "component_makers": ("name",),
    "descriptions": ("where", "pattern"),
    "dhcp_fingerprints": ("options", "vendor_class"),
    "dicom_roots": ("root",),
    "dicom_sop_classes": ("uid",),
    "enterprises": ("number",),
    "domains": ("domain",),
    "exploits": ("key",),
    "http_exploits": ("key",),
    "feeds": ("name",),
    "hygiene_hosts": ("host",),
    "incident_authorities": ("id",),
    "incident_fields": ("field",),
    "maker_categories": ("category",),
    "maker_classes": ("name",),
    "makers_without_prefix": ("host",),
    "mining_pools": ("host",),
    "mirror_switches": ("key",),
    "models": ("pattern",),
    "name_patterns": ("where", "pattern"),
    "outside_ports": ("proto", "first", "last"),
    "ports": ("proto", "first", "last", "scope"),
    "practice_hosts": ("host",),
    "regular_hosts": ("host",),
    "privacy_duties": ("id",),
    "ransomware_extensions": ("extension",),
    "ransomware_notes": ("name",),
    "ransomware_ordinary": ("extension",),
    "remote_ports": ("proto", "port"),
    "remote_procedures": ("interface", "operation"),
    "remote_tools": ("host",),
    "smb_dialects": ("dialect",),
    "systems": ("system", "version"),
    "upload_hosts": ("host",),
    "vendors": ("bits", "prefix"),
    "windows_builds": ("ntlm", "build", "product", "edition"),
    "windows_generations": ("name",),
    "windows_versions": ("ntlm",),
}
"""By table, the columns that together name a row."""

every_table = pytest.mark.parametrize("table", KEYS)


def rows(table):
    return list(tables.rows(table))


def test_every_table_is_named_here():
    """A new one gets its promises held too."""
    assert {file.stem for file in (ROOT / "appliance/data").glob("*.csv")} == set(KEYS)


@every_table
def test_the_first_line_says_what_it_is_and_of_which_day(table):
    """A reader of the file alone knows what he has, and the pages can say how old it is."""
    first = tables.text(table).partition("\n")[0]
    assert re.fullmatch(r"# \S.{20,}; state \d{4}-\d\d-\d\d; from \S.*\.", first)
    assert date(2025, 1, 1) < tables.dated(table) < date(2100, 1, 1)


@every_table
def test_every_row_has_a_source(table):
    """What nobody can trace is not carried."""
    assert all(row["source"].strip() for row in rows(table))


@every_table
def test_every_row_has_all_columns_and_no_stray_spaces(table):
    """A comma too many would shift a row by one column, unseen."""
    lines = [line for line in tables.text(table).splitlines() if not line.startswith("#")]
    head, *others = csv.reader(lines)
    assert others
    assert all(len(each) == len(head) for each in others)
    assert all(cell == cell.strip() for each in others for cell in each)


@every_table
def test_no_two_rows_have_one_key(table):
    """The second would hide the first."""
    keys = [tuple(row[column] for column in KEYS[table]) for row in rows(table)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("table", sorted(set(KEYS) - {"vendors"}))
def test_every_row_says_how_sure_it_is(table):
    """Registered owners of addresses are certain; all else is weighed."""
    for row in rows(table):
        assert row["confidence"] in {"high", "medium", "low"}
        assert row["basis"] in {"found", "judged", "memory"}


@every_table
def test_kinds_are_of_the_vocabulary(table):
    """And no row spells one in its own way."""
    assert {row["kind"] for row in rows(table) if "kind" in row} <= set(Kind)


@pytest.mark.parametrize(
    "table",
    [
        *("agents", "component_makers", "descriptions", "http_exploits"),
        *("maker_classes", "models", "name_patterns"),
    ],
)
def test_patterns_compile_and_cannot_backtrack_for_long(table):
    """Nothing is repeated without end, and no group is repeated at all."""
    for row in rows(table):
        re.compile(row["pattern"])
        unescaped = re.sub(r"\\.", "", re.sub(r"\[[^]]*\]", "x", row["pattern"]))
        assert not re.search(r"[*+]|\{\d*,\}|\)[?{]", unescaped), row["pattern"]
        assert row["pattern"] == row["pattern"].lower()


@pytest.mark.parametrize("table", [each for each, keys in KEYS.items() if keys == ("host",)])
def test_hosts_are_lower_case_names(table):
    """As the look-up is; no stars, no dots at an end."""
    name = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
    for row in rows(table):
        assert name.fullmatch(row["host"]), row["host"]
        assert row.get("match", "suffix") in {"exact", "suffix"}


@pytest.mark.parametrize("table", ["windows_builds", "systems"])
def test_days_are_days_and_support_is_extended_not_shortened(table):
    """An empty day means that none was known."""
    for row in rows(table):
        days = [date.fromisoformat(row[column]) for column in ("ends", "extended") if row[column]]
        assert days == sorted(days)
        assert table == "systems" or row["ends"]
        if "released" in row:
            assert date.fromisoformat(row["released"]) <= min(days, default=date.max)


def test_every_build_of_windows_has_a_version_and_each_version_its_builds():
    """All but Samba, which is none."""
    builds = {row["ntlm"] for row in rows("windows_builds")}
    versions = {row["ntlm"] for row in rows("windows_versions")}
    assert versions - builds == {"6.1.0"}
    assert builds <= versions


def test_questions_are_keys_of_a_closed_list():
    """The texts have one sentence for each."""
    assert {row["question"] for row in rows("windows_versions")} == {
        "",
        "release",
        "extended_updates",
    }


def test_keys_of_the_host_tables_are_of_closed_lists():
    """Whoever words them for a person knows them all."""
    assert {row["cut"] for row in rows("practice_hosts")} == {
        "",
        "agenda_lost",
        "backup_stops",
        "files_lost",
        "keep",
        "queued",
        "services_lost",
        "works",
        "works_14_days",
    }
    assert {row["category"] for row in rows("practice_hosts")} == {
        "booking",
        "device_cloud",
        "drug_db",
        "fse_mail",
        "health_service",
        "health_service_test",
        "help",
        "imaging_cloud",
        "insurer",
        "mssante",
        "practice_software",
        "secure_mail",
    }
    assert {row["subject"] for row in rows("hygiene_hosts")} == {
        "antivirus",
        "browser",
        "firmware",
        "program",
        "system",
    }
    assert {row["proves"] for row in rows("hygiene_hosts")} == {
        "active",
        "alive",
        "check",
        "download",
        "installs",
        "nothing",
        "update",
    }


def test_every_category_of_a_vendor_is_explained_and_none_in_vain():
    """The owner's category decides what the device may be."""
    used = {row["category"] for row in rows("vendors")}
    assert used == {row["category"] for row in rows("maker_categories")}
    assert {row["component"] for row in rows("maker_categories")} == {"yes", "no"}


def test_prefixes_of_vendors_are_as_long_as_they_say():
    """Four bits a digit, lower case."""
    for row in rows("vendors"):
        assert re.fullmatch(r"[0-9a-f]+", row["prefix"])
        assert len(row["prefix"]) * 4 == int(row["bits"])


def test_ports_are_numbers_in_order():
    """And of a protocol and a scope that the look-up knows."""
    for row in rows("ports"):
        assert 0 < int(row["first"]) <= int(row["last"]) <= 65535
        assert row["proto"] in NUMBERS
        assert row["scope"] in set(Scope)
        assert re.fullmatch(r"[a-z0-9_]+", row["service"])


def test_no_two_ranges_of_ports_overlap():
    """One port has one meaning in one scope."""
    seen = [
        (row["proto"], row["scope"], port)
        for row in rows("ports")
        for port in range(int(row["first"]), int(row["last"]) + 1)
    ]
    assert len(seen) == len(set(seen))


def test_identifiers_of_dicom_are_dotted_numbers():
    """PS3.5 section 9.1; a root has no empty arc."""
    uid = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*))+")
    assert all(uid.fullmatch(row["root"]) for row in rows("dicom_roots"))
    assert all(dicom().service(row["uid"]) for row in rows("dicom_sop_classes"))
    assert all(bool(row["software"]) != bool(row["maker"]) for row in rows("dicom_roots"))


def test_every_row_that_is_to_say_something_does():
    """A hint without content would be a mistake in the table."""
    for table in (
        "agents",
        "clouds",
        "descriptions",
        "dhcp_fingerprints",
        "enterprises",
        "makers_without_prefix",
        "models",
        "name_patterns",
        "smb_dialects",
    ):
        assert all(hint(row, Source.NAME) for row in rows(table))


def test_enterprise_numbers_are_numbers():
    """Without a point: the rest is the maker's own."""
    assert all(row["number"].isdecimal() for row in rows("enterprises"))


def test_a_table_without_a_day_is_refused():
    """Its state could not be shown."""
    with pytest.raises(ValueError, match="state"):
        tables.state("# A table.")
