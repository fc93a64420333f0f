"""UDP and TCP headers, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.ip import Packet
from appliance.decode.reader import Malformed
from appliance.decode.transport import unwrap_tcp, unwrap_udp
from tests.kit.scapy_layers import layer

inet = layer("inet")
PORTS, BODIES = st.integers(0, 65_535), st.binary(max_size=40)


def packet(data: bytes) -> Packet:
    return Packet(0, b"", b"", 64, 0, len(data), whole=True)


@given(PORTS, PORTS, BODIES)
def test_udp(sport: int, dport: int, body: bytes):
    """Ports and payload; what is behind the datagram's own length is left out."""
    data = bytes(inet.UDP(sport=sport, dport=dport) / body) + b"trailer"
    assert unwrap_udp(data, packet(data)) == (sport, dport, body)


@given(PORTS, PORTS, st.integers(0, 2**32 - 1), st.integers(0, 40), BODIES)
def test_tcp(sport: int, dport: int, seq: int, options: int, body: bytes):
    """Ports, number and payload, behind any options."""
    header = inet.TCP(
        sport=sport, dport=dport, seq=seq, flags="PA", options=[("NOP", None)] * options
    )
    data = bytes(header / body)
    assert unwrap_tcp(data, packet(data)) == (sport, dport, seq, body)


def test_a_syn_takes_a_number():
    """The payload of a SYN begins one later (RFC 9293, section 3.4)."""
    data = bytes(inet.TCP(seq=7, flags="S") / b"early")
    assert unwrap_tcp(data, packet(data))[2:] == (8, b"early")


def test_a_udp_length_of_zero_means_all_there_is():
    """As jumbograms have it."""
    data = bytes(inet.UDP(sport=1, dport=2, len=0) / b"body")
    assert unwrap_udp(data, packet(data)) == (1, 2, b"body")


@pytest.mark.parametrize(
    ("unwrap", "data"),
    [
        (unwrap_udp, bytes(7)),
        (unwrap_tcp, bytes(19)),
        (unwrap_tcp, bytes(inet.TCP(dataofs=4))),
        (unwrap_tcp, bytes(inet.TCP(dataofs=6))),
    ],
)
def test_a_broken_header_is_malformed(unwrap, data: bytes):
    """Too short, or with a length that contradicts."""
    with pytest.raises(Malformed):
        unwrap(data, packet(data))
