"""How far the headers of each packet reach: from the link to the transport, and no octet further.

    link         addresses, VLAN tags, EtherType
    ARP          whole where it asks for IPv4 on Ethernet: it has no content (RFC 826)
    IP           with options and extension headers; of later fragments this is all
    TCP, UDP     with options
    ICMP         its first eight octets: errors hold a packet behind them (RFC 792, 4443)

Of what is malformed, and of all that is neither IP nor ARP, the link alone: nobody knows where its
content begins. Padding is not kept, because it may be of another packet's memory.
"""

import numpy as np

from appliance.model import Link
from appliance.sensor.columns import ICMP, ICMP6, Block, Columns, Gather, Ints

ICMP_HEAD = 8
"""Octets: type, code, checksum, and four whose meaning the type gives."""
_ARP = np.uint64(0x0806_0001_0800_0604)
"""How ARP for IPv4 on Ethernet begins, from its EtherType on."""
_ARP_HEAD = 28


def reach(block: Block, columns: Columns) -> Ints:
    """Give how many octets of each packet of *block*, whose headers are *columns*, are headers."""
    sound = columns.is_ip & ~columns.malformed
    stop = np.where(sound, columns.payload_at, columns.l3)
    icmp = np.flatnonzero(sound & ((columns.proto == ICMP) | (columns.proto == ICMP6)))
    if len(icmp):
        icmp = icmp[~columns.fragment[icmp]]
        stop[icmp] += np.minimum(columns.present[icmp], ICMP_HEAD)
    if block.link in {Link.ETHERNET, Link.COOKED}:
        bare = np.flatnonzero(~columns.is_ip & ~columns.malformed)
        whole = bare[columns.l3[bare] + _ARP_HEAD <= block.offsets[bare] + block.captured[bare]]
        asks = whole[Gather(block.buffer).u64(columns.l3[whole] - 2) == _ARP]
        stop[asks] += _ARP_HEAD
    return np.clip(stop - block.offsets, 0, block.captured)
