"""What conversations did since the last minute was written, added up in bounded memory."""

from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from appliance.addresses import Place
from appliance.facts import FlowDelta
from appliance.model import NO_MAC, Ip, Mac
from appliance.store.flows import Conversation
from appliance.store.traffic import Tally

MINUTE = 60

CONVERSATIONS = 20_000
"""Conversations added up in one minute, and those waiting to be written. One more is counted as
dropped from the list of conversations, but still in its devices' traffic."""

LATE = 3
"""Seconds after a minute in which its last packets may still be counted."""

Key = tuple[Mac, Mac, Ip, Ip, int, int, int]


class Ledger:
    """Adds `FlowDelta`s up: a row per conversation and minute, and what each device did."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.ready: deque[Conversation] = deque()
        """Rows of minutes that are over, oldest first."""
        self.dropped = 0
        """Conversations that no row was kept of."""
        self._minute = 0
        self._running: dict[Key, _Sum] = {}

    def count(self, deltas: Iterable[FlowDelta], place: Callable[[Ip], Place]) -> None:
        """Add *deltas* up; *place* tells where an address is."""
        for delta in deltas:
            minute = int(delta.at // MINUTE) * MINUTE
            if minute != self._minute:
                self.close_minute()
                self._minute = minute
            key = (
                delta.mac,
                delta.peer_mac,
                delta.src,
                delta.dst,
                delta.sport,
                delta.dport,
                delta.proto,
            )
            known = self._running.get(key)
            if known is not None:
                known.add(delta)
                continue
            new = _begun(delta, place)
            if len(self._running) < CONVERSATIONS:
                self._running[key] = new
            else:
                self.dropped += 1
                self._book(key, new)

    def settle(self, now: float) -> None:
        """Close the running minute when *now* is well past it, or before it (a clock set back)."""
        if not self._minute <= now < self._minute + MINUTE + LATE:
            self.close_minute()

    def close_minute(self) -> None:
        """Book what is running; a conversation that goes on begins a new row."""
        for key, done in self._running.items():
            self._book(key, done)
            if len(self.ready) < CONVERSATIONS:
                self.ready.append(done.row(key))
            else:
                self.dropped += 1
        self._running.clear()

    def forget(self, macs: Collection[Mac] | None) -> None:
        """Forget what *macs* did, or all, that nobody has taken yet."""
        if macs is None:
            self._running.clear()
            self.ready.clear()
            return
        for key in [each for each in self._running if each[0] in macs or each[1] in macs]:
            del self._running[key]
        kept = [row for row in self.ready if row.mac not in macs and row.peer_mac not in macs]
        self.ready.clear()
        self.ready.extend(kept)

    def _book(self, key: Key, done: "_Sum") -> None:
        """Add a conversation to what the devices at its two ends did.

        The hardware address at an outside end is the gateway's, which is not to be charged.
        """
        outside = Place.OUTSIDE in (done.src_place, done.dst_place)
        out, back = (done.octets_out, done.packets_out), (done.octets_in, done.packets_in)
        for mac, place, got, sent in (
            (key[0], done.src_place, back, out),
            (key[1], done.dst_place, out, back),
        ):
            if place is not Place.OUTSIDE and _is_device(mac):
                numbers = (got[0], sent[0], got[1], sent[1])
                self.tally.add(self._minute, mac, numbers, outside=outside)


@dataclass(slots=True, kw_only=True)
class _Sum:
    """What a conversation did in the running minute."""

    src_place: Place
    dst_place: Place
    first_at: float
    last_at: float
    packets_out: int
    packets_in: int
    octets_out: int
    octets_in: int

    def add(self, delta: FlowDelta) -> None:
        self.last_at = max(self.last_at, delta.at)
        self.packets_out += delta.packets_out
        self.packets_in += delta.packets_in
        self.octets_out += delta.bytes_out
        self.octets_in += delta.bytes_in

    def row(self, key: Key) -> Conversation:
        mac, peer_mac, src, dst, sport, dport, proto = key
        return Conversation(
            first_at=self.first_at,
            last_at=self.last_at,
            mac=mac,
            peer_mac=peer_mac,
            src=src,
            dst=dst,
            sport=sport,
            dport=dport,
            proto=proto,
            packets_out=self.packets_out,
            packets_in=self.packets_in,
            octets_out=self.octets_out,
            octets_in=self.octets_in,
        )


def _begun(delta: FlowDelta, place: Callable[[Ip], Place]) -> _Sum:
    return _Sum(
        src_place=place(delta.src),
        dst_place=place(delta.dst),
        first_at=min(delta.at, max(delta.first_at, delta.at // MINUTE * MINUTE)),
        last_at=delta.at,
        packets_out=delta.packets_out,
        packets_in=delta.packets_in,
        octets_out=delta.bytes_out,
        octets_in=delta.bytes_in,
    )


def _is_device(mac: Mac) -> bool:
    """Tell whether *mac* is one machine's address: not a group's (IEEE 802: lowest bit set)."""
    return mac != NO_MAC and not int(mac[1], 16) & 1
