"""Addresses from the wire as text, against ipaddress."""

from ipaddress import ip_address

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import NO_MAC, Link
from appliance.sensor import spelling
from appliance.sensor.columns import Gather

ALICE, BOB = "02:00:00:00:00:0a", "02:00:00:00:00:0b"
A, B = (bytes.fromhex(each.replace(":", "")) for each in (ALICE, BOB))


@given(st.one_of(st.binary(min_size=4, max_size=4), st.binary(min_size=16, max_size=16)))
def test_an_address_is_spelt_as_ipaddress_spells_it(raw: bytes):
    """In its shortest form, in lower case."""
    assert spelling.ip_of(raw) == str(ip_address(raw))


@pytest.mark.parametrize(
    "text", ["0.0.0.0", "255.255.255.255", "::", "::1", "fe80::1", "2001:db8::1:0:0:1"]
)
def test_well_known_addresses_look_as_people_write_them(text: str):
    assert spelling.ip_of(ip_address(text).packed) == text


def test_a_hardware_address_is_six_pairs_of_digits():
    assert spelling.mac_of(A) == ALICE


HEADS = {
    "Ethernet": (Link.ETHERNET, B + A + b"\x08\x00", (ALICE, BOB)),
    "cooked": (Link.COOKED, bytes(4) + b"\0\6" + A + bytes(2) + b"\x08\x00", (ALICE, NO_MAC)),
    "cooked, of a tunnel": (Link.COOKED, bytes(14) + b"\x08\x00", (NO_MAC, NO_MAC)),
    "cooked v2": (Link.COOKED_V2, b"\x08\x00" + bytes(9) + b"\6" + A, (ALICE, NO_MAC)),
    "cooked v2, of a tunnel": (Link.COOKED_V2, b"\x08\x00" + bytes(18), (NO_MAC, NO_MAC)),
    "raw": (Link.RAW_IP, b"\x45" + bytes(19), (NO_MAC, NO_MAC)),
}


@pytest.mark.parametrize(("link", "head", "said"), HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("before", [b"", b"another packet"])
def test_a_link_tells_who_sent_to_whom_as_far_as_it_knows(link, head, said, before: bytes):
    """Wherever the frame begins."""
    get = Gather(np.frombuffer(before + head + bytes(20), np.uint8))
    at = np.array([len(before)] * 2)
    assert spelling.macs(get, at, link) == [said] * 2


def test_the_two_ends_of_a_conversation_are_spelt_together():
    """Of either version."""
    assert spelling.ends_of(bytes(range(1, 9))) == ("1.2.3.4", "5.6.7.8")
    assert spelling.ends_of(bytes(15) + b"\1" + bytes(15) + b"\2") == ("::1", "::2")


def test_what_is_remembered_has_a_maximum():
    """A sweep of made-up addresses takes no memory for good."""
    for number in range(spelling.REMEMBERED + 100):
        spelling.ip_of(number.to_bytes(4))
        spelling.mac_of(number.to_bytes(6))
        spelling.ends_of(number.to_bytes(8))
    for remembered in (spelling.ip_of, spelling.mac_of, spelling.ends_of):
        assert remembered.cache_info().currsize == spelling.REMEMBERED
