"""Networks of guests: their packets are counted, and nothing else is done with them.

Left out before anything is sorted, added up or read. What stays is what a guest's machine and one
of the practice's have to do with each other, so that an attack on the inside is seen; the guest's
hardware address is blotted out in it, which leaves the network address alone. What routers offer
to guests (names, addresses, time) is no attack and is left out as well.

Before a machine has an address, nobody can say whether it is a guest's. While such networks are
named, packets of link-local senders stay only if their hardware address was heard with an address
of the inside; but routers that advertise themselves stay, because false ones do, too.
"""

from collections.abc import Iterable
from dataclasses import replace
from ipaddress import IPv4Network

import numpy as np

from appliance.addresses import PRIVATE, Network
from appliance.model import Link
from appliance.sensor.columns import ICMP6, UDP, Block, Columns, Flags, Gather, Ints, Words

SERVICES = (53, 67, 68, 123)
"""Ports that routers serve guests on: names, addresses (both sides), time."""

KNOWN = 4096
"""Hardware addresses of the inside that are remembered; beyond, the lowest are kept."""

_ARP = 0x0806
_ASKS_WHO = 28
"""Octets of an ARP message for IPv4 (RFC 826)."""
_ROUTER_SAYS = 134
"""ICMPv6 type of a router's advertisement (RFC 4861)."""
_LINK_LOCAL, _LINK_LOCAL_MASK = np.uint64(0xFE80 << 48), np.uint64(0xFFC0 << 48)
_LOW_48 = np.uint64(0xFFFF_FFFF_FFFF)


class Networks:
    """Says of many addresses at once whether they are in one of *networks*."""

    def __init__(self, networks: Iterable[Network]) -> None:
        self._four: list[tuple[np.uint64, np.uint64]] = []
        self._six: list[tuple[np.uint64, np.uint64, np.uint64, np.uint64]] = []
        for each in networks:
            mask, value = int(each.netmask), int(each.network_address)
            if isinstance(each, IPv4Network):
                self._four.append((np.uint64(mask), np.uint64(value)))
            else:
                self._six.append((*_halves(mask), *_halves(value)))

    def hold_four(self, addresses: Words) -> Flags:
        """Tell which addresses of IPv4 are in one."""
        found = np.zeros(len(addresses), bool)
        for mask, value in self._four:
            found |= (addresses & mask) == value
        return found

    def hold_six(self, high: Words, low: Words) -> Flags:
        """Tell which addresses of IPv6, in halves, are in one."""
        found = np.zeros(len(high), bool)
        for high_mask, low_mask, high_value, low_value in self._six:
            found |= ((high & high_mask) == high_value) & ((low & low_mask) == low_value)
        return found


class Unrecorded:
    """See the module's text. *home* is the practice, *guests* and *vlans* what is left out."""

    def __init__(
        self, guests: Iterable[Network], vlans: Iterable[int], home: Iterable[Network]
    ) -> None:
        self.packets = 0
        self.octets = 0
        every = tuple(guests)
        self._named = bool(every)
        self._guests = Networks(every)
        self._home = Networks(tuple(home) or PRIVATE)
        self._vlans = np.array(sorted(set(vlans)), np.int64)
        self._known = np.zeros(0, np.uint64)
        """Hardware addresses that were heard with an address of the inside, rising."""

    def leave_out(self, block: Block, columns: Columns) -> tuple[Block, Columns]:
        """Give what is left of *block*, whose headers are *columns*."""
        out = np.isin(columns.vlan, self._vlans)
        if self._named:
            strange, blot_from, blot_to = self._looked_at(block, columns)
            out |= strange
            block = _blotted(block, blot_from & ~out, blot_to & ~out)
        if not out.any():
            return block, columns
        self.packets += int(out.sum())
        self.octets += int(block.lengths[out].sum())
        left = ~out
        return _part(block, left), Columns(
            **{name: getattr(columns, name)[left] for name in columns.__slots__}
        )

    def are_ours(self, block: Block, columns: Columns) -> Flags:
        """Tell which packets are surely the practice's: an end is inside, and none is a guest's."""
        ours = ~np.isin(columns.vlan, self._vlans)
        if not self._named:
            return ours
        get, inside = Gather(block.buffer), np.zeros(len(ours), bool)
        for rows, source, target in _ends(get, columns):
            (of_guest, of_home), (to_guest, to_home) = self._held(source), self._held(target)
            inside[rows] = (of_home | to_home) & ~of_guest & ~to_guest
        if block.link is Link.ETHERNET:
            asks, by_guest, by_home = self._asked(get, block, columns)
            inside[asks] = by_home & ~by_guest
        return ours & inside

    def _looked_at(self, block: Block, columns: Columns) -> tuple[Flags, Flags, Flags]:
        """Tell which packets to leave out, and where the sender or the receiver is a guest."""
        get, count = Gather(block.buffer), len(columns.l3)
        from_guest, to_guest = np.zeros(count, bool), np.zeros(count, bool)
        from_home, to_home, local = (np.zeros(count, bool) for _ in range(3))
        for rows, source, target in _ends(get, columns):
            held = self._held(source), self._held(target)
            from_guest[rows], to_guest[rows] = held[0][0], held[1][0]
            from_home[rows], to_home[rows] = held[0][1], held[1][1]
            if len(source) > 1:
                local[rows] = (source[0] & _LINK_LOCAL_MASK) == _LINK_LOCAL
                local[rows] |= (source[0] == 0) & (source[1] == 0)
        served = (columns.proto == UDP) & np.isin(columns.dport, SERVICES)
        served |= (columns.proto == UDP) & np.isin(columns.sport, SERVICES)
        out = from_guest & (~to_home | served) | to_guest & (~from_home | served)
        if block.link is Link.ETHERNET:
            sender = get.u64(block.offsets + 4) & _LOW_48
            asks, by_guest, by_home = self._asked(get, block, columns)
            out[asks] |= by_guest
            self._learn(np.concatenate((sender[from_home], sender[asks][by_home])))
            advert = (columns.proto == ICMP6) & (columns.sport == _ROUTER_SAYS)
            out |= local & ~advert & ~np.isin(sender, self._known)
        return out, from_guest, to_guest

    def _held(self, address: tuple[Words, ...]) -> tuple[Flags, Flags]:
        """Tell which addresses are of guests, and which of the inside."""
        if len(address) == 1:
            guest, home = self._guests.hold_four(*address), self._home.hold_four(*address)
        else:
            guest, home = self._guests.hold_six(*address), self._home.hold_six(*address)
            home = home & ((address[0] & _LINK_LOCAL_MASK) != _LINK_LOCAL)
        return guest, home & ~guest

    def _asked(self, get: Gather, block: Block, columns: Columns) -> tuple[Ints, Flags, Flags]:
        """Give which packets are ARP, and which of them are by or about guests, or by insiders."""
        bare = np.flatnonzero(~columns.is_ip & ~columns.malformed)
        whole = bare[columns.l3[bare] + _ASKS_WHO <= block.offsets[bare] + block.captured[bare]]
        rows = whole[get.u16(columns.l3[whole] - 2) == _ARP]
        source = get.u32(columns.l3[rows] + 14).astype(np.uint64)
        target = get.u32(columns.l3[rows] + 24).astype(np.uint64)
        guest, home = self._held((source,))
        return rows, guest | self._held((target,))[0], home

    def _learn(self, senders: Words) -> None:
        if len(senders):
            self._known = np.union1d(self._known, senders)[:KNOWN]


def _ends(
    get: Gather, columns: Columns
) -> Iterable[tuple[Ints, tuple[Words, ...], tuple[Words, ...]]]:
    """Give the rows of each version of IP with the addresses at both ends."""
    four = np.flatnonzero(columns.is_ip & ~columns.is_ip6)
    at = columns.l3[four]
    yield (
        four,
        (get.u32(at + 12).astype(np.uint64),),
        (get.u32(at + 16).astype(np.uint64),),
    )
    six = np.flatnonzero(columns.is_ip6)
    at = columns.l3[six]
    yield six, (get.u64(at + 8), get.u64(at + 16)), (get.u64(at + 24), get.u64(at + 32))


def _blotted(block: Block, sender: Flags, receiver: Flags) -> Block:
    """Give *block* with the hardware addresses of these ends set to zero, in a copy."""
    if block.link is not Link.ETHERNET or not (sender.any() or receiver.any()):
        return block
    buffer = block.buffer.copy()
    for rows, first in ((receiver, 0), (sender, 6)):
        at = block.offsets[rows] + first
        buffer[at[:, None] + np.arange(6)] = 0
    return replace(block, buffer=buffer)


def _part(block: Block, rows: Flags) -> Block:
    vlans = None if block.vlans is None else block.vlans[rows]
    return replace(
        block,
        offsets=block.offsets[rows],
        captured=block.captured[rows],
        lengths=block.lengths[rows],
        times=block.times[rows],
        vlans=vlans,
    )


def _halves(value: int) -> tuple[np.uint64, np.uint64]:
    return np.uint64(value >> 64), np.uint64(value & 0xFFFF_FFFF_FFFF_FFFF)
