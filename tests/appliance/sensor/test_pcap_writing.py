"""The file that is written, read by others: scapy, tshark where it is there, and our own reader."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Frame, Link
from appliance.sensor import headers
from appliance.sensor.capture_file import CaptureFile
from appliance.sensor.pcap_writing import pieces
from appliance.sensor.recent import HELD, Recent
from tests.appliance.sensor.test_heads import SECRET
from tests.kit import wire
from tests.kit.capture import block
from tests.kit.scapy_layers import _module

ALICE, BOB = "02:00:00:00:00:0a", "02:00:00:00:00:0b"
START = 1_763_971_200.0
SAID = [
    wire.tcp(START, ALICE, "192.168.1.20", "192.168.1.10", 50_000, 104, SECRET * 9, to=BOB),
    wire.arp(START + 0.25, ALICE, "192.168.1.20", wanted="192.168.1.1"),
    wire.udp(START + 1.000_001, ALICE, "2001:db8::a", "2001:db8::b", 50_001, 53, SECRET, to=BOB),
    wire.tcp(START + 2, BOB, "192.168.1.10", "192.168.1.20", 104, 50_000, flags=wire.SYN),
]
SIZES = (54, 42, 62, 54)


def written(said: list[Frame], vlans: list[int] | None = None) -> bytes:
    """Give the file of what was heard."""
    one = block(said)
    if vlans is not None:
        one = replace(one, vlans=np.array(vlans, np.int32))
    recent = Recent(100 * HELD.itemsize)
    recent.keep(one, headers.read(one))
    return b"".join(pieces(recent.of(), recent.link))


def by_scapy(content: bytes) -> list[tuple[float, bytes, int]]:
    """Give time, octets that are there, and octets on the wire, of each packet."""
    read = _module("scapy.utils").RawPcapReader(BytesIO(content))
    return [(about.sec + about.usec / 1e6, data, about.wirelen) for data, about in read]


def test_scapy_reads_every_header_at_its_time_and_with_its_true_length() -> None:
    found = by_scapy(written(SAID))
    assert [data for _, data, _ in found] == [
        frame.data[:size] for frame, size in zip(SAID, SIZES, strict=True)
    ]
    assert [length for _, _, length in found] == [len(frame.data) for frame in SAID]
    for (at, *_), frame in zip(found, SAID, strict=True):
        assert at == pytest.approx(frame.at, abs=1e-6)


def test_a_tag_that_the_kernel_took_out_is_put_back() -> None:
    tagged, plain, *_ = by_scapy(written(SAID, [30, 0, 0, 0]))
    data = SAID[0].data
    assert tagged[1] == data[:12] + b"\x81\x00\x00\x1e" + data[12:54]
    assert tagged[2] == len(data) + 4
    assert plain[1:] == (SAID[1].data[:42], len(SAID[1].data))


@pytest.mark.parametrize("link", [Link.RAW_IP, Link.ETHERNET])
def test_the_kind_of_the_link_is_told(link: Link, tmp_path: Path) -> None:
    said = SAID if link is Link.ETHERNET else [Frame(START, SAID[0].data[14:], link)]
    (tmp_path / "x.pcap").write_bytes(written(said))
    (one,) = CaptureFile(tmp_path / "x.pcap")
    assert one.link is link
    assert one.lengths.tolist() == [len(frame.data) for frame in said]
    assert not headers.read(one).malformed.any()


@given(st.lists(st.tuples(st.integers(1, 54), st.integers(0, 4094)), min_size=1, max_size=30))
def test_packets_cut_anywhere_are_written_as_far_as_they_are_there(cuts: list[tuple[int, int]]):
    """With a tag wherever both addresses are whole and something comes behind them."""
    data = SAID[0].data
    said = [Frame(START + n, data[:size]) for n, (size, _) in enumerate(cuts)]
    for (size, vlan), (_, found, length) in zip(
        cuts, by_scapy(written(said, [vlan for _, vlan in cuts])), strict=True
    ):
        tag = b"\x81\x00" + vlan.to_bytes(2) if vlan and size > 12 else b""
        head = 14 if size < 54 else 54
        whole = data[: min(size, head)]
        assert found == whole[:12] + tag + whole[12:]
        assert length == size + len(tag)


def test_a_file_without_packets_is_a_file() -> None:
    recent = Recent(HELD.itemsize)
    assert by_scapy(b"".join(pieces(recent.of(), recent.link))) == []


def test_many_pieces_are_one_file() -> None:
    said = [replace_time(SAID[n % 2], START + n / 1000) for n in range(9000)]
    one, recent = block(said), Recent(9000 * HELD.itemsize)
    recent.keep(one, headers.read(one))
    whole = list(pieces(recent.of(), recent.link))
    assert len(whole) == 4
    assert len(by_scapy(b"".join(whole))) == 9000


def replace_time(frame: Frame, at: float) -> Frame:
    return frame._replace(at=at)


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed here")
def test_tshark_reads_it_and_finds_headers_alone(tmp_path: Path) -> None:
    file = tmp_path / "packets.pcap"
    file.write_bytes(written(SAID, [30, 0, 0, 0]))
    fields = ("frame.len", "frame.cap_len", "vlan.id", "eth.src", "tcp.dstport", "udp.dstport")
    told = subprocess.run(
        ["tshark", "-r", file, "-T", "fields", *(f"-e{field}" for field in fields)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.splitlines()
    lengths = [len(frame.data) for frame in SAID]
    assert [line.split("\t") for line in told] == [
        [str(lengths[0] + 4), "58", "30", ALICE, "104", ""],
        [str(lengths[1]), "42", "", ALICE, "", ""],
        [str(lengths[2]), "62", "", ALICE, "", "53"],
        [str(lengths[3]), "54", "", BOB, "50000", ""],
    ]
