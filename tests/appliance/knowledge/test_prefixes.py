"""Owners of the small blocks of hardware addresses."""

from datetime import date

import pytest

from appliance.knowledge.prefixes import Prefixes, dated, prefixes


@pytest.mark.parametrize(
    ("prefix", "owner"),
    [
        ("70b3d53f7", "Cefla Sc"),
        ("8c1f64b77", "Carestream Dental LLC"),
        ("54919af", None),
        ("5491af9", "Asiga Pty Ltd"),
        ("70b3d53f", None),
        ("", None),
        ("zzzzzzzzz", None),
    ],
)
def test_an_owner_is_found_by_the_exact_prefix(prefix, owner):
    """A shorter or longer one is another block."""
    assert prefixes().find(prefix) == owner


def test_the_box_carries_a_registry_not_a_sample():
    """The IEEE had given away more than 18,000 small blocks by then."""
    assert len(prefixes()._lines) > 18_000
    assert list(prefixes()._lines) == sorted(prefixes()._lines)


def test_the_registry_is_dated():
    """So that the pages can say how old it is."""
    assert dated() == prefixes().state
    assert dated() >= date(2026, 10, 24)


def test_an_empty_registry_knows_nobody():
    """Not even at its edges."""
    assert Prefixes([], date(2026, 1, 1)).find("70b3d53f7") is None
