"""CDP, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import cdp, ethernet
from appliance.facts import NeighbourTold
from appliance.model import Frame, Link
from tests.kit.alone import ALICE, told
from tests.kit.scapy_layers import contributed, layer

l2, scapy = layer("l2"), contributed("cdp")

TEXTS = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=200)
WORDS = ("router", "bridge", "bridge", "switch", "station", "", "repeater", "telephone")


def frame(*parts, version: int = 2) -> bytes:
    message = scapy.CDPv2_HDR(vers=version, msg=list(parts))
    head = l2.Dot3(src=ALICE, dst="01:00:0c:cc:cc:cc")
    return bytes(head / l2.LLC() / l2.SNAP(OUI=0x0C, code=0x2000) / message)


def read(data: bytes, link: Link = Link.ETHERNET) -> tuple[list, bool]:
    hop = ethernet.unwrap(Frame(1.0, data, link))
    assert cdp.begins(data, hop)
    return told(cdp.read(data, 1.0, hop))


def one(*parts, **more) -> NeighbourTold:
    (fact,), malformed = read(frame(*parts, **more))
    assert not malformed
    assert isinstance(fact, NeighbourTold)
    return fact


def v4(ip: str):
    return scapy.CDPAddrRecordIPv4(addr=ip)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.integers(0, 255), st.sampled_from((1, 2)))
def test_what_a_device_tells(name, platform, software, port, bits, version):
    """Its name, model, software, the port we are on, its address and what it does."""
    found = [word for place, word in enumerate(WORDS) if word and bits >> place & 1]
    assert one(
        scapy.CDPMsgDeviceID(val=name),
        scapy.CDPMsgAddr(addr=[v4("192.0.2.7"), v4("192.0.2.8")]),
        scapy.CDPMsgPortID(iface=port),
        scapy.CDPMsgCapabilities(cap=bits),
        scapy.CDPMsgSoftwareVersion(val=software),
        scapy.CDPMsgPlatform(val=platform),
        scapy.CDPMsgDuplex(duplex=1),
        version=version,
    ) == NeighbourTold(
        at=1.0,
        mac=ALICE,
        protocol="cdp",
        name=name,
        model=platform,
        software=software,
        capabilities=tuple(dict.fromkeys(found)),
        ip="192.0.2.7",
        port=port,
    )


def test_the_management_address_goes_first():
    """Wherever it stands."""
    parts = [scapy.CDPMsgAddr(addr=[v4("192.0.2.7")]), scapy.CDPMsgMgmtAddr(addr=[v4("192.0.2.9")])]
    assert one(*parts).ip == "192.0.2.9"
    assert one(*parts[::-1]).ip == "192.0.2.9"


def test_addresses_of_version_six_and_of_nobody():
    """A telephone without an address says 0.0.0.0; other protocols than IP are passed over."""
    other = scapy.CDPAddrRecord(ptype=1, proto=b"\x81", addrlen=4, addr=b"abcd")
    six = scapy.CDPAddrRecordIPv6(addr="2001:db8::7")
    assert one(scapy.CDPMsgAddr(addr=[v4("0.0.0.0"), other, six])).ip == "2001:db8::7"
    nobody = scapy.CDPMsgAddr(addr=[v4("0.0.0.0")])
    assert one(scapy.CDPMsgPortID(iface="1"), nobody).ip is None


def test_a_system_name_goes_before_the_device_id():
    """The id may be a number with the name in it."""
    name = scapy.CDPMsgGeneric(type=0x14, val=b"accueil")
    assert one(scapy.CDPMsgDeviceID(val="SEP020000000001"), name).name == "accueil"


def test_what_fills_the_frame_up_is_not_read():
    """The frame's length says where it ends; on other links, its own end does."""
    data = frame(scapy.CDPMsgDeviceID(val="core"))
    (fact,), malformed = read(data + b"\0\6\0\5x")
    assert (fact.name, fact.model, malformed) == ("core", "", False)
    cooked = bytes(l2.CookedLinux(lladdrlen=0, proto=4)) + data[14:]
    (fact,), malformed = read(cooked, Link.COOKED)
    assert (fact.name, malformed) == ("core", False)


@pytest.mark.parametrize(
    "data",
    [
        bytes(l2.Ether(type=0x8137)) + cdp._SNAP,
        bytes(l2.Dot3(len=40)) + bytes(40),
        bytes(l2.Dot3() / l2.LLC() / l2.SNAP(OUI=0x0C, code=0x2004) / bytes(40)),  # DTP
    ],
)
def test_other_frames_do_not_begin_so(data: bytes):
    """By type, or of another of Cisco's protocols."""
    assert not cdp.begins(data, ethernet.unwrap(Frame(1.0, data)))


def test_another_version_is_passed_over():
    """There is none yet."""
    assert read(frame(scapy.CDPMsgDeviceID(val="core"), version=3)) == ([], False)


def test_text_is_spelt_harmlessly():
    """As all text from the wire, and cut."""
    assert one(scapy.CDPMsgDeviceID(val="<img>\n")).name == r"<img>\010"
    assert len(one(scapy.CDPMsgSoftwareVersion(val="x" * 900)).software) == 255


def test_what_came_before_a_malformed_spot_is_told():
    """A length that does not even count itself."""
    data = frame(scapy.CDPMsgDeviceID(val="core"), scapy.CDPMsgGeneric(type=6, len=3, val=b""))
    (fact,), malformed = read(data)
    assert (fact.name, malformed) == ("core", True)


def test_a_thousand_parts_and_addresses_are_bounded():
    """The first 64 parts, of the addresses the first 16."""
    late = scapy.CDPMsgDeviceID(val="late")
    early = scapy.CDPMsgPortID(iface="1")
    assert one(early, *[scapy.CDPMsgGeneric(type=99)] * 100, late).name == ""
    assert one(early, scapy.CDPMsgAddr(addr=[*[v4("0.0.0.0")] * 20, v4("192.0.2.7")])).ip is None


ORDINARY = frame(
    scapy.CDPMsgDeviceID(val="core"),
    scapy.CDPMsgAddr(addr=[v4("192.0.2.7")]),
    scapy.CDPMsgCapabilities(cap=9),
    scapy.CDPMsgPlatform(val="model"),
)


def test_no_beginning_makes_it_raise():
    """Cut at every byte."""
    for size in range(22, len(ORDINARY)):
        read(ORDINARY[:size])


@given(st.binary(max_size=200), st.integers(22, len(ORDINARY)))
def test_no_bytes_make_it_raise(junk: bytes, at: int):
    """Alone, and written over an ordinary announcement."""
    read(ORDINARY[:22] + junk)
    read(ORDINARY[:at] + junk[:4] + ORDINARY[at + 4 :])
