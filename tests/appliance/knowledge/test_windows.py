"""Which Windows it may be, and whether it is supported."""

from datetime import date

import pytest

from appliance.knowledge.support import Verdict
from appliance.knowledge.windows import windows

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        ("5.1.2600", "ended"),
        ("6.1.7601", "ended"),
        ("6.2.9200", "ended"),
        ("6.3.9600", "ended"),
        ("10.0.10240", "ended"),
        ("10.0.14393", "depends"),
        ("10.0.17763", "depends"),
        ("10.0.18362", "ended"),
        ("10.0.19041", "depends"),
        ("10.0.20348", "supported"),
        ("10.0.22000", "ended"),
        ("10.0.22621", "ended"),
        ("10.0.26100", "depends"),
        ("10.0.28000", "supported"),
    ],
)
def test_versions_are_judged_on_the_day_asked(version, verdict):
    """The day of the table's state."""
    assert windows().find(version).on(TODAY) == verdict


def test_6_1_0_is_samba_not_windows():
    """A NAS or Linux that names itself so; nothing is said of its support."""
    samba = windows().find("6.1.0")
    assert (samba.says.os, samba.on(TODAY), samba.covers) == ("Samba", None, ())


def test_19041_covers_2004_to_22h2_and_depends():
    """All releases that stand on one base build look the same."""
    found = windows().find("10.0.19041")
    assert {"Windows 10 2004", "Windows 10 21H1", "Windows 10 22H2"} < set(found.covers)
    assert found.on(TODAY) is Verdict.DEPENDS
    assert found.question == "extended_updates"
    assert found.says.os == "Windows 10 2004-22H2"


def test_a_release_that_shows_its_own_build_is_known_exactly():
    """19045 is 22H2 and nothing else."""
    exact = windows().find("10.0.19045")
    assert exact.covers == ("Windows 10 22H2",)
    assert (exact.says.os, exact.says.kind) == ("Windows 10 22H2", "workstation")


def test_time_is_data():
    """The same version was supported once."""
    seven = windows().find("6.1.7601")
    assert seven.on(date(2019, 1, 1)) is Verdict.SUPPORTED
    assert seven.on(date(2022, 1, 1)) is Verdict.DEPENDS
    assert windows().find("10.0.22621").on(date(2026, 11, 10)) is Verdict.DEPENDS


def test_whatever_may_depend_has_its_question():
    """From this day on, for ten years."""
    for year in range(2026, 2037):
        for version in windows()._versions.values():
            if version.on(date(year, 11, 23)) is Verdict.DEPENDS:
                assert version.question, version.covers


def test_a_server_is_called_one_only_where_it_can_be_nothing_else():
    """26100 is Windows 11 and Server 2025 alike."""
    assert windows().find("10.0.20348").says.kind == "server"
    assert windows().find("10.0.26100").says.kind == "unknown"


@pytest.mark.parametrize("version", ["", "10.0", "10.0.99999", "6.1.7601.1"])
def test_an_unheard_version_is_not_guessed(version):
    """None of these is in the table."""
    assert windows().find(version) is None


def test_a_dialect_of_smb_hints_at_the_oldest_windows_that_speaks_it():
    """Weakly: others speak it too."""
    assert windows().smb("3.1.1").os == "Windows 10+ / Server 2016+"
    assert windows().smb("NT LM 0.12").weight == 15
    assert windows().smb("4.0") is None
