"""Which protocol a TCP segment speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder, hl7, modbus, openings, rdp, smb
from appliance.decode.openings import find
from tests.kit import wire
from tests.kit.openings import ANY, OPENINGS

ALICE, ALICE_IP, SERVER_IP = "02:00:00:00:00:0a", "192.0.2.10", "198.51.100.7"


def told(sport: int, dport: int, payload: bytes) -> tuple[list[str], int]:
    decoder = Decoder()
    facts = decoder.read(wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, sport, dport, payload))
    return [type(fact).__name__ for fact in facts], decoder.malformed


@pytest.mark.parametrize(("sport", "dport", "payload"), OPENINGS)
def test_every_protocol_is_reached(sport: int, dport: int, payload: bytes):
    """And read without fault."""
    facts, malformed = told(sport, dport, payload)
    assert facts
    assert malformed == 0


@pytest.mark.parametrize(("sport", "dport", "payload"), OPENINGS)
def test_what_has_words_of_its_own_is_told_on_any_port(sport: int, dport: int, payload: bytes):
    """Only a few need theirs."""
    bound = {sport, dport} & openings.PORTS or "@PJL" in repr(payload)
    here = told(ANY, ANY, payload)[0]
    if not bound and b"+OK" not in payload:
        assert here
    if {sport, dport} & {389, 502, 1433}:
        assert not here


def test_a_port_that_decides_wins_over_the_first_bytes():
    """What Modbus says may begin like anything."""
    assert find(b"\3\0\0\0\0\6\1\3\0\0\0\1", 502, ANY) is modbus.read
    assert find(b"\3\0\0\x13\x0e\xe0" + bytes(13), ANY, 3389) is rdp.read


def test_on_such_a_port_another_protocol_is_still_told():
    """A greeting of MySQL's port is looked for there, and SSH may listen there, too."""
    assert told(3306, ANY, b"SSH-2.0-x\r\n")[0] == ["BannerHeard"]
    assert find(b"GET / HTTP/1.1\r\n\r\n", ANY, 25) is find(b"GET / HTTP/1.1\r\n\r\n", ANY, 80)
    assert find(b"\0\0\0\x40\xfeSMB" + bytes(60), 3306, ANY) is smb.read
    assert find(b"\x0bMSH|^~\\&|", 515, ANY) is hl7.read


@given(st.binary(min_size=1, max_size=80), st.sampled_from([ANY, *sorted(openings.PORTS)]))
def test_any_bytes_are_somebodys_or_nobodys(payload: bytes, port: int):
    """Nothing raises."""
    assert find(payload, port, ANY) is None or callable(find(payload, port, ANY))
