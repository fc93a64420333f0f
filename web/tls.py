"""The box's own certificate authority, and the certificate that the pages are served with.

``ca.pem`` is what a technician installs on the practice's computers; it may only vouch for
private names and addresses (RFC 5280 section 4.2.1.10), so that whoever steals the card of a box
gains nothing outside. ``leaf.pem`` names this box and lives 397 days, the longest that browsers
take. Keys are files that only the box can read. Imported only by `web.prepare`, in a process
that ends: the library weighs 15 MB.
"""

import os
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from appliance.addresses import PRIVATE

CA_LIFE = timedelta(days=3650)
LEAF_LIFE = timedelta(days=397)
LEFT = timedelta(days=30)
"""A certificate with less time left than this is renewed."""

SLACK = timedelta(days=1)
"""Certificates begin this long ago, for computers whose clock is behind."""

PRIVATE_NAMES = ("local", "lan", "home", "internal", "home.arpa", "localdomain", "localhost")
LOOPBACK = ("127.0.0.0/8", "::1/128")

Key = ec.EllipticCurvePrivateKey


def prepare(folder: Path, names: Iterable[str], now: float) -> bool:
    """Have a valid authority and certificate for *names* in *folder*; tell whether it changed.

    *names* are host names and addresses; *now* is in seconds since 1970 UTC.
    """
    wanted = tuple(sorted({name.lower() for name in names}))
    moment = datetime.fromtimestamp(now, UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ca = _read(folder, "ca")
    fresh = ca is None or not _lasts(ca[0], moment, LEAF_LIFE) or not _vouches(ca[0], wanted)
    if ca is None or fresh:
        ca = _authority(wanted, moment)
        _write(folder, "ca", *ca)
    leaf = _read(folder, "leaf")
    if not fresh and leaf and _lasts(leaf[0], moment, LEFT) and _named(leaf[0]) == wanted:
        return False
    _write(folder, "leaf", *_certificate(wanted, moment, *ca))
    return True


def _authority(names: tuple[str, ...], moment: datetime) -> tuple[x509.Certificate, Key]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _called(f"Vigie {secrets.token_hex(6)}")
    builder = (
        _begun(name, name, key, (moment, CA_LIFE))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .add_extension(_key_id(key), critical=False)
    )
    return builder.sign(key, hashes.SHA256()), key


def _certificate(
    names: tuple[str, ...], moment: datetime, ca: x509.Certificate, ca_key: Key
) -> tuple[x509.Certificate, Key]:
    key = ec.generate_private_key(ec.SECP256R1())
    server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    builder = (
        _begun(_called("Vigie"), ca.subject, key, (moment, LEAF_LIFE))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(server, critical=False)
        .add_extension(x509.SubjectAlternativeName(_names(names)), critical=False)
        .add_extension(_key_id(key), critical=False)
        .add_extension(issuer_id, critical=False)
    )
    return builder.sign(ca_key, hashes.SHA256()), key


def _begun(
    subject: x509.Name, issuer: x509.Name, key: Key, valid: tuple[datetime, timedelta]
) -> x509.CertificateBuilder:
    start, life = valid[0] - SLACK, valid[1]
    return (
        x509.CertificateBuilder(issuer_name=issuer, subject_name=subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + life)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    """Let an authority sign certificates, and a server what it says."""
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _key_id(key: Key) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key())


def _names(names: Iterable[str]) -> list[x509.GeneralName]:
    return [_address(name) or x509.DNSName(name) for name in names]


def _address(name: str) -> x509.IPAddress | None:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return None


def _permitted(names: tuple[str, ...]) -> list[x509.GeneralName]:
    """Give what the authority may vouch for: everything private, and *names*."""
    hosts = {name for name in names if _address(name) is None} | set(PRIVATE_NAMES)
    networks = {ip_network(name) for name in names if _address(name) is not None}
    private = {*PRIVATE, *map(ip_network, LOOPBACK)}
    outside = {one for one in networks if not any(_inside(one, each) for each in private)}
    return [
        *(x509.DNSName(host) for host in sorted(hosts)),
        *(x509.IPAddress(network) for network in sorted(private | outside, key=str)),
    ]


def _vouches(ca: x509.Certificate, names: tuple[str, ...]) -> bool:
    """Tell whether *ca* may sign for every one of *names*."""
    constraints = ca.extensions.get_extension_for_class(x509.NameConstraints).value
    allowed = constraints.permitted_subtrees or []
    hosts = [one.value for one in allowed if isinstance(one, x509.DNSName)]
    networks = [one.value for one in allowed if isinstance(one, x509.IPAddress)]
    return all(
        any(_inside(ip_network(name), network) for network in networks)
        if _address(name)
        else any(name == host or name.endswith(f".{host}") for host in hosts)
        for name in names
    )


def _inside(one: IPv4Network | IPv6Network, other: object) -> bool:
    if isinstance(one, IPv4Network):
        return isinstance(other, IPv4Network) and one.subnet_of(other)
    return isinstance(other, IPv6Network) and one.subnet_of(other)


def _named(leaf: x509.Certificate) -> tuple[str, ...]:
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return tuple(sorted(str(name.value) for name in names))


def _lasts(certificate: x509.Certificate, moment: datetime, left: timedelta) -> bool:
    begun = certificate.not_valid_before_utc <= moment
    return begun and certificate.not_valid_after_utc - moment >= left


def _read(folder: Path, name: str) -> tuple[x509.Certificate, Key] | None:
    """Give a certificate and its key; None when either is missing, unreadable or not a pair."""
    try:
        certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
        key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
    except (OSError, ValueError, TypeError):
        return None
    if not isinstance(key, Key) or key.public_key() != certificate.public_key():
        return None
    return certificate, key


def _write(folder: Path, name: str, certificate: x509.Certificate, key: Key) -> None:
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    for path, content, mode in (
        (folder / f"{name}.key", secret, 0o600),
        (folder / f"{name}.pem", public, 0o644),
    ):
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        with os.fdopen(file, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
