"""pcap files a chunk at a time: the same packets wherever chunks, files and packets end."""

from io import BytesIO
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Frame
from appliance.sensor import pcap as files
from appliance.sensor.source import CaptureError
from tests.kit.capture import pcap

HEAD, RECORD = 24, 16
FRAMES = [Frame(1_000_000 + n / 64, bytes([n]) * (n * 7 % 50)) for n in range(30)]
Read = list[tuple[float, bytes, int]]
"""Time, bytes that are there, bytes on the wire."""


def read(raw: bytes) -> Read:
    file, found = BytesIO(raw), []
    for block in files.blocks(file, file.read(4), "x.pcap"):
        assert block.now == block.times[-1]
        rows = (block.times, block.offsets, block.captured, block.lengths)
        for at, start, size, length in zip(*(row.tolist() for row in rows), strict=True):
            found.append((at, bytes(block.buffer[start : start + size]), length))
    return found


def whole(frames: list[Frame]) -> Read:
    return [(frame.at, frame.data, len(frame.data)) for frame in frames]


def record(captured: int, length: int, data: bytes = b"", order: str = "<") -> bytes:
    return pack(order + "IIII", 1, 0, captured, length) + data


@pytest.fixture
def chunk(monkeypatch):
    """Give what sets the size of a chunk."""
    return lambda size: monkeypatch.setattr(files, "CHUNK", size)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("nanoseconds", [False, True])
def test_chunks_of_any_size_give_the_same_packets(chunk, order: str, nanoseconds: bool):
    """From those that hold one packet to those that hold all."""
    raw = pcap(FRAMES, order, nanoseconds)
    longest = RECORD + max(len(frame.data) for frame in FRAMES)
    for size in range(longest, 400):
        chunk(size)
        assert read(raw) == whole(FRAMES), size


@pytest.mark.parametrize("size", [100, files.CHUNK])
def test_a_file_cut_at_any_byte_is_read_up_to_there(chunk, size: int):
    """The last packet as far as it is there, with the length that it had on the wire."""
    chunk(size)
    frames = FRAMES[:6]
    raw, end = pcap(frames), HEAD
    ends = [end := end + RECORD + len(frame.data) for frame in frames]
    for cut in range(HEAD, len(raw)):
        before = sum(end <= cut for end in ends)
        begun = ends[before - 1] if before else HEAD
        expected = whole(frames[:before])
        if cut - begun > RECORD:
            part = frames[before]
            expected.append((part.at, part.data[: cut - begun - RECORD], len(part.data)))
        assert read(raw[:cut]) == expected, cut


@pytest.mark.parametrize("cut", range(4, HEAD))
def test_a_file_cut_within_its_head_is_refused(cut: int):
    with pytest.raises(CaptureError, match=r"^x\.pcap: ends within its head$"):
        read(pcap(FRAMES)[:cut])


@pytest.mark.parametrize("claimed", [0xFFFF_FFFF, 0x8000_0000, 0x7FFF_FFFF, files.CHUNK])
@pytest.mark.parametrize("order", "<>")
def test_a_length_that_cannot_be_ends_the_file(claimed: int, order: str):
    """What came before it is read; nothing is allocated for it, and nothing waited for."""
    raw = pcap(FRAMES, order) + record(claimed, 60, bytes(100), order) + pcap(FRAMES, order)[HEAD:]
    assert read(raw) == whole(FRAMES)


def test_where_a_chunk_ends_does_not_tell_which_lengths_can_be(chunk):
    """The longest packet that is read is the same anywhere in the file."""
    chunk(1000)
    longest = bytes(1000 - RECORD)
    for before in range(0, 1000, 100):
        first = record(before, before, bytes(before))
        good = pcap([]) + first + record(len(longest), 2000, longest) + record(1, 1, b"x")
        assert [length for _, _, length in read(good)] == [before, 2000, 1]
        bad = pcap([]) + first + record(len(longest) + 1, 2000, longest + b"y") + record(1, 1, b"x")
        assert [length for _, _, length in read(bad)] == [before]


def test_a_packet_is_as_long_as_it_was_on_the_wire():
    """Or as what is there of it, where the file says that it was shorter."""
    raw = pcap([]) + record(3, 1500, b"cut") + record(4, 0, b"more")
    assert [(data, length) for _, data, length in read(raw)] == [(b"cut", 1500), (b"more", 4)]


@pytest.mark.parametrize("order", "<>")
def test_seconds_up_to_the_year_2106_are_read(order: str):
    """They have no sign."""
    raw = pcap([], order, nanoseconds=True) + pack(order + "IIII", 2**32 - 1, 999_999_999, 0, 0)
    assert [at for at, _, _ in read(raw)] == [pytest.approx(2**32)]


@given(st.sampled_from(sorted(files.MAGICS)), st.binary(max_size=400), st.integers(30, 300))
def test_no_bytes_make_it_raise_but_its_refusal(magic: bytes, rest: bytes, size: int):
    """And every packet lies within the bytes of the file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "CHUNK", size)
        try:
            found = read(magic + rest)
        except CaptureError:
            return
    assert all(data in rest and len(data) <= length for _, data, length in found)
