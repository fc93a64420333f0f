"""Whether one spelling of a system covers another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.inventory.releases import covers
from appliance.knowledge.dhcp import clients
from appliance.knowledge.windows import windows

WINDOWS_10 = "Windows 10 1803+ / 11 / Server 2019+"


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [
        ("Windows", "Windows XP"),
        ("Windows 2000+", "Windows 8.1 / Server 2012 R2"),
        ("Windows Server", "Windows Server 2022"),
        ("Windows 10 / 11", "Windows 10 2004-22H2"),
        (WINDOWS_10, "Windows 10 2004-22H2"),
        (WINDOWS_10, "Windows 11 24H2-25H2 / Server 2025"),
        ("Windows 10+ / Server 2016+", WINDOWS_10),
        ("Windows 7 / Vista / Server 2008 (R2)", "Windows 7 / Server 2008 R2"),
        ("Android 12+", "Android 13"),
        ("Android 7-10", "Android 9"),
        ("iOS 15+ / macOS 12+", "macOS 12+"),
        ("macOS 10.13+", "macOS 12+"),
        ("Linux", "Debian"),
        ("Samba", "DSM"),
        ("Samba", "Linux"),
    ],
)
def test_a_spelling_covers_a_narrower_one(broad, narrow):
    """And not the other way round."""
    assert covers(broad, narrow)
    assert not covers(narrow, broad)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Windows 7 / Server 2008 R2", "Windows 10 2004-22H2"),
        ("Windows Server", "Windows 10 1809 / Server 2019"),
        ("Android 12+", "Android 9"),
        ("Samba", "Windows 10"),
        ("Linux", "macOS"),
        ("Windows CE", "Windows 10"),
        ("Windows Server 2099", "Windows 10"),
        ("", "Linux"),
    ],
)
def test_others_contradict_each_other(one, other):
    """Neither covers the other."""
    assert not covers(one, other)
    assert not covers(other, one)


def test_two_spellings_of_the_same_cover_each_other():
    """In another order, or with words that say no more."""
    one, other = "Windows XP / Server 2003", "Windows Server 2003 / XP x64"
    assert covers(one, other)
    assert covers(other, one)


def test_every_spelling_of_windows_in_the_tables_is_understood():
    """One that is not would pass for a contradiction."""
    spelt = {version.says.os for version in windows()._versions.values()}
    spelt |= {hint.os for hint in windows()._dialects.values()}
    spelt |= {each.says.os for rows in clients()._asking.values() for each in rows}
    for os in spelt:
        if os.startswith("Windows") and os not in ("Windows 2000", "Windows CE"):
            assert covers(os, os), os


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_may_be_compared(one, other):
    """They come from tables, and once perhaps from the wire."""
    covers(one, "Windows " + other)
    covers("Windows " + one, other)
