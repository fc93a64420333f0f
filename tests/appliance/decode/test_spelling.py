"""Addresses have one spelling each."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import spelling
from appliance.decode.reader import Malformed
from appliance.model import NO_MAC


@given(st.one_of(st.binary(min_size=4, max_size=4), st.binary(min_size=16, max_size=16)))
def test_an_address_is_spelt_as_everybody_does(raw: bytes):
    """Reading the spelling gives the same address; it is in lower case."""
    spelt = spelling.ip(raw)
    assert ip_address(spelt).packed == raw
    assert spelt == spelt.lower()


def test_zeros_are_left_out():
    """The longest row of them, as RFC 5952 wants it."""
    assert spelling.ip(bytes.fromhex("20010db8000000000001000000000001")) == "2001:db8::1:0:0:1"
    assert spelling.ip(bytes(16)) == "::"


def test_other_lengths_are_no_addresses():
    """An IP address of 5 bytes is malformed; a hardware address of 4 stands for none."""
    with pytest.raises(Malformed):
        spelling.ip(b"abcde")
    assert spelling.mac(b"abcd") == NO_MAC


def test_a_row_of_addresses():
    """A torn last one is left out."""
    assert spelling.ips(bytes((192, 0, 2, 1, 192, 0, 2, 2, 192)), 4) == ("192.0.2.1", "192.0.2.2")


def test_the_memory_of_spellings_has_a_maximum():
    """10,000 made-up addresses leave it within its bound."""
    for number in range(10_000):
        spelling.ip(number.to_bytes(4))
    assert spelling.ip.cache_info().currsize <= spelling.REMEMBERED


@pytest.mark.parametrize(
    ("mac", "is_one"),
    [
        ("02:00:00:00:00:0a", True),
        ("3c:00:00:00:00:0a", True),
        ("ff:ff:ff:ff:ff:ff", False),
        ("33:33:00:00:00:01", False),
        ("01:00:5e:00:00:01", False),
        (NO_MAC, False),
    ],
)
def test_groups_and_nobody_are_no_machine(mac: str, is_one: bool):
    """Multicast, broadcast and all-zero addresses."""
    assert spelling.is_one_machine(mac) is is_one
