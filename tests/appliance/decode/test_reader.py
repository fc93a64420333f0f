"""The bounded cursor, and how text from the wire is spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.reader import LONGEST_TEXT, Malformed, Reader, text

READS = {"u8": 1, "u16": 2, "u24": 3, "u32": 4, "u16_little": 2, "u32_little": 4}


@pytest.mark.parametrize(("read", "size"), READS.items())
@given(data=st.binary(max_size=8))
def test_a_number_is_read_whole_or_not_at_all(read: str, size: int, data: bytes):
    """It agrees with int.from_bytes; where bytes are missing it is Malformed, and nothing moves."""
    body = Reader(data)
    if len(data) < size:
        with pytest.raises(Malformed):
            getattr(body, read)()
        assert body.remaining == len(data)
    else:
        order = "little" if read.endswith("little") else "big"
        assert getattr(body, read)() == int.from_bytes(data[:size], order)
        assert body.rest() == data[size:]


@given(st.binary(max_size=40), st.integers(0, 50), st.integers(0, 50))
def test_a_part_is_a_world_of_its_own(data: bytes, before: int, size: int):
    """A reader of a part sees its bytes only, and the outer one goes on behind it."""
    body = Reader(data)
    if before + size > len(data):
        with pytest.raises(Malformed):
            body.take(before), body.sub(size)
        return
    body.skip(before)
    part = body.sub(size)
    assert part.rest() == data[before : before + size]
    assert body.rest() == data[before + size :]
    with pytest.raises(Malformed):
        part.u8()


def test_its_bounds_may_be_set():
    """A start and an end inside the data; an end behind it is the data's."""
    assert Reader(b"abcdef", 2, 4).rest() == b"cd"
    assert Reader(b"abcdef", 2, 99).rest() == b"cdef"


@pytest.mark.parametrize(
    ("raw", "spelt"),
    [
        (b"alice-pc", "alice-pc"),
        ("Cabinet Éluard".encode(), "Cabinet Éluard"),
        (b"<img src=x>", "<img src=x>"),  # pages escape it
        (b"a\nb\r\0c\x7f", r"a\010b\013\000c\127"),
        ("a\u202eb\u200bc".encode(), r"a\226\128\174b\226\128\139c"),
        (b"caf\xe9", "caf\ufffd"),
        ("\U0001f9b7".encode() * 400, "\U0001f9b7" * LONGEST_TEXT),
    ],
)
def test_text_is_spelt_without_what_does_not_print(raw: bytes, spelt: str):
    """Controls, line ends and marks that turn text are escaped; length is bounded."""
    assert text(raw) == spelt


@given(st.binary(max_size=2000))
def test_any_bytes_make_a_short_line_that_prints(raw: bytes):
    """Whatever was sent can stand in a log, a page and a CSV file's cell."""
    spelt = text(raw)
    assert spelt.isprintable()
    assert len(spelt) <= LONGEST_TEXT
