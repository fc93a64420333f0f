"""Two machines that talk: packets of one conversation, and what the meter made of them."""

from appliance.facts import FlowDelta
from appliance.model import Frame
from tests.kit import wire

ALICE, BOB = "02:00:00:00:00:0a", "02:00:00:00:00:0b"
ALICE_IP, BOB_IP = "192.168.1.10", "192.168.1.11"
SYN, ACK, PSH, FIN = 2, 16, 8, 1


def segment(at, data=b"", *, back=False, sport=50_000, dport=445, **how):
    how = {"flags": ACK} | how
    if back:
        return wire.tcp(at, BOB, BOB_IP, ALICE_IP, dport, sport, data, to=ALICE, **how)
    return wire.tcp(at, ALICE, ALICE_IP, BOB_IP, sport, dport, data, to=BOB, **how)


def datagram(at, data=b"x", *, src=ALICE_IP, dst=BOB_IP, **ports):
    ports = {"sport": 5000, "dport": 6000} | ports
    return wire.udp(at, ALICE, src, dst, payload=data, to=BOB, **ports)


def deltas(heard):
    return [each for each in heard if isinstance(each, FlowDelta)]


def frames(heard):
    return [each for each in heard if isinstance(each, Frame)]
