"""What is told of bytes before they are dropped."""

import os
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.smb_content import MOST, sample


@given(st.binary(min_size=1, max_size=MOST))
def test_entropy_is_that_of_shannon(data: bytes):
    shares = [data.count(value) / len(data) for value in set(data)]
    assert sample(data, 1).entropy == pytest.approx(-sum(it * log2(it) for it in shares), abs=0.001)


def test_dice_text_and_nothing_are_far_apart():
    assert sample(os.urandom(512), 0).entropy > 7.4
    assert sample(b"Une lettre sans importance. " * 20, 0).entropy < 4.5
    assert sample(bytes(512), 0).entropy == 0
    assert sample(b"", 0) == (0, 0.0, "")


def test_no_more_than_the_beginning_is_looked_at():
    assert sample(bytes(MOST) + os.urandom(9000), 0) == (MOST, 0.0, "")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xff\xd8\xff\xe1", "jpeg"),
        (b"PK\3\4", "zip"),
        (b"%PDF-1.7", "pdf"),
        (b"II*\0", "tiff"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (bytes(128) + b"DICM", "dicom"),
        (b"\0\0\0\x20ftypheic", "mp4"),
        (b"\5\0\x0b\3", "rpc"),
        (b"WANACRY!", ""),
    ],
)
def test_formats_are_told_by_their_first_bytes_where_a_file_begins(head: bytes, name: str):
    assert sample(head + os.urandom(300), 0).begins == name
    assert sample(head + os.urandom(300), 512).begins == ""
