"""From frames to facts: bounded readers of our own, one file per protocol.

Nothing here reads a clock, a file or a socket, and no bytes make it raise: what was understood
before a malformed spot is told, the rest is counted. No content is kept: no payload, no path, no
query.

`Decoder` takes a frame apart, header by header, and hands the message to the file that knows its
protocol: of datagrams by port, of TCP segments mostly by their first bytes (`openings`); messages
that need several segments are put together first (`streams`). Every such file offers
``read(message, envelope)``, which yields facts and may end with `reader.Malformed`.
"""

from collections.abc import Callable, Iterable

from appliance.decode import (
    arp,
    cdp,
    dhcp,
    dhcp6,
    dns,
    ethernet,
    ip,
    kerberos,
    lldp,
    nbns,
    neighbour,
    openings,
    sip,
    snmp,
    spelling,
    ssdp,
    syn,
    transport,
    wsd,
)
from appliance.decode.envelope import Envelope
from appliance.decode.ethernet import Hop
from appliance.decode.ip import Packet
from appliance.decode.reader import Malformed
from appliance.decode.rpc_calls import Calls
from appliance.decode.streams import STREAMS, Segment, Streams, opened
from appliance.facts import Fact
from appliance.model import Frame

__all__ = ["Decoder"]

_BY_UDP_PORT: dict[int, Callable[[bytes, Envelope], Iterable[Fact]]] = {
    **dict.fromkeys(dns.PORTS, dns.read),
    **dict.fromkeys(snmp.PORTS, snmp.read),
    67: dhcp.read,
    68: dhcp.read,
    kerberos.PORT: kerberos.read,
    nbns.PORT: nbns.read,
    546: dhcp6.read,
    547: dhcp6.read,
    ssdp.PORT: ssdp.read,
    sip.PORT: sip.read,
    wsd.PORT: wsd.read,
}


class Decoder:
    """Reads frames; remembers the openings that are not complete yet, and what RPC has bound."""

    def __init__(self, streams: int = STREAMS) -> None:
        self.read_frames = 0
        self.malformed = 0
        """Frames that ended too early, or held something that is not what it claims to be."""
        self._streams = Streams(streams)
        self._calls = Calls()

    @property
    def dropped(self) -> int:
        """Openings and binds given up because there were too many at once."""
        return self._streams.dropped + self._calls.dropped

    def read(self, frame: Frame) -> list[Fact]:
        """Give the facts in *frame*, in the order they stand in it. Never raises."""
        self.read_frames += 1
        facts: list[Fact] = []
        try:
            for fact in self._facts(frame):
                facts.append(fact)  # noqa: PERF402 - what came before a malformed spot is kept
        except Malformed:
            self.malformed += 1
        return facts

    def _facts(self, frame: Frame) -> Iterable[Fact]:
        data, hop = frame.data, ethernet.unwrap(frame)
        if hop.kind == ethernet.IPV4:
            packet = ip.unwrap4(data, hop.start)
        elif hop.kind == ethernet.IPV6:
            packet = ip.unwrap6(data, hop.start)
        else:
            return _of_no_ip(frame, hop)
        if packet is None:
            return ()
        if packet.proto == ip.TCP:
            return self._segment(frame, hop, packet)
        if packet.proto == ip.UDP:
            return _datagram(frame, hop, packet)
        if packet.proto == ip.ICMP6 and packet.hops == neighbour.HOPS:
            message = data[packet.start : packet.end]
            return neighbour.read(message, _envelope(frame, hop, packet))
        return ()

    def _segment(self, frame: Frame, hop: Hop, packet: Packet) -> Iterable[Fact]:
        sport, dport, seq, payload = transport.unwrap_tcp(frame.data, packet)
        if not payload:
            if not syn.begins(frame.data, packet):
                return ()
            return syn.read(frame.data, packet, _envelope(frame, hop, packet, sport, dport))
        key = (packet.src, packet.dst, sport, dport)
        opens = opened(payload)
        if opens is not None or key in self._streams:
            segment = Segment(key, seq, payload, packet.whole, opens)
            return self._streams.read(segment, _envelope(frame, hop, packet, sport, dport))
        read = openings.find(payload, sport, dport)
        if read is None:
            return ()
        return self._calls.told(read(payload, _envelope(frame, hop, packet, sport, dport)))


def _of_no_ip(frame: Frame, hop: Hop) -> Iterable[Fact]:
    if hop.kind == ethernet.ARP:
        return arp.read(frame.data, frame.at, hop)
    if hop.kind == ethernet.LLDP:
        return lldp.read(frame.data, frame.at, hop)
    return cdp.read(frame.data, frame.at, hop) if cdp.begins(frame.data, hop) else ()


def _datagram(frame: Frame, hop: Hop, packet: Packet) -> Iterable[Fact]:
    sport, dport, payload = transport.unwrap_udp(frame.data, packet)
    read = _BY_UDP_PORT.get(dport) or _BY_UDP_PORT.get(sport)
    if read is None:
        if not payload.startswith(ssdp.ANSWER):
            return ()
        read = ssdp.read
    return read(payload, _envelope(frame, hop, packet, sport, dport))


def _envelope(frame: Frame, hop: Hop, packet: Packet, sport: int = 0, dport: int = 0) -> Envelope:
    """Spell out what only a message that is read needs."""
    return Envelope(
        frame.at,
        spelling.mac(hop.sender),
        spelling.mac(hop.to),
        spelling.ip(packet.src),
        spelling.ip(packet.dst),
        sport,
        dport,
    )
