"""LLDP, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import ethernet, lldp
from appliance.facts import NeighbourTold
from appliance.model import Frame
from tests.kit.alone import ALICE, told
from tests.kit.scapy_layers import contributed, layer
from tests.kit.wire import ip_bytes

l2, scapy = layer("l2"), contributed("lldp")

CHASSIS = "02:00:00:00:01:00"
TEXTS = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=200)
ADDRESSES = st.ip_addresses().map(str).filter(lambda text: ":" not in text or "." not in text)
CAPABILITIES = {
    "other": "other",
    "repeater": "repeater",
    "mac_bridge": "bridge",
    "wlan_access_point": "wlan_ap",
    "router": "router",
    "telephone": "telephone",
    "docsis_cable_device": "cable_modem",
    "station_only": "station",
}
MED = 0x0012BB


def frame(*parts, chassis=None, port=None) -> bytes:
    message = l2.Ether(src=ALICE, dst="01:80:c2:00:00:0e")
    message /= chassis or scapy.LLDPDUChassisID(subtype=4, id=CHASSIS)
    message /= port or scapy.LLDPDUPortID(subtype=5, id=b"gi1/0/7")
    message /= scapy.LLDPDUTimeToLive(ttl=120)
    for part in parts:
        message /= part
    return bytes(message / scapy.LLDPDUEndOfLLDPDU())


def read(data: bytes) -> tuple[list, bool]:
    hop = ethernet.unwrap(Frame(1.0, data))
    assert hop.kind == ethernet.LLDP
    return told(lldp.read(data, 1.0, hop))


def one(*parts, **first) -> NeighbourTold:
    (fact,), malformed = read(frame(*parts, **first))
    assert not malformed
    assert isinstance(fact, NeighbourTold)
    assert (fact.at, fact.mac, fact.protocol) == (1.0, ALICE, "lldp")
    return fact


def med(kind: int, data: bytes):
    return scapy.LLDPDUGenericOrganisationSpecific(org_code=MED, subtype=kind, data=data)


def address(ip: str):
    return scapy.LLDPDUManagementAddress(
        management_address_subtype=2 if ":" in ip else 1, management_address=ip_bytes(ip)
    )


@given(TEXTS, TEXTS, TEXTS, TEXTS, ADDRESSES, st.sets(st.sampled_from(list(CAPABILITIES))))
def test_what_a_switch_tells(name, description, port, port_description, ip, able):
    """Its names, its address, the port we are on, and what it does, not what it could do."""
    enabled = {f"{each}_enabled": 1 for each in able}
    could = {f"{each}_available": 1 for each in CAPABILITIES}
    assert one(
        scapy.LLDPDUPortDescription(description=port_description),
        scapy.LLDPDUSystemName(system_name=name),
        scapy.LLDPDUSystemDescription(description=description),
        scapy.LLDPDUSystemCapabilities(**could, **enabled),
        address(ip),
        port=scapy.LLDPDUPortID(subtype=7, id=port.encode()),
    ) == NeighbourTold(
        at=1.0,
        mac=ALICE,
        protocol="lldp",
        name=name,
        description=description,
        capabilities=tuple(word for each, word in CAPABILITIES.items() if each in able),
        chassis=CHASSIS,
        ip=None if not any(ip_bytes(ip)) else ip,
        port=port,
        port_description=port_description,
    )


@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_a_telephone_tells(maker, model, hardware, firmware, software):
    """Its inventory (LLDP-MED), but neither serial number nor asset."""
    said = (hardware, firmware, software, "serial", maker, model, "asset")
    parts = [med(number, text.encode()) for number, text in enumerate(said, 5)]
    fact = one(med(1, b"\0\x21\3"), *parts)
    assert (fact.maker, fact.model, fact.endpoint) == (maker, model, "telephone")
    assert (fact.hardware, fact.firmware, fact.software) == (hardware, firmware, software)


@pytest.mark.parametrize(
    ("number", "word"),
    [(0, ""), (1, "endpoint"), (2, "media_endpoint"), (4, "network"), (9, "")],
)
def test_the_classes_of_devices(number: int, word: str):
    """Those that the standard knows."""
    assert one(med(1, bytes((0, 1, number)))).endpoint == word


@pytest.mark.parametrize(
    ("subtype", "id_", "name"),
    [(7, b"switch-1", "switch-1"), (1, b"rack\0\0", "rack"), (6, b"eth0", ""), (2, b"uplink", "")],
)
def test_a_chassis_id_that_is_a_name(subtype: int, id_: bytes, name: str):
    """It stands in for a system name; that of an interface is no device's."""
    chassis = scapy.LLDPDUChassisID(subtype=subtype, id=id_)
    assert one(chassis=chassis).name == name
    told_name = scapy.LLDPDUSystemName(system_name="core")
    assert one(told_name, chassis=chassis).name == "core"


def test_a_chassis_id_that_is_an_address():
    """As of telephones; the first address told counts."""
    chassis = scapy.LLDPDUChassisID(subtype=5, family=1, id="192.0.2.7")
    assert one(address("192.0.2.8"), chassis=chassis).ip == "192.0.2.7"


def test_a_chassis_id_that_is_many_machines():
    """A group's address is nobody's."""
    chassis = scapy.LLDPDUChassisID(subtype=4, id="ff:ff:ff:ff:ff:ff")
    assert one(chassis=chassis).chassis == "00:00:00:00:00:00"


def test_a_port_id_that_is_a_hardware_address():
    """Spelt as one; other kinds are left out."""
    assert one(port=scapy.LLDPDUPortID(subtype=3, id=CHASSIS)).port == CHASSIS
    assert one(port=scapy.LLDPDUPortID(subtype=6, id=b"circuit")).port == ""


def test_other_organisations_and_kinds_are_passed_over():
    """VLANs, power and the like."""
    vlan = scapy.LLDPDUGenericOrganisationSpecific(org_code=0x80C2, subtype=1, data=b"\0\1")
    assert one(vlan, med(2, b"\1\x40\0\0"), address("192.0.2.8")).ip == "192.0.2.8"


def test_an_announcement_that_does_not_begin_with_its_chassis_is_passed_over():
    """So is one that ends at once; neither is malformed."""
    ether = bytes(l2.Ether(src=ALICE, type=0x88CC))
    assert read(ether + bytes(40)) == ([], False)
    assert read(ether + b"\x0a\4core\0\0") == ([], False)


def test_text_is_spelt_harmlessly():
    """As all text from the wire; what fills it up is left out."""
    name = scapy.LLDPDUSystemName(system_name="<img>\n\0 ")
    assert one(name).name == r"<img>\010"


def test_what_came_before_a_malformed_spot_is_told():
    """A part that runs past the end."""
    data = frame(scapy.LLDPDUSystemName(system_name="core"), address("192.0.2.8"))
    (fact,), malformed = read(data[:-12])
    assert malformed
    assert (fact.name, fact.ip) == ("core", None)


def test_a_thousand_parts_are_bounded():
    """The first 128 are read."""
    many = [med(2, b"\1\x40\0\0")] * 1000
    late = scapy.LLDPDUSystemName(system_name="late")
    assert one(*many[:100], late).name == "late"
    data = frame()[:-2] + b"\xfe\4\0\x12\xbb\2" * 1000 + b"\x0a\4late\0\0"
    (fact,), malformed = read(data)
    assert (fact.name, malformed) == ("", False)


ORDINARY = frame(
    scapy.LLDPDUSystemName(system_name="core"),
    scapy.LLDPDUSystemCapabilities(mac_bridge_enabled=1),
    address("192.0.2.8"),
    med(1, b"\0\x21\3"),
    med(10, b"Model"),
)


def test_no_beginning_makes_it_raise():
    """Cut at every byte."""
    for size in range(14, len(ORDINARY)):
        read(ORDINARY[:size])


@given(st.binary(max_size=200), st.integers(14, len(ORDINARY)))
def test_no_bytes_make_it_raise(junk: bytes, at: int):
    """Alone, and written over an ordinary announcement."""
    read(ORDINARY[:14] + junk)
    read(ORDINARY[:at] + junk[:4] + ORDINARY[at + 4 :])
