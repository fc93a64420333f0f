"""Frames of ARP and neighbour discovery, held against scapy's."""

from socket import AF_INET6, inet_ntop

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.inet6 import (
    ICMPv6ND_NA,
    ICMPv6ND_NS,
    ICMPv6NDOptDstLLAddr,
    ICMPv6NDOptSrcLLAddr,
    IPv6,
)
from scapy.layers.l2 import ARP, Ether
from scapy.packet import Packet

from appliance.probe.neighbour import Heard, heard, question

macs = st.binary(min_size=6, max_size=6).map(lambda data: data.hex(":"))
v4 = st.ip_addresses(v=4).map(str).filter(lambda ip: ip != "0.0.0.0")
v6 = (
    st.binary(min_size=16, max_size=16)
    .map(lambda data: inet_ntop(AF_INET6, data))
    .filter(lambda ip: ip != "::")
)


def raw(mac: str) -> bytes:
    return bytes.fromhex(mac.replace(":", ""))


@given(macs, v4 | st.just(""), v4)
def test_an_arp_question_is_what_scapy_sends(mac: str, ip: str, wanted: str) -> None:
    sent = question(raw(mac), ip, wanted)
    arp = ARP(op=1, hwsrc=mac, psrc=ip or "0.0.0.0", hwdst="00:00:00:00:00:00", pdst=wanted)
    expected = bytes(Ether(dst="ff:ff:ff:ff:ff:ff", src=mac) / arp)
    assert sent == expected.ljust(60, b"\0")


@given(macs, v6 | st.just(""), v6)
def test_a_neighbour_solicitation_is_what_scapy_sends(mac: str, ip: str, wanted: str) -> None:
    """The solicited-node group and its hardware address, the checksum and the option."""
    sent = question(raw(mac), ip, wanted)
    tail = raw(wanted_tail(wanted))
    group = f"ff02::1:ff{tail[0]:02x}:{tail[1]:02x}{tail[2]:02x}"
    message = ICMPv6ND_NS(tgt=wanted)
    if ip:
        message /= ICMPv6NDOptSrcLLAddr(lladdr=mac)
    ethernet = Ether(dst=f"33:33:ff:{tail.hex(':')}", src=mac)
    assert sent == bytes(ethernet / IPv6(src=ip or "::", dst=group, hlim=255) / message)


def wanted_tail(ip: str) -> str:
    return bytes(IPv6(dst=ip))[37:40].hex(":")


@given(macs, v4, st.booleans())
def test_who_speaks_in_arp_is_heard(mac: str, ip: str, answers: bool) -> None:
    frame = bytes(Ether(src=mac) / ARP(op=2 if answers else 1, hwsrc=mac, psrc=ip))
    assert heard(frame) == Heard(ip, mac, answers)


@given(macs, v6)
def test_who_answers_a_solicitation_is_heard(mac: str, ip: str) -> None:
    def frame(message: Packet) -> bytes:
        return bytes(Ether(src=mac) / IPv6(src=ip, dst="ff02::1", hlim=255) / message)

    plain = ICMPv6ND_NA(tgt=ip)
    assert heard(frame(plain)) == Heard(ip, "", answers=True)
    assert heard(frame(plain / ICMPv6NDOptDstLLAddr(lladdr=mac))) == Heard(ip, mac, answers=True)


def test_a_probe_that_names_nobody_is_not_heard() -> None:
    """RFC 5227: it asks whether an address is free, and has none itself."""
    assert heard(bytes(Ether(src="02:00:00:00:00:01") / ARP(op=1, psrc="0.0.0.0"))) is None


@given(st.binary(max_size=128), st.sampled_from([b"\x08\x06", b"\x86\xdd", b"\x08\x00"]))
def test_any_bytes_are_heard_or_not(data: bytes, kind: bytes) -> None:
    found = heard(data[:12].ljust(12, b"\0") + kind + data[12:])
    assert found is None or found.ip


@given(st.data())
def test_a_frame_cut_short_is_heard_whole_or_not(data: st.DataObject) -> None:
    frame = question(bytes(6), "192.168.1.2", "192.168.1.1")
    part = frame[: data.draw(st.integers(0, 41))]
    assert heard(part) is None


def test_what_is_no_address_is_not_asked() -> None:
    for nonsense in ("", "gateway", "1.2.3", "1::2::3"):
        with pytest.raises(OSError, match="illegal"):
            question(bytes(6), "", nonsense)
