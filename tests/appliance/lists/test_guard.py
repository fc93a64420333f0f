"""What no list may hold."""

from ipaddress import ip_network

import pytest

from appliance.knowledge.hosts import hosts
from appliance.lists.entry import entry
from appliance.lists.guard import Guard

GUARD = Guard()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("co.uk", "suffix"),
        ("gouv.fr", "suffix"),
        ("github.io", "suffix"),
        ("duckdns.org", "suffix"),
        ("google.com", "needed"),
        ("microsoft.com", "needed"),
        ("ameli.fr", "needed"),
        ("espacepro.ameli.fr", "needed"),
        ("ctldl.windowsupdate.com", "needed"),
        ("doctolib.fr", "needed"),
        ("8.8.8.8", "needed"),
        ("1.1.0.0/16", "needed"),
        ("2620:fe::/32", "needed"),
        ("0.0.0.0/0", "large"),
        ("11.0.0.0/8", "large"),
        ("::/0", "large"),
        ("2600::/12", "large"),
        ("192.168.1.1", "inside"),
        ("10.0.0.0/16", "inside"),
        ("192.128.0.0/9", "inside"),
        ("100.64.1.1", "inside"),
        ("127.0.0.1", "inside"),
        ("224.0.0.1", "inside"),
        ("fe80::1", "inside"),
    ],
)
def test_what_would_accuse_the_innocent_is_not_listed(text, why):
    assert GUARD.objection(entry(text)) == why


@pytest.mark.parametrize(
    "text",
    [
        *("bad.example", "evil.github.io", "x.duckdns.org", "login.google.com.evil.example"),
        *("sites.google.com", "evil-doctolib.fr", "203.0.113.66", "198.51.100.0/24", "8.8.8.9"),
        *("42.0.0.0/9", "2001:db8::/32", "ab" * 20, "t13d1516h2_8daaf6152771_b186095e22b6"),
    ],
)
def test_the_rest_is(text):
    """Also what is given away below a suffix, and names that only look like good ones."""
    assert GUARD.objection(entry(text)) == ""


def test_the_practice_s_own_network_is_not_listed_where_it_is_a_public_one():
    guard = Guard([ip_network("198.51.100.0/28")])
    assert guard.objection(entry("198.51.100.3")) == "inside"
    assert guard.objection(entry("198.51.100.0/24")) == "inside"
    assert guard.objection(entry("198.51.100.16")) == ""


def test_no_host_that_practices_need_can_be_listed_nor_all_above_it():
    for name in (*hosts().practice.exact, *hosts().practice.below):
        assert GUARD.objection(entry(name)), name
