"""Heads of HTTP and its like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.heads import LONGEST, finder, read_head

FIND = finder(b"host", b"server")
VALUES = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=30)


@given(VALUES, VALUES, st.sampled_from((b"\r\n", b"\n")), st.sampled_from((b"", b"body\nHost: no")))
def test_fields_are_found_by_their_names(host: str, server: str, end: bytes, body: bytes):
    """In any case, with any space around the value; others and the body are not looked at."""
    lines = [b"FIRST LINE", b"HoSt:" + host.encode(), b"X-Host: no"]
    lines += [b"server :\t" + server.encode() + b"  ", b"", body]
    first, fields = read_head(end.join(lines), FIND)
    assert first == b"FIRST LINE"
    assert fields == {b"host": host, b"server": server}


def test_the_first_of_two_counts():
    """As most servers have it."""
    assert read_head(b"A\r\nHost: one\r\nHost: two\r\n\r\n", FIND)[1] == {b"host": "one"}


@pytest.mark.parametrize(
    ("payload", "first", "fields"),
    [
        (b"", b"", {}),
        (b"GET / HT", b"", {}),
        (b"GET / HTTP/1.1\r\nHost: exam", b"GET / HTTP/1.1", {}),
        (b"GET / HTTP/1.1\r\nHost: example\r\nServ", b"GET / HTTP/1.1", {b"host": "example"}),
    ],
)
def test_a_line_that_is_cut_is_left_out(payload: bytes, first: bytes, fields: dict[bytes, str]):
    """Half a name would be another's."""
    assert read_head(payload, FIND) == (first, fields)


def test_a_head_is_read_up_to_its_bound():
    """What comes later is not looked at."""
    filling = b"A\r\n" + b"X: y\r\n" * (LONGEST // 6)
    assert read_head(filling + b"Host: late\r\n\r\n", FIND)[1] == {}
    assert read_head(b"A" * LONGEST + b"\r\nHost: late\r\n\r\n", FIND) == (b"", {})


def test_values_are_spelt_harmlessly():
    """As all text from the wire; a NUL does not end them."""
    _, fields = read_head(b"A\r\nServer: <b>\0\xff\x1b\r\n\r\n", FIND)
    assert fields == {b"server": "<b>\\000\ufffd\\027"}
