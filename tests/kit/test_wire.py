"""The tiny packets are what other programs take them for."""

import pytest

from appliance.model import Frame
from tests.kit import wire
from tests.kit.scapy_layers import layer

ether, inet, inet6 = layer("l2").Ether, layer("inet"), layer("inet6")
layer("dns"), layer("dhcp")

ALICE, ALICE_IP, BOB_IP = "02:00:00:00:00:0a", "192.0.2.10", "192.0.2.20"

FRAMES = {
    "Ether / ARP who has 192.0.2.1 says 192.0.2.10 / Padding": wire.arp(
        1.0, ALICE, ALICE_IP, wanted="192.0.2.1"
    ),
    "Ether / ARP is at 02:00:00:00:00:0a says 192.0.2.10 / Padding": wire.arp(
        1.0, ALICE, ALICE_IP, answer=True, to=wire.ROUTER
    ),
    "Neighbor Solicitation": wire.neighbour_asks(1.0, ALICE, "fe80::a", "fe80::1"),
    "Neighbor Advertisement": wire.neighbour_says(1.0, ALICE, "fe80::a"),
    "Router Advertisement": wire.router_says(1.0, ALICE, "fe80::a", dns="2001:db8::53"),
    "BOOTP / DHCP Discover": wire.dhcp_asked(1.0, ALICE, hostname="alice", parameters=[1, 3]),
    "BOOTP / DHCP Offer": wire.dhcp_served(1.0, ALICE, ALICE_IP, ALICE, BOB_IP, dns="192.0.2.1"),
    "DNS Qry b'a.example.'": wire.dns_asked(1.0, ALICE, ALICE_IP, BOB_IP, "a.example"),
    "DNS Ans 192.0.2.7": wire.dns_answered(
        1.0, ALICE, ALICE_IP, BOB_IP, "a.example", [("a.example", wire.A, "192.0.2.7")]
    ),
    "IPv6 / TCP": wire.tls_hello(1.0, ALICE, "2001:db8::a", "2001:db8::b", "a.example"),
    "IP / TCP 192.0.2.10:50000 > 192.0.2.20:http": wire.http_get(
        1.0, ALICE, ALICE_IP, BOB_IP, "a.example"
    ),
    "Dot1Q": wire.udp(1.0, ALICE, ALICE_IP, BOB_IP, 1, 2, b"odd", vlans=(7, 12)),
}


@pytest.mark.parametrize(("summary", "frame"), FRAMES.items())
def test_scapy_reads_it_and_agrees_with_its_lengths_and_checksums(summary: str, frame: Frame):
    """Scapy builds the same bytes when it works the sums out itself."""
    packet = ether(frame.data)
    # What a layer says of itself, because what is above it depends on which modules are loaded.
    parts = list(packet.iterpayloads())
    described = packet.summary() + "".join(each.name + each.mysummary() for each in parts)
    assert all(word in described for word in summary.split(" / "))
    for part in packet.iterpayloads():
        for name in ("chksum", "cksum", "len", "plen"):
            part.fields.pop(name, None)
    assert bytes(packet) == frame.data
