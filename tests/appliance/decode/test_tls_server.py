"""The ServerHello and its certificate, against scapy's and the cryptography package's."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, Hash
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder
from appliance.facts import Fact, TlsServed
from tests.kit import wire
from tests.kit.handshakes import certificate, certificates, message, named, recorded
from tests.kit.scapy_layers import layer

shake, ext = layer("tls.handshake"), layer("tls.extensions")

SERVER, SERVER_IP, ALICE_IP = "02:00:00:00:00:01", "198.51.100.7", "192.0.2.10"
LEAF = certificate(named("alice.example"), named("authority"), x509.DNSName("alice.example"))
CHANGE_CIPHER = b"\x14\3\3\0\1\1"
RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")


def hello(version: int = 0x0303, cipher: int = 0xC02F, blocks: object = None) -> bytes:
    told = shake.TLSServerHello(
        version=version, gmt_unix_time=0, random_bytes=bytes(28), cipher=cipher, ext=blocks
    )
    return bytes(told)


def read(stream: bytes, decoder: Decoder | None = None) -> list[Fact]:
    frame = wire.tcp(1.0, SERVER, SERVER_IP, ALICE_IP, 443, 50_000, stream)
    return (decoder or Decoder()).read(frame)


def served(**told: object) -> TlsServed:
    known = {"at": 1.0, "mac": SERVER, "src": SERVER_IP, "dst": ALICE_IP, "sport": 443}
    return TlsServed(**{**known, "version": 0x0303, "cipher": 0xC02F, **told})


def hashes(der: bytes) -> dict[str, str]:
    """Give the hashes of a certificate, as another library makes them."""
    sums = {"sha1": SHA1(), "sha256": SHA256()}  # noqa: S303 - a name, not a proof
    found = {}
    for name, kind in sums.items():
        made = Hash(kind)
        made.update(der)
        found[name] = made.finalize().hex()
    return found


@given(st.sampled_from((0x0300, 0x0301, 0x0303)), st.integers(0, 65_535), st.integers(50, 900))
def test_a_hello_with_its_certificate(version: int, cipher: int, size: int):
    """In records of any size; of a chain the first is the server's own."""
    flight = recorded(hello(version, cipher) + certificates(LEAF, b"of the authority"), size)
    assert read(flight) == [
        served(
            version=version,
            cipher=cipher,
            subject="alice.example",
            names=("alice.example",),
            issuer="authority",
            **hashes(LEAF),
        )
    ]


def test_a_certificate_that_signs_itself():
    """It says so."""
    own = certificate(named("nas"), named("nas"))
    (fact,) = read(recorded(hello() + certificates(own)))
    assert fact == served(subject="nas", issuer="nas", self_signed=True, **hashes(own))


@pytest.mark.parametrize("more", [CHANGE_CIPHER, b"\x17\3\3\0\1x", recorded(b"\x04\0\0\0")])
def test_a_hello_without_certificate(more: bytes):
    """A session taken up again, or a newer version, goes on with something else."""
    assert read(recorded(hello()) + more) == [served()]


def test_the_version_that_the_extension_names():
    """TLS 1.3 calls itself 1.2 where old machines look."""
    chosen = [ext.TLS_Ext_SupportedVersion_SH(version=0x0304)]
    (fact,) = read(recorded(hello(blocks=chosen, cipher=0x1301)) + CHANGE_CIPHER)
    assert fact == served(version=0x0304, cipher=0x1301)


def test_a_hello_that_only_asks_to_try_again_tells_nothing():
    """The real one is still to come."""
    retry = hello()[:6] + RETRY + hello()[38:]
    decoder = Decoder()
    assert read(recorded(retry) + CHANGE_CIPHER, decoder) == []
    assert decoder.malformed == 0


def test_a_broken_certificate_leaves_the_hello():
    """What came before the malformed spot is told."""
    decoder = Decoder()
    at = LEAF.rindex(b"alice.example") - 2
    broken = LEAF[:at] + b"\xff" + LEAF[at + 1 :]
    (fact,) = read(recorded(hello() + certificates(broken)), decoder)
    assert fact == served(subject="alice.example", issuer="authority", **hashes(broken))
    (fact,) = read(recorded(hello() + certificates(b"none")), decoder)
    assert fact == served(**hashes(b"none"))
    assert decoder.malformed == 2


@pytest.mark.parametrize("size", [0, 2, 34, 36])
def test_a_hello_shorter_than_it_must_be_is_malformed(size: int):
    """Before its cipher there is nothing to tell."""
    decoder = Decoder()
    short = message(2, hello()[4 : 4 + size])
    assert read(recorded(short) + CHANGE_CIPHER, decoder) == []
    assert decoder.malformed == 1
