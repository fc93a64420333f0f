"""What the headers say reaches the facts."""

import pytest

from appliance.decode import Decoder
from appliance.facts import NameAsked, TlsHello
from tests.kit import wire

ALICE = "02:00:00:00:00:0a"


@pytest.mark.parametrize(
    ("src", "dst"), [("192.0.2.10", "198.51.100.1"), ("2001:db8::a", "2001:db8::1")]
)
def test_a_fact_says_who_sent_it_from_where_to_where(src: str, dst: str):
    """Time, hardware address, both addresses, and the port where it matters."""
    (asked,) = Decoder().read(wire.dns_asked(1.5, ALICE, src, dst, "a.example"))
    assert isinstance(asked, NameAsked)
    assert (asked.at, asked.mac, asked.src, asked.dst) == (1.5, ALICE, src, dst)
    (hello,) = Decoder().read(wire.tls_hello(2.5, ALICE, src, dst, "a.example"))
    assert isinstance(hello, TlsHello)
    assert (hello.at, hello.mac, hello.src, hello.dst, hello.dport) == (2.5, ALICE, src, dst, 443)
