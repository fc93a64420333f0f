"""The decoder as a whole: what reaches which protocol, and that nothing makes it raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import NameAsked
from appliance.model import Frame, Link
from tests.fuzz.fuzzer import judge
from tests.fuzz.seeds import SEEDS
from tests.kit import wire
from tests.kit.scapy_layers import layer

inet, six, l2 = layer("inet"), layer("inet6"), layer("l2")

ALICE, ALICE_IP, SERVER_IP = "02:00:00:00:00:0a", "192.0.2.10", "198.51.100.7"


@given(st.binary(max_size=400), st.sampled_from(Link))
def test_no_bytes_make_it_raise(data: bytes, link: Link):
    """Whatever the link."""
    frame = Frame(1.0, data, link)
    for fact in Decoder().read(frame):
        judge(fact, frame)


PORTS = st.sampled_from((53, 67, 68, 80, 137, 443, 546, 547, 1900, 5353, 5355))


@given(PORTS, st.binary(max_size=400), st.sampled_from((wire.udp, wire.tcp)), st.booleans())
def test_no_message_makes_it_raise(port: int, payload: bytes, encode, six_: bool):
    """On the port of any protocol, in either direction."""
    src, dst = ("2001:db8::a", "2001:db8::b") if six_ else (ALICE_IP, SERVER_IP)
    for sport, dport in ((port, 50_000), (50_000, port)):
        frame = encode(1.0, ALICE, src, dst, sport, dport, payload)
        for fact in Decoder().read(frame):
            judge(fact, frame)


@pytest.mark.parametrize("seed", SEEDS, ids=[f"seed {number}" for number in range(len(SEEDS))])
def test_no_beginning_of_a_frame_makes_it_raise(seed: Frame):
    """Cut at every byte; it never understands more than of the whole."""
    most = len(Decoder().read(seed))
    for size in range(len(seed.data)):
        frame = Frame(1.0, seed.data[:size], seed.link)
        facts = Decoder().read(frame)
        assert len(facts) <= most
        for fact in facts:
            judge(fact, frame)


@given(st.sampled_from(SEEDS), st.data())
def test_no_changed_byte_makes_it_raise(seed: Frame, data: st.DataObject):
    """Any few bytes of an ordinary frame overwritten."""
    changed = bytearray(seed.data)
    places = st.dictionaries(st.integers(0, len(changed) - 1), st.integers(0, 255), max_size=8)
    for at, byte in data.draw(places).items():
        changed[at] = byte
    frame = Frame(1.0, bytes(changed), seed.link)
    for fact in Decoder().read(frame):
        judge(fact, frame)


def test_frames_are_counted_and_so_are_malformed_ones():
    """For the box's health."""
    decoder = Decoder()
    decoder.read(wire.arp(1.0, ALICE, ALICE_IP))
    decoder.read(Frame(1.0, b"short"))
    decoder.read(Frame(1.0, bytes(60)))
    assert (decoder.read_frames, decoder.malformed, decoder.dropped) == (3, 1, 0)


@pytest.mark.parametrize(
    "data",
    [
        bytes(l2.Ether(type=0x88CC)) + bytes(40),
        bytes(l2.Ether(type=0x0027)) + bytes(39),  # a length: spanning tree
        wire.ether(wire.ip(b"\x08\0" + bytes(6), ALICE_IP, SERVER_IP, 1), ALICE),
        wire.ether(wire.ip(bytes(20), ALICE_IP, SERVER_IP, 47), ALICE),
        wire.udp(1.0, ALICE, ALICE_IP, SERVER_IP, 5060, 5060, b"INVITE sip:a").data,
        wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, 50_000, 443, b"\x17\3\3\0\1x").data,
        wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, 50_000, 443, flags=wire.ACK).data,
        bytes(l2.Ether(type=0x0800) / inet.IP(frag=9, proto=17) / bytes(40)),
    ],
)
def test_what_nobody_reads_is_no_fault(data: bytes):
    """Other protocols, empty segments, later fragments."""
    decoder = Decoder()
    assert decoder.read(Frame(1.0, data)) == []
    assert decoder.malformed == 0


def test_a_first_fragment_is_read_as_far_as_it_goes():
    """The rest of its message is missed, not made up."""
    whole = wire.dns_asked(1.0, ALICE, ALICE_IP, SERVER_IP, "a.example").data
    first = whole[:20] + b"\x20\0" + whole[22:]
    (fact,) = Decoder().read(Frame(1.0, first))
    assert isinstance(fact, NameAsked)
    assert fact.name == "a.example"


def test_every_link_leads_to_the_same_message():
    """With and without hardware addresses; tags change nothing."""
    question = wire.dns_asked(1.0, ALICE, ALICE_IP, SERVER_IP, "a.example")
    tagged = wire.udp(
        1.0, ALICE, ALICE_IP, SERVER_IP, 50_000, 53, wire.dns_question("a.example"), vlans=(7, 12)
    )
    assert Decoder().read(tagged) == Decoder().read(question)
    raw = Frame(1.0, question.data[14:], Link.RAW_IP)
    (fact,) = Decoder().read(raw)
    assert isinstance(fact, NameAsked)
    assert (fact.name, fact.mac) == ("a.example", "00:00:00:00:00:00")


def test_a_questions_port_wins_over_the_askers_own():
    """An asker that happens to use a port of another protocol."""
    frame = wire.udp(1.0, ALICE, ALICE_IP, SERVER_IP, 5353, 53, wire.dns_question("a.example"))
    (fact,) = Decoder().read(frame)
    assert isinstance(fact, NameAsked)
    assert fact.protocol == "dns"
