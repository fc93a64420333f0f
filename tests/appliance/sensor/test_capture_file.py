"""Captures on disk: what is read of them, and how others are refused."""

import gzip
import resource
from struct import pack

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from appliance.model import Frame, Link
from appliance.sensor import pcap as pcap_files
from appliance.sensor import pcapng as pcapng_files
from appliance.sensor.capture_file import CaptureError, CaptureFile
from tests.kit import wire
from tests.kit.capture import pcap, pcapng

FRAMES = [
    wire.udp(100.0 + n / 8, "02:00:00:00:00:0a", "192.0.2.1", "192.0.2.2", 5, 7, bytes(n % 90))
    for n in range(200)
]
files = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def read(tmp_path):
    """Give what reads a file of these bytes: frames as they were."""

    def frames(raw):
        path = tmp_path / "x.pcap"
        path.write_bytes(raw)
        found = []
        for block in CaptureFile(path):
            data = block.buffer.data
            found += [
                Frame(at, bytes(data[start : start + size]), block.link)
                for at, start, size in zip(
                    block.times.tolist(), block.offsets, block.captured, strict=True
                )
            ]
        return found

    return frames


@pytest.fixture
def small_chunks(monkeypatch):
    """So that a small file has many."""
    monkeypatch.setattr(pcap_files, "CHUNK", 4096)
    monkeypatch.setattr(pcapng_files, "CHUNK", 4096)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("nanoseconds", [False, True])
def test_pcap_is_read_in_both_orders_and_resolutions(read, order, nanoseconds):
    assert read(pcap(FRAMES, order, nanoseconds)) == FRAMES


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("resolution", [0, 3, 6, 9])
def test_pcapng_is_read_in_both_orders_and_any_resolution(read, order, resolution):
    found = read(pcapng(FRAMES, order, resolution))
    assert [frame.data for frame in found] == [frame.data for frame in FRAMES]
    assert [frame.at for frame in found] == pytest.approx(
        [frame.at for frame in FRAMES], abs=10.0**-resolution
    )


@pytest.mark.parametrize("write", [pcap, pcapng])
@pytest.mark.usefixtures("small_chunks")
def test_packets_across_chunks_are_read_once(read, write):
    assert read(write(FRAMES)) == FRAMES


def test_a_file_packed_with_gzip_is_read_as_it_is(read):
    assert read(gzip.compress(pcap(FRAMES))) == FRAMES


def test_of_a_damaged_gzip_file_the_sound_part_is_read(read):
    """As an upload that broke off leaves it."""
    noise = np.random.default_rng(1).bytes
    many = [wire.udp(1.0, "02:00:00:00:00:0a", "192.0.2.1", "192.0.2.2", 5, 7, noise(900))] * 2000
    packed = gzip.compress(pcap(many), 1)
    assert 0 < len(read(packed[: len(packed) // 2])) < 2000


def test_of_a_gzip_file_that_breaks_off_nothing_is_lost_that_could_be_unpacked(read):
    """Noise cannot be packed: what is there of the file is there of its packets."""
    noise = np.random.default_rng(1).bytes
    many = [Frame(float(n), noise(900)) for n in range(200)]
    packed = gzip.compress(pcap(many))
    for part in (0.1, 0.5, 0.9, 0.999):
        found = read(packed[: int(len(packed) * part)])
        assert found[:-1] == many[: len(found) - 1]
        assert len(found) >= len(many) * part - 11  # 8 KiB are unpacked at a time
    assert read(packed[:-8]) == read(packed[:-1]) == many


@pytest.mark.parametrize("place", [-1, -8, 100_000])
def test_a_gzip_file_whose_check_fails_gives_what_came_before(read, place):
    """And what is behind it is not read as if nothing had happened."""
    noise = np.random.default_rng(1).bytes
    many = [Frame(float(n), noise(900)) for n in range(200)]
    packed = bytearray(gzip.compress(pcap(many)))
    packed[place] ^= 0xFF
    found = read(bytes(packed) + gzip.compress(pcap(many)[24:]))
    sound = 200 if place < 0 else 90
    assert found[:sound] == many[:sound]
    assert len(found) <= 200


def test_parts_packed_one_by_one_are_one_capture(read):
    """As programs that rotate their files leave it."""
    whole = pcap(FRAMES)
    assert read(gzip.compress(whole[:500], mtime=0) + gzip.compress(whole[500:])) == FRAMES


@pytest.mark.parametrize("write", [pcap, pcapng])
def test_a_file_cut_anywhere_is_read_up_to_the_cut(read, write):
    """At every byte: whole packets before it are all there."""
    few = FRAMES[:4]
    whole = write(few)
    counts = []
    for cut in range(len(whole)):
        try:
            found = read(whole[:cut])
        except CaptureError:
            assert cut < 30
            continue
        complete = [frame for frame, told in zip(few, found, strict=False) if frame == told]
        assert len(found) - len(complete) <= 1  # the one that is cut
        assert all(told.data in frame.data for frame, told in zip(few, found, strict=False))
        counts.append(len(complete))
    assert counts == sorted(counts)
    assert counts[-1] >= 3


@pytest.mark.parametrize(
    ("number", "link"),
    [(1, Link.ETHERNET), (113, Link.COOKED), (276, Link.COOKED_V2), (101, Link.RAW_IP)],
)
def test_link_types_are_told(read, number, link):
    raw = bytearray(pcap(FRAMES[:1]))
    raw[20:24] = pack("<I", number)
    assert read(bytes(raw))[0].link is link


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (gzip.compress(b"dear diary", mtime=0), "is no capture"),
        (b"\xd4\xc3\xb2\xa1", "ends within its head"),
        (b"MZ this is no capture at all, whatever it is called", "is no capture"),
        (pcap([])[:20] + pack("<I", 105), "802.11"),
        (pcap([])[:20] + pack("<I", 127), "radiotap"),
        (pcap([])[:20] + pack("<I", 9999), "type 9999"),
    ],
)
def test_other_files_are_refused_in_a_sentence(read, raw, says):
    with pytest.raises(CaptureError, match=says) as refusal:
        read(raw)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CaptureError, match=r"none\.pcap: cannot be read \(No such file"):
        list(CaptureFile(tmp_path / "none.pcap"))


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(CaptureError, match=r"cannot be read \(Is a directory\)"):
        list(CaptureFile(tmp_path))


def test_a_capture_without_packets_gives_none(read):
    assert read(pcap([])) == []


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.sampled_from("<>"))
@files
def test_lengths_that_lie_allocate_nothing(read, captured, length, order):
    """However large, or negative, they claim to be."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    raw = pcap(FRAMES[:3], order) + pack(order + "IIII", 1, 2, captured, length) + b"rest"
    assert read(raw)[:3] == FRAMES[:3]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10


@given(st.data())
@files
def test_changed_bytes_never_make_it_raise(read, data):
    """Anything but the refusal in a sentence."""
    write = data.draw(st.sampled_from([pcap, pcapng]))
    raw = bytearray(write(FRAMES[:6], data.draw(st.sampled_from("<>"))))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=6)):
        raw[place] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(raw))
    except CaptureError:
        return
    assert all(0 <= frame.at < 1e12 for frame in found)


@given(st.binary(max_size=300), st.booleans())
@files
def test_random_bytes_behind_a_head_never_make_it_raise(read, raw, newer):
    head = pcapng([]) if newer else pcap([])
    assert isinstance(read(head + raw), list)


def test_ticks_beyond_a_second_are_taken_as_they_are(read):
    """Some programs wrote them."""
    raw = pcap([]) + pack("<IIII", 5, 1_500_000, 3, 3) + b"abc"
    assert read(raw) == [Frame(6.5, b"abc")]


def test_blocks_are_good_until_the_next_is_asked_for(tmp_path):
    """The one buffer is used again, so a large file takes no more memory than a small one."""
    path = tmp_path / "x.pcap"
    path.write_bytes(pcap([Frame(n, bytes(60_000)) for n in range(400)]))
    buffers = {block.buffer.ctypes.data for block in CaptureFile(path)}
    assert len(buffers) == 1
    assert sum(len(block.offsets) for block in CaptureFile(path)) == 400
    assert all((block.lengths == 60_000).all() for block in CaptureFile(path))
