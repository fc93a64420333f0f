"""Reading, shifting and writing captures."""

import struct

import pytest

from tests.lab import tape
from tests.lab.tape import Packet


def test_what_is_written_is_read_again(tmp_path):
    packets = [Packet(1.5, b"abc", 3), Packet(2.000001, b"cut", 1500)]
    file = tmp_path / "x.pcap"
    file.write_bytes(tape.write(packets))
    assert tape.read(file) == packets


def test_a_time_just_below_a_second_becomes_the_whole_one(tmp_path):
    """Microseconds are rounded, and never reach a million."""
    file = tmp_path / "x.pcap"
    file.write_bytes(tape.write([Packet(1.9999999, b"", 0)]))
    assert tape.read(file) == [Packet(2.0, b"", 0)]


def test_a_capture_of_another_kind_is_refused(tmp_path):
    file = tmp_path / "x.pcap"
    file.write_bytes(struct.pack(">IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    with pytest.raises(ValueError, match="not what tcpdump writes here"):
        tape.read(file)


def test_a_recording_begins_at_the_wanted_time_and_leaps_where_it_was_told():
    packets = [Packet(at, b"", 0) for at in (100.0, 101.0, 103.0, 104.0)]
    leaps = [(50.0, 9.0), (102.0, 60.0), (103.5, 600.0)]
    times = [packet.at for packet in tape.shifted(packets, leaps, 1000.0)]
    assert times == [1000.0, 1001.0, 1063.0, 1664.0]
