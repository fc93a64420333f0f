"""Makes the capture that everything is measured on: a busy practice, a million packets.

Deterministic: the same seed gives the same bytes. What is in it is plausible, not flattering:
50,000 conversations of six kinds with heavy-tailed lengths, TCP with its opening and its end,
most of them with a TLS hello or an HTTP head, names asked before; ARP; IPv4 and IPv6; packet
sizes bimodal as on real links (bare acknowledgements and full segments, and anything between).
"""

import sys
from pathlib import Path
from struct import pack

import numpy as np

from tests.bench import heads
from tests.bench.size import CONVERSATIONS, PACKETS

SECONDS = 120.0
"""Conversations begin within this; the longest ones last longer."""
BEGAN = 1_760_000_000.0

TLS, HTTP, BULK, DNS, QUIC, PING = range(6)
SHARES = {TLS: 0.36, HTTP: 0.07, BULK: 0.05, DNS: 0.42, QUIC: 0.07, PING: 0.03}
"""Of all conversations."""
TCP_KINDS = (TLS, HTTP, BULK)
IPV6_SHARE = 0.1
ARP_SHARE = 0.005
FULL = 1448
"""Payload of a full TCP segment with time stamps."""

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

FIN, SYN, PSH, ACK = 1, 2, 8, 16
NET6 = 0x2001_0DB8_0000_0001


def make(path: Path, packets: int = PACKETS, conversations: int = CONVERSATIONS) -> None:
    """Write the capture to *path*."""
    rng = np.random.default_rng(20_251_124)
    talks = _talks(rng, packets, conversations)
    columns = _packets(rng, talks, packets)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for start in range(0, packets, 100_000):
            chunk = {name: column[start : start + 100_000] for name, column in columns.items()}
            file.write(_bytes(rng, talks, chunk))
    part.rename(path)


def _talks(rng, packets, count):
    """Give the conversations as columns."""
    kinds = rng.choice(list(SHARES), size=count, p=list(SHARES.values()))
    tcp = np.isin(kinds, TCP_KINDS)
    local = kinds == BULK
    talks = {
        "kind": kinds,
        "six": (rng.random(count) < IPV6_SHARE) & (kinds != PING),
        "client": rng.integers(10, 70, count),
        "server": np.where(local, rng.integers(2, 6, count), rng.zipf(1.3, count) % 2000),
        "local": local,
        "sport": 32_768 + (np.arange(count) * 7) % 28_000,
        "dport": np.choose(kinds, [443, 80, rng.choice([445, 104, 11112], count), 53, 443, 0]),
        "begin": np.sort(rng.random(count)) * SECONDS,
        "hello": np.where(rng.random(count) < 0.95, rng.integers(0, heads.VARIANTS, count), -1),
    }
    talks["hello"] = np.where(kinds == DNS, np.arange(count) % heads.VARIANTS, talks["hello"])
    talks["new"] = heads.is_modern(talks["hello"])
    talks["local"] |= kinds == DNS
    talks["server"] = np.where(kinds == DNS, 1, talks["server"])
    # heads: hellos and requests; what is left of the million is data, by a heavy-tailed law
    fixed = np.choose(kinds, [3 + 1 + 4 + 3, 3 + 2 + 3, 3 + 3, 2, 2, 4])
    rest = packets - int(packets * ARP_SHARE) - int(fixed.sum())
    weight = rng.lognormal(0, 1.6, count) * np.choose(kinds, [1, 1, 12, 0, 3, 0])
    share = np.floor(weight / weight.sum() * rest).astype(int)
    share[np.argmax(share)] += rest - share.sum()
    talks["steps"] = fixed + share
    talks["end"] = np.where(tcp, talks["steps"] - 3, talks["steps"])
    return talks


def _packets(rng, talks, total):
    """Give the packets as columns, in the order of their times."""
    steps = talks["steps"]
    talk = np.repeat(np.arange(len(steps)), steps)
    step = np.arange(len(talk)) - np.repeat(np.cumsum(steps) - steps, steps)
    kind, end = talks["kind"][talk], talks["end"][talk]
    tcp = np.isin(kind, TCP_KINDS)
    data = rng.choice([FULL, 0, -1], size=len(talk), p=[0.32, 0.38, 0.30])
    data = np.where(data < 0, rng.integers(20, FULL, len(talk)), data)
    upload = (talks["sport"][talk] % 5) == 0
    back = np.where(data == 0, upload, ~upload)
    opening, ending = tcp & (step < 3), tcp & (step >= end)
    size = np.where(opening | ending, 0, data)
    back = np.where(opening, step == 1, np.where(ending, step == end + 1, back))
    flags = np.where(opening, np.choose(np.minimum(step, 2), [SYN, SYN | ACK, ACK]), ACK)
    flags = np.where(ending & (step < end + 2), FIN | ACK, flags)
    flags = np.where(~opening & ~ending & (size > 0), PSH | ACK, flags)
    head = np.full(len(talk), -1)
    for place, (of, which, answers, length) in enumerate(heads.PLAN):
        there = (kind == of) & (step == which) & (talks["hello"][talk] >= 0)
        if of == TLS and which > 4:
            there &= ~talks["new"][talk]
        head[there] = place
        back[there], size[there] = answers, length
    size = np.where(kind == PING, 56, size)
    back = np.where(np.isin(kind, (DNS, PING)), step % 2 == 1, back)
    size = np.where((kind == QUIC) & (size == 0), 40, np.where(kind == QUIC, size * 0.85, size))
    size = np.minimum(size, np.where(talks["six"][talk], FULL - 20, FULL)).astype(np.int64)
    gap = rng.exponential(0.004, len(talk)) + 0.00002
    gap += (rng.random(len(talk)) < 0.03) * rng.exponential(1.5, len(talk))
    gap += (kind == PING) * 0.5
    first = step == 0
    gap[first] = 0
    clock = np.cumsum(gap)
    times = clock - clock[first].repeat(steps) + talks["begin"][talk]
    arps = total - len(talk)
    columns = {"talk": talk, "back": back, "size": size, "flags": flags, "head": head}
    columns |= _numbers(steps, back.astype(bool), size + (flags & (SYN | FIN) > 0))
    columns = {name: np.concatenate([of, np.full(arps, -1)]) for name, of in columns.items()}
    times = np.concatenate([times, rng.random(arps) * SECONDS])
    columns["id"] = np.arange(total)  # made unique below the sum of a sender's own numbering
    order = np.argsort(times, kind="stable")
    columns = {name: column[order] for name, column in columns.items()}
    columns["time"] = times[order]
    return columns


def _numbers(steps, back, taken):
    """Give sequence and acknowledgement numbers; *taken* is how many each packet takes."""
    ends = np.cumsum(steps)
    sent = []
    for side in (False, True):
        total = np.cumsum(taken * (back == side)) - taken * (back == side)
        sent.append(total - np.repeat(total[ends - steps], steps))
    return {"seq": np.where(back, sent[1], sent[0]), "ack": np.where(back, sent[0], sent[1])}


def _bytes(rng, talks, chunk):
    """Give the records of some packets."""
    talk, size, back = chunk["talk"], chunk["size"], chunk["back"] == 1
    arp = talk < 0
    kind = np.where(arp, -1, talks["kind"][talk])
    six = talks["six"][talk] & ~arp
    tcp = np.isin(kind, TCP_KINDS)
    forms = np.select([arp, six & tcp, six, tcp], [0, 1, 2, 3], 4)
    shapes = [ARP, IP6 + TCP, IP6 + UDP, IP4 + TCP, IP4 + UDP]
    shapes = [np.dtype(RECORD + ETHER + shape) for shape in shapes]
    header = np.array([shape.itemsize for shape in shapes])[forms]
    size = np.where(arp, 0, size)
    whole = header + size
    offsets = np.cumsum(whole) - whole
    noise = rng.integers(0, 256, 1 << 20, dtype=np.uint8)
    buffer = np.resize(noise, int(whole.sum()))
    names = np.array([*b"\x02\x00\x00\x00\x00"], np.uint8)
    client = np.where(arp, chunk["id"] % 60 + 10, talks["client"][talk])
    server = talks["server"][talk]
    near = talks["local"][talk] | arp
    peer = np.where(near, server % 6 + 1, 1)
    for form, shape in enumerate(shapes):
        rows = np.flatnonzero(forms == form)
        if not len(rows):
            continue
        it, of = np.zeros(len(rows), shape), {k: v[rows] for k, v in chunk.items()}
        micro = np.round((BEGAN + of["time"]) * 1e6).astype(np.int64)
        it["sec"], it["usec"] = micro // 1_000_000, micro % 1_000_000
        it["incl"] = it["orig"] = whole[rows] - 16
        reply = back[rows]
        macs = np.empty((len(rows), 2, 6), np.uint8)
        macs[:, :, :5] = names
        macs[:, 0, 5], macs[:, 1, 5] = client[rows], peer[rows]
        ends = macs.view("V6")[:, :, 0]
        it["sender"] = np.where(reply, ends[:, 1], ends[:, 0])
        it["to"] = np.where(reply, ends[:, 0], ends[:, 1])
        lan = 0x0A00_0000 + client[rows]
        if form == 0:
            it["kind"], it["sha"], it["tha"] = 0x0806, it["sender"], it["to"]
            it["arp"] = np.void(bytes.fromhex("0001080006040001"))
            it["spa"], it["tpa"] = lan, 0x0A00_0000 + peer[rows]
            it["to"] = np.void(b"\xff" * 6)
        else:
            far = np.where(near[rows], 0x0A00_0000, 0xCB00_7100 * 0 + 0x2D00_0000) + server[rows]
            ports = talks["sport"][talk[rows]], talks["dport"][talk[rows]]
            it["src"], it["dst"] = np.where(reply, far, lan), np.where(reply, lan, far)
            it["sport"] = np.where(reply, ports[1], ports[0])
            it["dport"] = np.where(reply, ports[0], ports[1])
            ping = kind[rows] == PING
            proto = np.where(tcp[rows], 6, np.where(ping, 1, 17))
            it["proto"] = proto
            inside = whole[rows] - 30
            it["l4sum"] = of["id"] * 40_503 & 0xFFFF
            if form in (1, 2):
                it["kind"], it["class"], it["hops"] = 0x86DD, 6 << 28, 64
                it["length"], it["src_net"], it["dst_net"] = inside - 40, NET6, NET6
            else:
                it["kind"], it["tos"], it["ttl"], it["frag"] = 0x0800, 0x4500, 64, 0x4000
                it["length"], it["id"] = inside, of["id"] & 0xFFFF
                _sum_up(it)
            if form in (1, 3):
                it["seq"], it["ack"] = (
                    1000 + of["seq"],
                    np.where(of["flags"] & ACK, 1000 + of["ack"], 0),
                )
                it["size"], it["flags"], it["window"] = 0x80, of["flags"], 501
                it["options"], it["stamp"] = 0x0101080A, micro // 1000 & 0xFFFFFFFF
            else:
                it["datagram"] = size[rows] + 8
                it["sport"][ping], it["dport"][ping] = np.where(reply, 0, 0x0800)[ping], 0
        where = np.ndarray(
            (len(buffer) - shape.itemsize + 1,),
            f"V{shape.itemsize}",
            buffer=buffer.data,
            strides=(1,),
        )
        where[offsets[rows]] = it.view(f"V{shape.itemsize}")
    data = buffer.data
    for row in np.flatnonzero(chunk["head"] >= 0).tolist():
        head = heads.say(int(chunk["head"][row]), int(talks["hello"][talk[row]]))
        at = int(offsets[row] + header[row])
        data[at : at + min(len(head), int(size[row]))] = head[: int(size[row])]
    return data


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


if __name__ == "__main__":
    make(Path(sys.argv[1]))
