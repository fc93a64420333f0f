"""Elements of tag, length and content, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.asn1.ber import BERcodec_INTEGER, BERcodec_STRING

from appliance.decode import ber
from appliance.decode.reader import Malformed, Reader


@given(st.binary(max_size=300), st.binary(max_size=10))
def test_an_element_of_any_length(content: bytes, behind: bytes):
    """In the short form and the long one; what stands behind is left to read."""
    body = Reader(BERcodec_STRING.enc(content) + behind)
    assert ber.element(body) == (ber.OCTETS, content)
    assert body.rest() == behind


@given(st.integers(0, 2**40))
def test_the_content_of_a_wanted_element(number: int):
    """Of that tag, or malformed."""
    encoded = BERcodec_INTEGER.enc(number)
    assert int.from_bytes(ber.content(Reader(encoded), ber.INTEGER)) == number
    with pytest.raises(Malformed):
        ber.content(Reader(encoded), ber.OCTETS)


def test_stepping_into_a_sequence():
    """What is none is malformed."""
    assert ber.element(ber.into(Reader(b"\x30\3\4\1a"))) == (ber.OCTETS, b"a")
    with pytest.raises(Malformed):
        ber.into(Reader(b"\x31\3\4\1a"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\4",
        b"\4\2a",
        b"\4\x80a\0\0",  # of no length
        b"\4\x85\0\0\0\0\1a",  # a length of five bytes
        b"\4\x84\xff\xff\xff\xff",
        b"\x1f\1a",  # a long tag
    ],
)
def test_what_is_no_element_is_malformed(data: bytes):
    """Nothing else comes out."""
    with pytest.raises(Malformed):
        ber.element(Reader(data))
