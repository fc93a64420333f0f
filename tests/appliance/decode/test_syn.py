"""Shapes of SYNs, against scapy's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import ip
from appliance.decode.ip import Packet
from appliance.decode.syn import begins, read
from appliance.facts import TcpShape
from tests.kit.messages import ALICE, ALICE_IP, SERVER_IP, told
from tests.kit.scapy_layers import layer

inet, inet6 = layer("inet"), layer("inet6")

V4 = {"src": ALICE_IP, "dst": SERVER_IP}
OPTIONS = {
    "M": ("MSS", 1460),
    "W": ("WScale", 8),
    "S": ("SAckOK", b""),
    "T": ("Timestamp", (1, 0)),
    "N": ("NOP", None),
    "34": (34, b"cookie"),
}


def packet(data: bytes) -> Packet:
    found = ip.unwrap6(data, 0) if data[0] >> 4 == 6 else ip.unwrap4(data, 0)
    assert found is not None
    return found


def read_whole(data: bytes) -> tuple[list[Any], bool]:
    return told(lambda whole, envelope: read(whole, packet(whole), envelope), data, 50_000, 443)


def shape(data: bytes) -> TcpShape:
    assert begins(data, packet(data))
    (fact,), broken = read_whole(data)
    assert isinstance(fact, TcpShape)
    assert not broken
    assert (fact.mac, fact.src, fact.dst) == (ALICE, ALICE_IP, SERVER_IP)
    assert (fact.sport, fact.dport) == (50_000, 443)
    return fact


# 40 bytes of options in all: each at most once, then a few of one byte.
KINDS = st.lists(st.sampled_from("MWST"), unique=True).flatmap(
    lambda some: st.permutations(some + ["N"] * 5)
)


@given(KINDS, st.integers(0, 65_535), st.integers(0, 65_535), st.integers(0, 14), st.booleans())
def test_a_syn_has_a_shape(kinds: list[str], window: int, mss: int, scale: int, answers: bool):
    """Window, options in their order, and what two of them say."""
    options = [OPTIONS[kind] for kind in kinds]
    options = [{"MSS": ("MSS", mss), "WScale": ("WScale", scale)}.get(o[0], o) for o in options]
    segment = inet.TCP(window=window, options=options, flags="SA" if answers else "S")
    found = shape(bytes(inet.IP(**V4) / segment / b"early data"))
    told_kinds = found.options.split(",")
    assert told_kinds[: len(kinds)] == kinds
    assert set(told_kinds[len(kinds) :]) <= {"E"}  # filling up to whole words
    assert (found.window, found.server) == (window, answers)
    assert found.mss == (mss if "M" in kinds else 0)
    assert found.scale == (scale if "W" in kinds else None)


def test_windows_and_linux_differ():
    """Their SYNs, as they are today."""
    windows = [OPTIONS[kind] for kind in "MNWNNS"]
    linux = [OPTIONS[kind] for kind in "MSTNW"]
    for ttl, options, spelt in ((128, windows, "M,N,W,N,N,S"), (64, linux, "M,S,T,N,W")):
        syn = inet.IP(**V4, ttl=ttl, flags="DF") / inet.TCP(window=64_240, options=options)
        found = shape(bytes(syn))
        assert (found.ttl, found.away, found.unfragmentable) == (ttl, 0, True)
        assert (found.options, found.mss, found.scale) == (spelt, 1460, 8)


def test_options_that_nobody_names_are_told_by_number():
    """And a SYN may have none, as port scanners send it."""
    assert shape(bytes(inet.IP(**V4) / inet.TCP(options=[OPTIONS["34"]]))).options == "34"
    bare = shape(bytes(inet.IP(**V4) / inet.TCP()))
    assert (bare.options, bare.mss, bare.scale) == ("", 0, None)


@pytest.mark.parametrize(
    ("hops", "ttl"), [(0, 32), (32, 32), (33, 64), (64, 64), (65, 128), (128, 128), (129, 255)]
)
def test_the_time_to_live_at_the_start_is_guessed(hops: int, ttl: int):
    """The next value that systems begin with."""
    found = shape(bytes(inet.IP(**V4, ttl=hops) / inet.TCP()))
    assert (found.ttl, found.away) == (ttl, ttl - hops)


def test_version_6_and_ip_options_are_no_obstacle():
    """There is no "don't fragment" in version 6."""
    six = bytes(inet6.IPv6(src="2001:db8::a", dst="2001:db8::b", hlim=63) / inet.TCP(window=9))
    (fact,), _ = read_whole(six)
    assert isinstance(fact, TcpShape)
    assert (fact.ttl, fact.away, fact.unfragmentable, fact.window) == (64, 1, False, 9)
    long = inet.IP(**V4, flags="DF", options=[inet.IPOption_NOP()] * 8) / inet.TCP(window=9)
    assert (shape(bytes(long)).unfragmentable, shape(bytes(long)).window) == (True, 9)


@pytest.mark.parametrize("flags", ["A", "PA", "FA", "R", "SF", "SR", "FPU", ""])
def test_other_segments_have_none(flags: str):
    """Also those that only scans send."""
    data = bytes(inet.IP(**V4) / inet.TCP(flags=flags))
    assert not begins(data, packet(data))
    assert read_whole(data) == ([], False)


@pytest.mark.parametrize("options", ["02", "0200", "0201", "020305b4", "0205", "030400", "04ff"])
def test_options_that_run_over_their_end_are_malformed(options: str):
    """Half a shape is another's."""
    raw = bytes.fromhex(options)
    raw = raw.rjust(4, b"\1") if len(raw) < 4 else raw
    head = bytearray(bytes(inet.TCP(flags="S")))
    head[12] = (20 + len(raw)) // 4 << 4
    data = bytes(inet.IP(**V4, proto=6) / (bytes(head) + raw))
    assert read_whole(data) == ([], True)


@given(st.binary(max_size=40), st.integers(0, 255), st.integers(20, 100))
def test_no_bytes_make_it_raise(options: bytes, size: int, cut: int):
    """Any options, any header length, cut anywhere."""
    head = bytearray(bytes(inet.TCP(flags="S")))
    head[12] = size
    data = bytes(inet.IP(**V4, proto=6) / (bytes(head) + options))[:cut]
    begins(data, packet(data))
    facts, _ = read_whole(data)
    for fact in facts:
        assert len(fact.options) <= 40 * 4
