"""Whose enterprise number an SNMP object identifier has."""

import pytest

from appliance.knowledge.enterprises import of


def test_the_number_behind_the_root_names_the_maker():
    """What stands behind it is the maker's own."""
    assert (of("1.3.6.1.4.1.2435.2.3.9.1").maker, of("1.3.6.1.4.1.2435").kind) == (
        "Brother",
        "printer",
    )


@pytest.mark.parametrize(
    "object_id", ["", "1.3.6.1.4.1.", "1.3.6.1.4.1.24350", "1.3.6.1.2.1.2435", "x" * 300]
)
def test_other_identifiers_name_nobody(object_id):
    """A longer number is another's."""
    assert of(object_id) is None
