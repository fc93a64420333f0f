"""Which part of a host name somebody registered, and whose names carry questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.knowledge.domains import carries_questions, is_suffix, registered


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("www.example.com", "example.com"),
        ("example.com", "example.com"),
        ("a.b.c.dentiste.fr", "dentiste.fr"),
        ("www.cabinet.chirurgiens-dentistes.fr", "cabinet.chirurgiens-dentistes.fr"),
        ("service-public.gouv.fr", "service-public.gouv.fr"),
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("x.home.ddns.net", "home.ddns.net"),
        ("www.com.example", "com.example"),
        ("xn--caf-dma.xn--p1ai", "xn--caf-dma.xn--p1ai"),
    ],
)
def test_what_was_registered_is_told_from_what_its_owner_added(name, domain):
    assert registered(name) == domain


@pytest.mark.parametrize(
    "name", ["", "fr", "co.uk", "ddns.net", "wpad", "a.b4", "192.168.1.1", "."]
)
def test_suffixes_single_words_and_numbers_have_no_owner(name):
    assert registered(name) == ""


@given(st.text(max_size=255))
def test_a_registered_domain_is_an_end_of_the_name(name):
    """Whatever the wire holds."""
    assert name.endswith(registered(name))


@pytest.mark.parametrize(
    "name", ["x.a.j.e5.sk", "1.0.0.127.zen.spamhaus.org", "x.s.sophosxl.net", "d1.cloudfront.net"]
)
def test_services_that_make_such_names_are_known(name):
    assert carries_questions(name, registered(name))


@pytest.mark.parametrize("name", ["x.e5.sk.evil.example", "zen.ddns.net", "evile5.sk", "spamhaus"])
def test_a_name_that_only_looks_alike_is_of_no_service(name):
    """And a suffix is none."""
    assert not carries_questions(name, registered(name))


@pytest.mark.parametrize("name", ["com", "co.uk", "gouv.fr", "github.io", "ddns.net"])
def test_below_a_suffix_others_register_their_names(name):
    """Those that a provider gives away count, too."""
    assert is_suffix(name)
    assert not is_suffix(f"alice.{name}")
