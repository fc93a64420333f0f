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
from tests.bench.records import ACK, ARPS, TCP4, TCP6, UDP4, UDP6, octets
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

FIN, SYN, PSH = 1, 2, 8


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
            file.write(octets(rng, _described(talks, chunk)))
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


def _described(talks, chunk):
    """Add to the packets of *chunk* what their conversations say of them; none for ARP."""
    talk = chunk["talk"]
    arp = talk < 0
    kind = np.where(arp, -1, talks["kind"][talk])
    six, tcp = talks["six"][talk] & ~arp, np.isin(kind, TCP_KINDS)
    near, server = talks["local"][talk] | arp, talks["server"][talk]
    return chunk | {
        "form": np.select([arp, six & tcp, six, tcp], [ARPS, TCP6, UDP6, TCP4], UDP4),
        "size": np.where(arp, 0, chunk["size"]),
        "back": chunk["back"] == 1,
        "time": BEGAN + chunk["time"],
        "ping": kind == PING,
        "near": near,
        "server": server,
        "client": np.where(arp, chunk["id"] % 60 + 10, talks["client"][talk]),
        "peer": np.where(near, server % 6 + 1, 1),
        "sport": talks["sport"][talk],
        "dport": talks["dport"][talk],
        "hello": talks["hello"][talk],
    }


if __name__ == "__main__":
    make(Path(sys.argv[1]))
