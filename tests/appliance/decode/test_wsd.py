"""WS-Discovery, against messages that the standard library's XML encoder makes."""

from time import process_time
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import wsd
from appliance.facts import WsdHeard
from tests.kit.alone import ALICE, ALICE_IP, envelope, told

DRAFT, FINAL = (
    {
        "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
        "d": "http://schemas.xmlsoap.org/ws/2005/04/discovery",
        "p": "http://schemas.xmlsoap.org/ws/2006/02/devprof",
    },
    {
        "a": "http://www.w3.org/2005/08/addressing",
        "d": "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01",
        "p": "http://docs.oasis-open.org/ws-dd/ns/dpws/2009/01",
    },
)
SOAP = "http://www.w3.org/2003/05/soap-envelope"
PRINT = "http://schemas.microsoft.com/windows/2006/08/wdp/print"
CAMERA = "http://www.onvif.org/ver10/network/wsdl"
UUID = "urn:uuid:02000000-0000-1000-8000-00000000000a"
ANONYMOUS = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"

TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=40)
PREFIXES = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,9}", fullmatch=True).filter(
    lambda name: not name.lower().startswith(("xml", "ns"))
)


def device(kind: str, ns: dict[str, str], endpoint: str = UUID, **said: str) -> ET.Element:
    found = ET.Element(f"{{{ns['d']}}}{kind}")
    reference = ET.SubElement(found, f"{{{ns['a']}}}EndpointReference")
    ET.SubElement(reference, f"{{{ns['a']}}}Address").text = endpoint
    for name, value in said.items():
        ET.SubElement(found, f"{{{ns['d']}}}{name}").text = value
    ET.SubElement(found, f"{{{ns['d']}}}MetadataVersion").text = "1"
    return found


def message(action: str, ns: dict[str, str], *devices: ET.Element, **prefixes: str) -> bytes:
    envelope = ET.Element(f"{{{SOAP}}}Envelope")
    head = ET.SubElement(envelope, f"{{{SOAP}}}Header")
    reply = ET.SubElement(head, f"{{{ns['a']}}}ReplyTo")
    ET.SubElement(reply, f"{{{ns['a']}}}Address").text = ANONYMOUS
    ET.SubElement(head, f"{{{ns['a']}}}Action").text = f"{ns['d']}/{action}"
    body = ET.SubElement(envelope, f"{{{SOAP}}}Body")
    if action.endswith("Matches"):
        body = ET.SubElement(body, f"{{{ns['d']}}}{action}")
    body.extend(devices)
    for prefix, namespace in prefixes.items():
        envelope.set(f"xmlns:{prefix}", namespace)
    return ET.tostring(envelope, encoding="utf-8", xml_declaration=True)


def read(data: bytes) -> list:
    facts, malformed = told(wsd.read(data, envelope(dport=wsd.PORT)))
    assert not malformed
    return facts


def heard(message: str, **more) -> WsdHeard:
    return WsdHeard(at=1.0, mac=ALICE, src=ALICE_IP, message=message, **more)


@given(
    st.sampled_from((DRAFT, FINAL)),
    st.sampled_from(
        (
            ("Hello", "Hello", "hello"),
            ("Bye", "Bye", "bye"),
            ("ProbeMatches", "ProbeMatch", "matches"),
            ("ResolveMatches", "ResolveMatch", "matches"),
        )
    ),
    PREFIXES,
)
def test_a_printer_tells_what_it_is(ns, form, prefix):
    """Its types, spelt one way whatever its prefixes are, and where it is, but no path."""
    action, kind, said = form
    types = f"{prefix}1:Device {prefix}2:PrintDeviceType other:Thing"
    links = "http://192.0.2.10:5357/secret http://[fe80::a]:5357/secret"
    prefixes = {f"{prefix}1": ns["p"], f"{prefix}2": PRINT, "other": "http://example.com/"}
    data = message(action, ns, device(kind, ns, Types=types, XAddrs=links), **prefixes)
    assert read(data) == [
        heard(
            said,
            endpoint=UUID,
            types=("wsdp:Device", "wprt:PrintDeviceType", "other:Thing"),
            hosts=("192.0.2.10", "fe80::a"),
        )
    ]


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=20))
def test_a_camera_tells_what_it_is(name, hardware, kinds):
    """Name, model and types, but not where it hangs."""
    site = "onvif://www.onvif.org"
    scopes = [f"{site}/type/{quote(kind, safe='')}" for kind in kinds]
    scopes += [f"{site}/location/secret", f"{site}/name/{quote(name, safe='')}", "http://a/name/b"]
    scopes += [f"{site}/hardware/{quote(hardware, safe='')}", f"{site}/name/other"]
    match = device(
        "ProbeMatch", DRAFT, Types="tns:NetworkVideoTransmitter", Scopes=" ".join(scopes)
    )
    assert read(message("ProbeMatches", DRAFT, match, tns=CAMERA)) == [
        heard(
            "matches",
            endpoint=UUID,
            types=("tdn:NetworkVideoTransmitter",),
            name=name,
            hardware=hardware,
            kinds=tuple(kinds[:16]),
        )
    ]


def test_a_program_that_looks_for_cameras():
    """What it looks for; it is none."""
    probe = ET.Element(f"{{{DRAFT['d']}}}Probe")
    ET.SubElement(probe, f"{{{DRAFT['d']}}}Types").text = "dn:NetworkVideoTransmitter"
    data = message("Probe", DRAFT, probe, dn=CAMERA)
    assert read(data) == [heard("probe", types=("tdn:NetworkVideoTransmitter",))]


def test_an_answer_about_several_devices():
    """One fact each, at most eight."""
    many = [device("ProbeMatch", FINAL, f"{UUID}{number}", Types="a:B") for number in range(20)]
    found = read(message("ProbeMatches", FINAL, *many))
    assert [fact.endpoint for fact in found] == [f"{UUID}{number}" for number in range(8)]


def test_an_endpoint_that_is_a_link_is_left_out():
    """It may hold a path."""
    (fact,) = read(message("Hello", DRAFT, device("Hello", DRAFT, "http://a/secret")))
    assert fact.endpoint == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 40,
        b"<Envelope><Action>http://example.com/Hello</Action><Hello>",
        message("Resolve", DRAFT, device("Resolve", DRAFT)),
        message("Hello", {**DRAFT, "d": "http://example.com"}, device("Hello", DRAFT)),
        message("Hello", DRAFT),
    ],
)
def test_other_messages_are_passed_over(data: bytes):
    """Also those that name no device."""
    assert read(data) == []


def test_text_is_spelt_harmlessly_and_cut():
    """As all text from the wire."""
    scopes = "onvif://www.onvif.org/name/a%0A%E2%80%AE onvif://www.onvif.org/hardware/" + "x" * 700
    (fact,) = read(message("Hello", DRAFT, device("Hello", DRAFT, Scopes=scopes)))
    assert fact.name == r"a\010\226\128\174"
    assert len(fact.hardware) == 255


def test_entities_are_not_expanded():
    """No XML parser reads this."""
    bomb = b'<!DOCTYPE a [<!ENTITY b "boom">]>'
    data = message("Hello", DRAFT, device("Hello", DRAFT, Types="wsdp:b"), wsdp=DRAFT["p"])
    assert read(bomb + data.replace(b"wsdp:b<", b"wsdp:&b;<"))[0].types == ("wsdp:&b;",)


def test_many_types_and_hosts_are_bounded():
    """Sixteen and four."""
    types = " ".join(f"a:T{number}" for number in range(300))
    links = " ".join(f"http://h{number}/" for number in range(300))
    (fact,) = read(message("Hello", DRAFT, device("Hello", DRAFT, Types=types, XAddrs=links)))
    assert (len(fact.types), len(fact.hosts)) == (16, 4)


@pytest.mark.parametrize(
    "part",
    [b"<", b"<a:", b"<Types ", b"<Types>", b"<Types>a<", b" xmlns:a='", b"://", b"a" * 31, b" a:b"],
)
def test_no_long_message_takes_long(part: bytes):
    """Patterns do not go back over what they have read: 64 KiB of anything is read at once."""
    start = message("Hello", DRAFT, device("Hello", DRAFT))[:-40]
    began = process_time()
    read((start + part * 65_000)[:65_000])
    assert process_time() - began < 0.2


ORDINARY = message(
    "Hello", DRAFT, device("Hello", DRAFT, Types="p:Device", XAddrs="http://a/"), p=DRAFT["p"]
)


def test_no_beginning_makes_it_raise():
    """Cut at every byte."""
    for size in range(len(ORDINARY)):
        read(ORDINARY[:size])


@given(st.binary(max_size=200), st.integers(0, len(ORDINARY)))
def test_no_bytes_make_it_raise(junk: bytes, at: int):
    """Alone, and written over an ordinary message."""
    read(junk)
    read(ORDINARY[:at] + junk + ORDINARY[at + len(junk) :])
