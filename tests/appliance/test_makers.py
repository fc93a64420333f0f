"""Who made a device."""

import pytest

from appliance.makers import is_randomised, makers


@pytest.mark.parametrize(
    ("mac", "name", "bits"),
    [
        ("00:19:35:01:02:03", "Dürr Dental", 24),
        ("00:09:21:00:00:01", "Planmeca", 24),
        ("54:91:af:91:23:45", "Asiga", 28),
        ("8c:1f:64:b7:71:23", "Carestream Dental", 36),
        ("00:11:32:aa:bb:cc", "Synology Incorporated", 24),
    ],
)
def test_makers_are_found_by_prefixes_of_three_lengths(mac, name, bits):
    """More than half of the dental makers own no whole 24-bit block."""
    maker = makers().find(mac)
    assert (maker.name, maker.bits) == (name, bits)


def test_the_owner_of_a_small_block_wins_over_that_of_the_whole():
    """8c:1f:64 as a whole belongs to the registry itself."""
    assert makers().find("8c:1f:64:b7:71:23").category
    assert makers().find("8c:1f:64:b7:61:23") != makers().find("8c:1f:64:b7:71:23")


def test_a_made_up_address_has_no_maker():
    """Whatever its first bytes say."""
    assert is_randomised("02:19:35:00:00:01")
    assert makers().find("02:19:35:00:00:01") is None


def test_an_unregistered_prefix_has_no_maker():
    """Nothing is guessed."""
    assert makers().find("00:00:5f:ff:ff:ff") is None or makers().find("fc:ff:ff:ff:ff:ff") is None
