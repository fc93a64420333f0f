"""One entry of a list: what it spells, or nothing."""

import pytest

from appliance.lists.entry import WHY, entry

JA4 = "t13d1516h2_8daaf6152771_b186095e22b6"


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("Bad.Example.", "bad.example"),
        ("203.0.113.66", "203.0.113.66"),
        ("203.0.113.66/32", "203.0.113.66"),
        ("198.51.100.0/24", "198.51.100.0/24"),
        ("2001:DB8:0::/32", "2001:db8::/32"),
        (JA4.upper(), JA4),
        ("AB" * 20, "ab" * 20),
        ("0f" * 32, "0f" * 32),
    ],
)
def test_names_addresses_networks_and_fingerprints_are_entries(text, spelt):
    assert entry(text).text == spelt


@pytest.mark.parametrize(
    "text",
    [
        *("com", "two words", "http://bad.example/x", "<script>alert(1)</script>", "", "\0"),
        *("198.51.100.1/24", "a" * 300 + ".example", "ab" * 21, "t13d1516h2_8daaf6152771", "1.2.3"),
    ],
)
def test_what_means_nothing_is_said_to_mean_nothing(text):
    with pytest.raises(ValueError, match="is no host name"):
        entry(text)


def test_only_names_have_names_above_them():
    found = [entry(text).is_name for text in ("bad.example", "203.0.113.66", JA4, "ab" * 20)]
    assert found == [True, False, False, False]


def test_a_reason_is_one_line_and_of_bounded_length():
    assert entry("bad.example", " a\n b ").why == "a b"
    assert len(entry("bad.example", "x" * 1000).why) == WHY
