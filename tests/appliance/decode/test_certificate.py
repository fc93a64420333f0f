"""Certificates, against those that the cryptography package makes."""

from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode.certificate import Certificate
from appliance.decode.reader import Malformed
from tests.kit.handshakes import certificate as made
from tests.kit.handshakes import named

TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=40)
HOSTS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-.*", min_size=1, max_size=30)
ADDRESSES = st.ip_addresses().filter(lambda ip: "." not in str(ip) or ip.version == 4)


def name(*parts: tuple[x509.ObjectIdentifier, str], kind: _ASN1Type | None = None) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value, _type=kind) for oid, value in parts])


def read(der: bytes) -> Certificate:
    certificate = Certificate()
    certificate.read(der)
    return certificate


@given(TEXTS, TEXTS, st.lists(HOSTS, max_size=5), st.lists(ADDRESSES, max_size=3))
def test_what_a_certificate_says_of_its_owner(subject, issuer, hosts, addresses):
    """Its common name, its other names and addresses, and who signed it."""
    names = [x509.DNSName(host) for host in hosts]
    names += [x509.IPAddress(address) for address in addresses]
    found = read(made(named(subject), named(issuer), *names))
    assert (found.subject, found.issuer) == (subject, issuer)
    assert found.names == [*hosts, *map(str, addresses)]
    assert found.self_signed is (subject == issuer)


def test_an_issuer_without_a_common_name_is_its_organisation():
    """As some authorities sign; a subject without one has none."""
    organisation = name((NameOID.COUNTRY_NAME, "FR"), (NameOID.ORGANIZATION_NAME, "Cabinet"))
    found = read(made(organisation, organisation))
    assert (found.subject, found.issuer, found.self_signed) == ("", "Cabinet", True)


@pytest.mark.parametrize(
    "kind", [_ASN1Type.UTF8String, _ASN1Type.PrintableString, _ASN1Type.BMPString]
)
def test_every_kind_of_string_is_spelt(kind: _ASN1Type):
    """Old programs write two bytes per character."""
    both = name((NameOID.COMMON_NAME, "Alice"), kind=kind)
    assert read(made(both, both)).subject == "Alice"


def test_other_names_than_hosts_and_addresses_are_passed_over():
    """Mail addresses and links are of no use here."""
    names = [x509.RFC822Name("a@b.example"), x509.DNSName("Host.Example")]
    assert read(made(named("a"), named("b"), *names)).names == ["host.example"]


def test_a_hundred_names_are_bounded():
    """Sixteen are kept."""
    names = [x509.DNSName(f"h{number}.example") for number in range(100)]
    assert len(read(made(named("a"), named("b"), *names)).names) == 16


def test_names_are_spelt_harmlessly():
    """As all text from the wire."""
    evil = named("<img>\n\u202e")
    assert read(made(evil, evil)).subject == r"<img>\010\226\128\174"


def test_what_comes_before_a_malformed_spot_is_kept():
    """An address of the wrong length ends the reading; the names before it stay."""
    address = x509.IPAddress(ip_address("192.0.2.1"))
    der = made(named("alice"), named("authority"), x509.DNSName("alice.example"), address)
    kept = Certificate()
    broken = der.replace(bytes((0x87, 4, 192)), bytes((0x87, 9, 192)))
    assert broken != der
    with pytest.raises(Malformed):
        kept.read(broken)
    assert (kept.subject, kept.issuer, kept.names) == ("alice", "authority", ["alice.example"])


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"\x30",
        b"\x30\x80",  # of no length: not DER
        b"\x30\x85\0\0\0\0\1a",  # a length of five bytes
        b"\x30\x84\xff\xff\xff\xff",
        b"\x1f\1a",  # a long tag
        b"\x02\1a",  # no sequence
        b"\x30\2\x02\0",
    ],
)
def test_what_is_no_certificate_is_malformed(der: bytes):
    """Nothing else comes out."""
    with pytest.raises(Malformed):
        read(der)


ORDINARY = made(named("alice"), named("b"), x509.DNSName("alice.example"))


@given(st.binary(max_size=100), st.integers(0, 299))
def test_any_bytes_are_read_or_malformed(junk: bytes, at: int):
    """Random ones, and a certificate with some overwritten."""
    few = junk[: len(junk) // 10]
    for attempt in (
        junk,
        ORDINARY[:at] + few + ORDINARY[at + len(few) :],
        b"\x30\x82\x10\0\x30\x82\x10\0" + junk,
    ):
        try:
            read(attempt)
        except Malformed:
            continue
