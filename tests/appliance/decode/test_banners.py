"""Greetings, as servers' own manuals and the standards have them."""

from struct import pack

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appliance.decode.banners import begins, read
from appliance.decode.reader import LONGEST_TEXT
from appliance.decode.software import _NAMES
from appliance.facts import BannerHeard
from tests.kit.messages import ALICE, ALICE_IP, ANY, SERVER_IP, told
from tests.kit.scapy_layers import layer

ssh = layer("ssh")

PERSONS = st.text(st.characters(categories=("Lu", "Ll")), min_size=4, max_size=12)
PORTS = (21, 22, 23, 25, 110, 143, 3306, 5900, ANY)


def heard(message: bytes, sport: int, dport: int = ANY) -> BannerHeard:
    assert begins(message)
    (fact,), broken = told(read, message, sport, dport)
    assert isinstance(fact, BannerHeard)
    assert not broken
    assert (fact.mac, fact.src, fact.dst) == (ALICE, ALICE_IP, SERVER_IP)
    assert (fact.at, fact.sport, fact.dport) == (1.0, sport, dport)
    return fact


def mysql(version: bytes) -> bytes:
    """A HandshakeV10 packet, field by field as MySQL's source documentation lists them."""
    body = b"\x0a" + version + b"\0" + pack("<I", 11) + b"dvH@I-CJ" + b"\0"
    body += pack("<HBHHB", 0xF7FF, 8, 2, 0x8007, 21) + bytes(10) + b"scrambled123\0"
    body += b"mysql_native_password\0"
    return pack("<I", len(body))[:3] + b"\0" + body


GREETINGS = [
    (b"SSH-2.0-billsSSH_3.6.3q3\r\n", 22, "ssh", "billsSSH_3.6.3q3"),
    (b"SSH-1.99-Cisco-1.25\n", 22, "ssh", "Cisco-1.25"),
    (b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n", 22, "ssh", "OpenSSH_9.2p1 Debian-2+deb12u3"),
    (
        b"SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.11\r\n",
        22,
        "ssh",
        "OpenSSH_9.6p1 Ubuntu-3ubuntu13.11",
    ),
    (b"SSH-2.0-WinSSHD Welcome to Dr Durand\r\n", 22, "ssh", "WinSSHD"),
    (b"220 ProFTPD 1.3.5 Server (Debian) [::1]\r\n", 21, "ftp", "ProFTPD 1.3.5 Debian"),
    (b"220-Cabinet Durand\r\n220-\r\n220 (vsFTPd 3.0.3)\r\n", 21, "ftp", "vsFTPd 3.0.3"),
    (b"220 Service ready for new user.\r\n", 21, "ftp", ""),
    (b"220 JD FTP Server Ready\r\n", ANY, "ftp", "JD FTP Server"),
    (b"220 postfix ESMTP Exim 4.94.2 Fri, 01 Jan 2021\r\n", 25, "smtp", "Exim 4.94.2"),
    (b"220 host ESMTP\r\n220 Exim\r\n", 587, "smtp", ""),
    (b"220 durand.example ESMTP Postfix\r\n", ANY, "smtp", "Postfix"),
    (b"220 durand.example Simple Mail Transfer Service Ready\r\n", 25, "smtp", ""),
    (b"* OK [CAPABILITY IMAP4rev1] Dovecot (Debian) ready.\r\n", 143, "imap", "Dovecot Debian"),
    (b"* OK IMAP4rev1 server ready\r\n", ANY, "imap", ""),
    (b"+OK Dovecot ready. <1896.697170952@durand.example>\r\n", 110, "pop3", "Dovecot"),
    (b"+OK POP3 server ready\r\n", ANY, "pop3", ""),
    (b"RFB 003.008\n", 5900, "vnc", "RFB 003.008"),
    (b"\xff\xfd\x18\xff\xfd\x20Login of Dr Durand: ", 23, "telnet", ""),
    (b"\xff\xfb\x01", ANY, "telnet", ""),
    (mysql(b"8.0.36"), 3306, "mysql", "8.0.36"),
    (mysql(b"5.5.2-m2"), 3306, "mysql", "5.5.2-m2"),
    (
        mysql(b"5.5.5-10.11.6-MariaDB-0+deb12u1"),
        ANY,
        "mysql",
        "5.5.5-10.11.6-MariaDB-0+deb12u1",
    ),
    (mysql(b"8.0.36-durand"), 3306, "mysql", "8.0.36"),
]


@pytest.mark.parametrize(("message", "sport", "protocol", "says"), GREETINGS)
def test_a_greeting_tells_protocol_and_software(
    message: bytes, sport: int, protocol: str, says: str
):
    """And no other word of it."""
    fact = heard(message, sport, ANY + 1)
    assert (fact.protocol, fact.server, fact.says) == (protocol, True, says)


@given(st.text("abcXYZ0189._", min_size=1, max_size=40))
def test_ssh_as_scapy_says_it(software: str):
    """The two numbers and the line end are taken off."""
    fact = heard(bytes(ssh.SSHVersionExchange(lines=[f"SSH-2.0-{software}".encode()])), 22)
    assert (fact.protocol, fact.says) == ("ssh", software)


@pytest.mark.parametrize(
    ("message", "port"),
    [(b"SSH-2.0-PuTTY_Release_0.78\r\n", 22), (b"RFB 003.008\n", 5901), (b"\xff\xfb\x1f", 23)],
)
def test_where_both_sides_speak_alike_the_port_tells_who_serves(message: bytes, port: int):
    """The protocol's own, or the lower one."""
    for client in (ANY, 1025):
        assert heard(message, port, client).server
        assert not heard(message, client, port).server
    assert heard(message, 40_000, 50_000).server


@given(PERSONS, st.sampled_from(_NAMES), st.sampled_from(PORTS))
def test_no_name_of_a_person_is_kept_of_free_text(person: str, name: str, port: int):
    """In no greeting that an administrator may have written."""
    assume(person.casefold() not in " ".join(_NAMES).casefold())
    words = (
        f"Welcome to Dr {person}, {person}.example {name} {person}-{name} 1.2-{person} ({person})"
    )
    for message in (
        f"220 {words} FTP\r\n",
        f"220-{words}\r\n{person}\r\n220 {words}\r\n",
        f"220 {person} ESMTP {words}\r\n",
        f"* OK {words}\r\n",
        f"+OK POP {words}\r\n",
        f"SSH-2.0-OpenSSH_9.2 {words}\r\n",
        f"SSH-2.0-OpenSSH_9.2 Debian-2 {words}\r\n",
        f"SSH-2.0-OpenSSH_9.2 Debian-{person}\r\n",
        f"SSH-2.0-OpenSSH_9.2 Debian-2+deb{person}\r\n",
    ):
        assert person.casefold() not in said(message.encode(), port)
    for version in (f"8.0.36-{person}", f"8.0.36-log-{person}", f"{person}-8.0"):
        assert person.casefold() not in said(mysql(version.encode()), port)


def said(message: bytes, port: int) -> str:
    """What is kept of *message*, in one text."""
    facts, _ = told(read, message, port)
    return " ".join(fact.says for fact in facts).casefold()


@pytest.mark.parametrize(
    ("message", "sport"),
    [
        (b"220 hello\r\n", ANY),
        (b"+OK\r\n", 6379),
        (b"+OK 2 320", 110),
        (b"RFB 3.8\n", 5900),
        (b"\xff\xfb\x90\x44 sound", ANY),
        (b"\xff\xfb\x01login", ANY),
        (b"\xff\xfb\x90", 23),
        (mysql(b"gateway"), 3306),
        (b"220", 21),
        (b"", 21),
    ],
)
def test_other_things_are_passed_over(message: bytes, sport: int):
    """They are no fault."""
    assert told(read, message, sport) == ([], False)


@pytest.mark.parametrize(
    ("message", "sport"),
    [
        (b"SSH-2.0-OpenSSH_9", 22),
        (b"SSH-2.0-" + b"x" * 300 + b"\r\n", 22),
        (b"SSH-two\r\n", 22),
        (b"220 ProFTPD 1.3", 21),
        (b"220 mail.example ESMTP Exim 4.9", 25),
        (b"* OK Dovecot", 143),
        (b"+OK Dovecot ready", 110),
    ],
)
def test_a_line_that_is_cut_or_broken_tells_nothing(message: bytes, sport: int):
    """Half a version is another's."""
    assert told(read, message, sport) == ([], True)


@given(st.sampled_from(GREETINGS), st.integers(0, 80), st.binary(max_size=300))
def test_no_bytes_make_it_raise(greeting: tuple[bytes, int, str, str], size: int, tail: bytes):
    """Greetings cut anywhere and going on with anything; what is said stays short."""
    message, sport, _, _ = greeting
    begins(message[:size] + tail)
    for ports in ((sport, ANY), (ANY, sport)):
        facts, _ = told(read, message[:size] + tail, *ports)
        for fact in facts:
            assert isinstance(fact, BannerHeard)
            assert len(fact.says) <= LONGEST_TEXT
            assert fact.says.isprintable()
