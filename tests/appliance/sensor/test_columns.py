"""Fields of many packets read at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Frame
from appliance.sensor import headers
from appliance.sensor.columns import SLACK, Gather
from tests.kit.capture import block
from tests.kit.talk import datagram


@pytest.mark.parametrize("width", [1, 2, 4, 8])
@given(st.binary(min_size=8, max_size=64), st.data())
def test_a_field_is_read_wherever_it_lies(width: int, data: bytes, draw: st.DataObject):
    """Big-endian, at odd places, too, in any order and more than once."""
    last = len(data) - width
    places = [*draw.draw(st.lists(st.integers(0, last), max_size=9)), last]
    get = Gather(np.frombuffer(data, np.uint8))
    read = getattr(get, f"u{8 * width}")
    for _ in range(2):
        found = read(np.array(places)).tolist()
        assert found == [int.from_bytes(data[at : at + width]) for at in places]


def test_values_are_wide_enough_to_count_with():
    """A byte shifted left is no byte any more."""
    get = Gather(np.full(SLACK, 255, np.uint8))
    at = np.array([0])
    assert [(get.u8(at) << 20).item(), (get.u16(at) << 20).item()] == [255 << 20, 65_535 << 20]
    assert get.u64(at).dtype == np.uint64


def test_a_part_of_the_columns_has_the_same_rows():
    """All columns are cut alike."""
    many = [datagram(1.0, bytes(n), sport=5000 + n) for n in range(5)]
    columns = headers.read(block(many))
    part = columns.part(slice(1, 3))
    assert part.sport.tolist() == [5001, 5002]
    assert all(len(getattr(part, name)) == 2 for name in part.__slots__)


def test_the_shortest_packets_at_the_end_of_a_buffer_are_read_within_it():
    """That is what the slack is for: headers are gathered as if they were there."""
    for size in range(80):
        data = datagram(1.0, src="fe80::1", dst="fe80::2").data[:size]
        assert len(headers.read(block([Frame(1.0, data)] * 3)).l3) == 3
