"""SNMP, against scapy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.asn1 import asn1 as values

from appliance.decode import snmp
from appliance.facts import SnmpHeard
from tests.kit.alone import ALICE, ALICE_IP, BOB_IP, envelope, told
from tests.kit.scapy_layers import layer

scapy = layer("snmp")

DESCRIPTION, OBJECT_ID, NAME = (f"1.3.6.1.2.1.1.{number}.0" for number in (1, 2, 5))
DEVICE = "1.3.6.1.2.1.25.3.2.1.3.1"
TEXTS = st.text("abcdefghijklmnopqrstuvwxyz0123456789 -_.,;:/()#", max_size=200)
COMMUNITIES = st.sampled_from((b"public", b"private", b"Public", b"secret", b"", b"public "))
VERSIONS = st.sampled_from(((0, "1"), (1, "2c")))
NUMBERS = st.lists(st.integers(0, 2**32 - 1), max_size=10)


def message(pdu, version: int = 1, community: bytes = b"public") -> bytes:
    return bytes(scapy.SNMP(version=version, community=community, PDU=pdu))


def response(*pairs: tuple[str, object]) -> bytes:
    binds = [scapy.SNMPvarbind(oid=oid, value=value) for oid, value in pairs]
    return message(scapy.SNMPresponse(id=77, varbindlist=binds))


def octets(text: str) -> object:
    return values.ASN1_STRING(text)


def read(data: bytes) -> tuple[list, bool]:
    return told(snmp.read(data, envelope(dport=161)))


def one(data: bytes) -> SnmpHeard:
    (fact,), malformed = read(data)
    assert not malformed
    assert isinstance(fact, SnmpHeard)
    return fact


@given(
    VERSIONS,
    COMMUNITIES,
    st.sampled_from(
        (
            ("SNMPget", "get"),
            ("SNMPnext", "next"),
            ("SNMPset", "set"),
            ("SNMPbulk", "bulk"),
            ("SNMPinform", "inform"),
            ("SNMPtrapv1", "trap"),
            ("SNMPtrapv2", "trap"),
            ("SNMPresponse", "response"),
        )
    ),
)
def test_what_kind_of_message_it_is(version, community, kind):
    """And whether its community is one that everybody knows; the community is not kept."""
    binds = [scapy.SNMPvarbind(oid="1.3.6.1.4.1.1", value=octets("x"))]
    pdu = getattr(scapy, kind[0])(varbindlist=binds)
    if kind[0] == "SNMPtrapv1":
        pdu.time_stamp = 0
    data = message(pdu, version[0], community)
    assert one(data) == SnmpHeard(
        at=1.0,
        mac=ALICE,
        src=ALICE_IP,
        dst=BOB_IP,
        version=version[1],
        message=kind[1],
        known_community=community in (b"public", b"private"),
    )


@given(TEXTS, TEXTS, TEXTS, NUMBERS)
def test_what_a_device_answers_of_itself(description, name, device, numbers):
    """What it is, what it is called, its maker's number for it; not where it stands."""
    object_id = ".".join(map(str, (1, 3, 6, 1, 4, 1, *numbers)))
    fact = one(
        response(
            (DESCRIPTION, octets(description)),
            (OBJECT_ID, values.ASN1_OID(object_id)),
            ("1.3.6.1.2.1.1.4.0", octets("Alice")),
            ("1.3.6.1.2.1.1.6.0", octets("Room")),
            (NAME, octets(name)),
            (DEVICE, octets(device)),
        )
    )
    assert (fact.description, fact.name, fact.device) == (description, name, device)
    assert fact.object_id == object_id
    assert "Alice" not in repr(fact)
    assert "Room" not in repr(fact)


@pytest.mark.parametrize("oid", ["0.39", "1.0.8802", "2.999.3", "2.5.29"])
def test_an_object_identifier_of_another_branch(oid: str):
    """The first byte holds the first two numbers."""
    assert one(response((OBJECT_ID, values.ASN1_OID(oid)))).object_id == oid


def test_a_request_says_nothing_of_a_device():
    """Nor does a value of another kind, as of a variable that is not there."""
    bind = scapy.SNMPvarbind(oid=NAME, value=octets("name"))
    assert one(message(scapy.SNMPset(varbindlist=[bind]))).name == ""
    numbered = response((NAME, values.ASN1_INTEGER(7)), (OBJECT_ID, octets("x")))
    assert (one(numbered).name, one(numbered).object_id) == ("", "")


def test_version_three_is_only_told_as_such():
    """Its header (RFC 3412, section 6), and nothing of what follows."""
    header = b"\x30\x0d\2\1\7\2\2\5\xdc\4\1\4\2\1\3"
    data = b"\2\1\3" + header + b"\4\2ab\4\2cd"
    fact = one(b"\x30" + bytes((len(data),)) + data)
    assert (fact.version, fact.message, fact.known_community) == ("3", "", False)


@pytest.mark.parametrize("version", [2, 4, 255, 2**31])
def test_other_versions_are_passed_over(version: int):
    """Nobody speaks them."""
    assert read(message(scapy.SNMPget(), version)) == ([], False)


def test_text_is_spelt_harmlessly_and_cut():
    """As all text from the wire."""
    fact = one(response((DESCRIPTION, octets("<b>\n" + "x" * 900)), (NAME, octets("a\0"))))
    assert fact.description.startswith(r"<b>\010xxx")
    assert len(fact.description) == 255
    assert fact.name == r"a\000"


def test_what_came_before_a_malformed_spot_is_told():
    """An object identifier without an end, or cut."""
    data = response((NAME, octets("core")), (OBJECT_ID, values.ASN1_OID("1.3.6.1.4.1.9")))
    for broken in (
        data[:-1] + b"\xff",
        data.replace(b"\6\6\x2b\6\1\4\1\x09", b"\6\7\x2b\6\1\4\1\x09"),
    ):
        (fact,), malformed = read(broken)
        assert (fact.name, fact.object_id, malformed) == ("core", "", True)


def test_a_thousand_values_are_bounded():
    """The first 64 are looked at."""
    many = [("1.3.6.1.2.1.1.3.0", values.ASN1_INTEGER(0))] * 1000
    assert one(response(*many[:60], (NAME, octets("a")))).name == "a"
    assert one(response(*many, (NAME, octets("a")))).name == ""
    long = values.ASN1_OID("1.3" + ".1" * 900)
    (fact,), malformed = read(response((OBJECT_ID, long)))
    assert (fact.object_id, malformed) == ("", True)


@pytest.mark.parametrize(
    "data", [b"", b"\x30\0", b"\x30\3\2\1\0", b"\x30\6\2\1\0\4\0\x30", b"\0" * 9]
)
def test_what_is_no_message_is_malformed(data: bytes):
    """Nothing is told."""
    assert read(data) == ([], True)


ORDINARY = response((DESCRIPTION, octets("Laser")), (OBJECT_ID, values.ASN1_OID("1.3.6.1.4.1.11")))


def test_no_beginning_makes_it_raise():
    """Cut at every byte."""
    for size in range(len(ORDINARY)):
        assert read(ORDINARY[:size]) == ([], True)


@given(st.binary(max_size=200), st.integers(0, len(ORDINARY)))
def test_no_bytes_make_it_raise(junk: bytes, at: int):
    """Alone, and written over an ordinary answer."""
    read(junk)
    read(ORDINARY[:at] + junk[:4] + ORDINARY[at + 4 :])
