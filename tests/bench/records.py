"""Packets as columns, made into the records of a capture file: headers, heads, and noise behind.

Each of the five forms of header (ARP; IPv6 or IPv4, with TCP or UDP) is one NumPy structure, so
that a field is filled for all packets of that form at once.
"""

from typing import Any

import numpy as np

from tests.bench import heads

RECORD = [("sec", "<u4"), ("usec", "<u4"), ("incl", "<u4"), ("orig", "<u4")]
ETHER = [("to", "V6"), ("sender", "V6"), ("kind", ">u2")]
IP4 = [("tos", ">u2"), ("length", ">u2"), ("id", ">u2"), ("frag", ">u2"), ("ttl", "u1")]
IP4 += [("proto", "u1"), ("sum", ">u2"), ("src", ">u4"), ("dst", ">u4")]
IP6 = [("class", ">u4"), ("length", ">u2"), ("proto", "u1"), ("hops", "u1")]
IP6 += [("src_net", ">u8"), ("src", ">u8"), ("dst_net", ">u8"), ("dst", ">u8")]
TCP = [("sport", ">u2"), ("dport", ">u2"), ("seq", ">u4"), ("ack", ">u4"), ("size", "u1")]
TCP += [("flags", "u1"), ("window", ">u2"), ("l4sum", ">u2"), ("urgent", ">u2")]
TCP += [("options", ">u4"), ("stamp", ">u4"), ("echo", ">u4")]
UDP = [("sport", ">u2"), ("dport", ">u2"), ("datagram", ">u2"), ("l4sum", ">u2")]
ARP = [("arp", "V8"), ("sha", "V6"), ("spa", ">u4"), ("tha", "V6"), ("tpa", ">u4"), ("pad", "V18")]

ARPS, TCP6, UDP6, TCP4, UDP4 = range(5)
SHAPES = [
    np.dtype(RECORD + ETHER + shape) for shape in (ARP, IP6 + TCP, IP6 + UDP, IP4 + TCP, IP4 + UDP)
]
"""By form; a ping is a UDP4 whose first fields mean something else."""
ACK = 16
NET6 = 0x2001_0DB8_0000_0001
INSIDE, OUTSIDE = 0x0A00_0000, 0x2D00_0000
"""Networks of the practice, and of the servers of the world."""

Columns = dict[str, Any]


def octets(rng: np.random.Generator, of: Columns) -> memoryview:
    """Give the records of the packets that *of* has a row for, one after the other."""
    header = np.array([shape.itemsize for shape in SHAPES])[of["form"]]
    of["whole"] = header + of["size"]
    offsets = np.cumsum(of["whole"]) - of["whole"]
    noise = rng.integers(0, 256, 1 << 20, dtype=np.uint8)
    buffer = np.resize(noise, int(of["whole"].sum()))
    for form, shape in enumerate(SHAPES):
        rows = np.flatnonzero(of["form"] == form)
        if len(rows):
            records = np.zeros(len(rows), shape)
            _fill(records, form, {name: column[rows] for name, column in of.items()})
            _put(records, buffer, offsets[rows])
    data = buffer.data
    for row in np.flatnonzero(of["head"] >= 0).tolist():
        size = int(of["size"][row])
        head = heads.say(int(of["head"][row]), int(of["hello"][row]))[:size]
        at = int(offsets[row] + header[row])
        data[at : at + len(head)] = head
    return data


def _put(records: np.ndarray, buffer: np.ndarray, offsets: np.ndarray) -> None:
    """Write *records* into *buffer* at *offsets*, through a view of it that overlaps itself."""
    kind, width = f"V{records.itemsize}", records.itemsize
    view = np.ndarray((len(buffer) - width + 1,), kind, buffer=buffer.data, strides=(1,))
    view[offsets] = records.view(kind)


def _fill(it: np.ndarray, form: int, of: Columns) -> None:
    of["micro"] = np.round(of["time"] * 1e6).astype(np.int64)
    it["sec"], it["usec"] = of["micro"] // 1_000_000, of["micro"] % 1_000_000
    it["incl"] = it["orig"] = of["whole"] - 16
    client, peer = _mac(of["client"]), _mac(of["peer"])
    it["sender"] = np.where(of["back"], peer, client)
    it["to"] = np.where(of["back"], client, peer)
    if form == ARPS:
        _fill_arp(it, of)
        return
    _fill_ip(it, form, of)
    if form in (TCP4, TCP6):
        _fill_tcp(it, of)
    else:
        it["datagram"] = of["size"] + 8
        ping = of["ping"]
        it["sport"][ping], it["dport"][ping] = np.where(of["back"], 0, 0x0800)[ping], 0


def _mac(last: np.ndarray) -> np.ndarray:
    macs = np.zeros((len(last), 6), np.uint8)
    macs[:, 0], macs[:, 5] = 2, last
    return macs.view("V6")[:, 0]


def _fill_arp(it: np.ndarray, of: Columns) -> None:
    it["kind"], it["sha"], it["tha"] = 0x0806, it["sender"], it["to"]
    it["arp"] = np.void(bytes.fromhex("0001080006040001"))
    it["spa"], it["tpa"] = INSIDE + of["client"], INSIDE + of["peer"]
    it["to"] = np.void(b"\xff" * 6)


def _fill_ip(it: np.ndarray, form: int, of: Columns) -> None:
    """Fill the network header, and the ports and checksum behind it."""
    back, lan = of["back"], INSIDE + of["client"]
    far = np.where(of["near"], INSIDE, OUTSIDE) + of["server"]
    it["src"], it["dst"] = np.where(back, far, lan), np.where(back, lan, far)
    it["sport"] = np.where(back, of["dport"], of["sport"])
    it["dport"] = np.where(back, of["sport"], of["dport"])
    it["proto"] = 6 if form in (TCP4, TCP6) else np.where(of["ping"], 1, 17)
    it["l4sum"] = of["id"] * 40_503 & 0xFFFF
    size = of["whole"] - 30
    if form in (TCP6, UDP6):
        it["kind"], it["class"], it["hops"] = 0x86DD, 6 << 28, 64
        it["length"], it["src_net"], it["dst_net"] = size - 40, NET6, NET6
    else:
        it["kind"], it["tos"], it["ttl"], it["frag"] = 0x0800, 0x4500, 64, 0x4000
        it["length"], it["id"] = size, of["id"] & 0xFFFF
        _sum_up(it)


def _fill_tcp(it: np.ndarray, of: Columns) -> None:
    """Fill the numbers, and the time stamps as the one option."""
    it["seq"] = 1000 + of["seq"]
    it["ack"] = np.where(of["flags"] & ACK, 1000 + of["ack"], 0)
    it["size"], it["flags"], it["window"] = 0x80, of["flags"], 501
    it["options"], it["stamp"] = 0x0101080A, of["micro"] // 1000 & 0xFFFFFFFF


def _sum_up(it):
    """Fill the checksum of IPv4 headers (RFC 1071)."""
    words = it[["tos", "length", "id", "frag", "src", "dst"]]
    total = sum(words[name].astype(np.int64) for name in ("tos", "length", "id", "frag"))
    total += it["ttl"].astype(np.int64) << 8 | it["proto"]
    for name in ("src", "dst"):
        full = words[name].astype(np.int64)
        total += (full >> 16) + (full & 0xFFFF)
    total = (total & 0xFFFF) + (total >> 16)
    total = (total & 0xFFFF) + (total >> 16)
    it["sum"] = ~total & 0xFFFF
