"""The ClientHello, against scapy's."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import Decoder, ja4
from appliance.facts import Fact, TlsHello
from tests.kit import wire
from tests.kit.handshakes import extension, hello, message, recorded, server_name
from tests.kit.scapy_layers import layer

shake, ext = layer("tls.handshake"), layer("tls.extensions")

ALICE, ALICE_IP, SERVER_IP = "02:00:00:00:00:0a", "192.0.2.10", "198.51.100.7"
HOSTS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-.", max_size=60).filter(
    lambda host: not host.endswith(".")
)
NUMBERS = st.lists(st.integers(0, 65_535), min_size=1, max_size=30)
PROTOCOLS = st.lists(st.text("abcdefghij/.0123456789", min_size=1, max_size=9), max_size=4)


def sent(numbers: list[int]) -> bytes:
    return pack(f"!{len(numbers)}H", *numbers)


def read(stream: bytes, decoder: Decoder | None = None) -> list[Fact]:
    frame = wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, 50_000, 8443, stream)
    return (decoder or Decoder()).read(frame)


@given(HOSTS, PROTOCOLS, st.tuples(NUMBERS, NUMBERS, NUMBERS), st.integers(1, 200))
def test_a_hello(host: str, protocols: list[str], numbers: tuple[list[int], ...], size: int):
    """On any port, in records of any size: where to, what is offered, and by which program."""
    ciphers, signatures, versions = numbers
    blocks = [
        ext.TLS_Ext_ServerName(servernames=[ext.ServerName(servername=host)]),
        ext.TLS_Ext_SignatureAlgorithms(sig_algs=signatures),
        ext.TLS_Ext_SupportedVersion_CH(versions=versions),
    ]
    if protocols:
        names = [ext.ProtocolName(protocol=protocol) for protocol in protocols]
        blocks.append(ext.TLS_Ext_ALPN(protocols=names))
    offer = bytes(shake.TLSClientHello(version=0x0303, ciphers=ciphers, ext=blocks))
    highest = max((each for each in versions if each not in ja4.GREASE), default=0x0303)
    kinds = (0, 13, 43, 16) if protocols else (0, 13, 43)
    first = protocols[0].encode() if protocols else b""
    decoder = Decoder()
    assert read(recorded(offer, size), decoder) == [
        TlsHello(
            at=1.0,
            mac=ALICE,
            src=ALICE_IP,
            dst=SERVER_IP,
            dport=8443,
            name=host,
            alpn=tuple(protocols),
            version=highest,
            ja4=ja4.fingerprint(highest, sent(ciphers), kinds, first, sent(signatures)),
        )
    ]
    assert decoder.malformed == 0


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        (b"Example.ORG", "example.org"),
        (b"example.org.", "example.org"),
        (b"<b>\n\0", r"<b>\010\000"),
        ("a\u202eb".encode(), r"a\226\128\174b"),
        (b"", ""),
        (b"a" * 9000, "a" * 255),
    ],
)
def test_a_server_name_is_spelt_once_and_harmlessly(name: bytes, spelt: str):
    """In lower case, without the final dot."""
    (fact,) = read(recorded(hello(server_name(name))))
    assert isinstance(fact, TlsHello)
    assert fact.name == spelt
    assert fact.ja4.startswith("t12d0101")


def test_an_old_hello_without_extensions():
    """As SSL 3 had it: the version is that of the message."""
    (fact,) = read(recorded(message(1, b"\3\0" + bytes(32) + b"\0\0\2\0\x2f\1\0")))
    assert isinstance(fact, TlsHello)
    assert (fact.version, fact.name, fact.alpn) == (0x0300, "", ())
    assert fact.ja4.startswith("ts3i010000_")


def test_a_thousand_extensions_are_read():
    """The count in the fingerprint ends at 99."""
    blocks = b"".join(extension(number + 100, b"") for number in range(1000)) + server_name(
        b"a.example"
    )
    (fact,) = read(recorded(hello(blocks)))
    assert isinstance(fact, TlsHello)
    assert fact.name == "a.example"
    assert fact.ja4.startswith("t12d0199")


def test_a_server_name_of_65_000_bytes_is_no_name():
    """The hello is longer than is read: what came before is told, without a fingerprint."""
    protocols = extension(16, b"\0\3\2h2")
    long = hello(protocols + server_name(b"a" * 65_000))
    (fact,) = read(recorded(long)[:65_000])
    assert isinstance(fact, TlsHello)
    assert (fact.name, fact.alpn, fact.ja4) == ("", ("h2",), "")


@pytest.mark.parametrize(
    "broken",
    [
        b"\0",  # no head
        pack("!HH", 10, 9) + b"short",
        extension(0, b"\0\1"),
        extension(0, b"\0\3\0\xff\xff"),
        extension(16, b"\0\3\x09h2"),
    ],
)
def test_what_came_before_a_malformed_extension_is_told(broken: bytes):
    """Without a fingerprint, and the hello is counted."""
    decoder = Decoder()
    (fact,) = read(recorded(hello(server_name(b"a.example") + broken)), decoder)
    assert isinstance(fact, TlsHello)
    assert fact.ja4 == ""
    assert fact.name == "a.example"
    assert decoder.malformed == 1


def test_a_hello_that_claims_more_extensions_than_it_has():
    """Those that are there are told."""
    body = hello(server_name(b"a.example"))[4:]
    at = 41  # where the length of all extensions is
    claimed = int.from_bytes(body[at : at + 2]) + 5
    decoder = Decoder()
    offer = message(1, body[:at] + claimed.to_bytes(2) + body[at + 2 :])
    (fact,) = read(recorded(offer), decoder)
    assert isinstance(fact, TlsHello)
    assert (fact.name, fact.ja4, decoder.malformed) == ("a.example", "", 1)


def test_protocols_beyond_sixteen_are_left_out():
    """No program offers as many."""
    (fact,) = read(recorded(hello(extension(16, b"\0\xc8" + b"\1h" * 100))))
    assert isinstance(fact, TlsHello)
    assert fact.alpn == ("h",) * 16


@pytest.mark.parametrize("size", range(39))
def test_a_hello_that_offers_nothing_tells_nothing(size: int):
    """It says its whole length, and is malformed."""
    body = hello(server_name(b"a.example"))[4 : 4 + size]
    decoder = Decoder()
    assert read(recorded(message(1, body)), decoder) == []
    assert decoder.malformed == 1
