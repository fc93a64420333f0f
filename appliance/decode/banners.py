"""What a server says first, and an SSH client: which protocol it is, and the software's name.

=======  ================================  =======================================================
SSH      RFC 4253 section 4.2              the software's version; of comments, a distribution's
FTP      RFC 959 section 5.4, 220          listed software (`software.named`) in any of its lines
SMTP     RFC 5321 section 4.2, 220         the same, in the first line behind the host's name
IMAP     RFC 9051 section 7.1, ``* OK``    the same, in the first line
POP3     RFC 1939 section 4, ``+OK``       the same, where it says POP or "ready"
Telnet   RFC 854                           nothing: that an option was negotiated (IAC) is all
MySQL    its protocol's handshake 10       the server's version
VNC      RFC 6143 section 7.1.1            the protocol's version
=======  ================================  =======================================================

All are read from one segment. A line that is cut there is left out: half a version is another's.
"""

import re
from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.decode.software import LONGEST_GREETING, heard, named
from appliance.facts import Fact

_FTP, _SMTP = frozenset((21, 2121)), frozenset((25, 587, 2525))
_SSH, _TELNET, _VNC = range(22, 23), range(23, 24), range(5900, 6000)

MYSQL_PORT = 3306
"""Its greeting begins as anything may: it is looked for here only."""

_LONGEST_SSH = 255
"""Bytes, by section 4.2."""
_SSH_LINE = re.compile(rb"SSH-[12]\.[0-9]{1,2}-([!-~]{1,100})(?: (.*))?", re.DOTALL).fullmatch
_DISTRIBUTION = re.compile(
    rb"(?:Debian|Ubuntu|Raspbian|FreeBSD|NetBSD)-[0-9]"
    rb"(?:[0-9.+~]|deb|ubuntu|bpo|rpt|rpi|build|u){0,40}"
).fullmatch
"""As its packagers number it; whoever sets the server up may put other words there."""
_VNC_LINE = re.compile(rb"(RFB [0-9]{3}\.[0-9]{3})\n").fullmatch
_OPTION = re.compile(rb"\xff[\xfb-\xfe][\0-\x31]").match
"""WILL, WON'T, DO or DON'T, and one of the options 0 to 49 (IANA "Telnet Options")."""
_IAC = b"\xff"
_HANDSHAKE = re.compile(
    rb".\0\0\0\n([0-9]{1,3}(?:\.[0-9]{1,5}){1,3})([!-~]{0,60})\0", re.DOTALL
).match
"""Length, number 0, protocol 10, and the version's text."""
_BUILDERS_WORDS = frozenset(
    b"mariadb maria percona log debug alpha beta rc m nt ubuntu deb u el community".split()
)
"""What those who build it put behind its number; whoever sets it up may put other words there."""


def begins(payload: bytes) -> bool:
    """Tell whether *payload* may begin as a greeting does."""
    return (
        payload.startswith((b"SSH-", b"220 ", b"220-", b"* OK", b"+OK", b"RFB "))
        or _OPTION(payload) is not None
        or _HANDSHAKE(payload) is not None
    )


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a segment that begins as a greeting does; none when it is none."""
    if message.startswith(b"SSH-"):
        yield heard(envelope, "ssh", server=_serves(envelope, _SSH), says=_ssh(message))
    elif message.startswith((b"220 ", b"220-")):
        yield from _220(message, envelope)
    elif message.startswith(b"* OK"):
        yield heard(envelope, "imap", server=True, says=named(_line(message)))
    elif message.startswith(b"+OK"):
        # Every answer of POP3 begins so, and some of other protocols.
        if any(word in _first(message) for word in (b"POP", b"READY")):
            yield heard(envelope, "pop3", server=True, says=named(_line(message)))
    elif found := _VNC_LINE(message):
        yield heard(envelope, "vnc", server=_serves(envelope, _VNC), says=found[1].decode())
    elif found := _HANDSHAKE(message):
        yield heard(envelope, "mysql", server=True, says=_mysql(found[1], found[2]))
    elif found := _OPTION(message):
        # Elsewhere these bytes might begin anything: there, another option must follow.
        on_its_port = envelope.sport in _TELNET or envelope.dport in _TELNET
        if on_its_port or message[found.end() :][:1] in {b"", _IAC}:
            yield heard(envelope, "telnet", server=_serves(envelope, _TELNET))


def _serves(envelope: Envelope, ports: range) -> bool:
    """Tell whether the sender serves, where both sides speak alike: else the lower port does."""
    if (envelope.sport in ports) != (envelope.dport in ports):
        return envelope.sport in ports
    return envelope.sport < envelope.dport


def _first(message: bytes) -> bytes:
    """Give the first line in capitals, cut or not, to tell what it is."""
    return message[:LONGEST_GREETING].partition(b"\n")[0].upper()


def _line(message: bytes) -> bytes:
    line, end, _ = message[:LONGEST_GREETING].partition(b"\n")
    if not end:
        raise Malformed
    return line


def _ssh(message: bytes) -> str:
    line = _line(message[:_LONGEST_SSH]).rstrip(b"\r")
    found = _SSH_LINE(line)
    if found is None:
        raise Malformed
    software, comments = found.groups(b"")
    distribution = comments.partition(b" ")[0]
    words = (software, distribution) if _DISTRIBUTION(distribution) else (software,)
    return b" ".join(words).decode("ascii")


def _220(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    first = _first(message)
    if envelope.sport in _SMTP or (envelope.sport not in _FTP and b"SMTP" in first):
        _, _, behind_host = _line(message)[4:].partition(b" ")
        yield heard(envelope, "smtp", server=True, says=named(behind_host))
    elif envelope.sport in _FTP or b"FTP" in first:
        lines, end, _ = message[:LONGEST_GREETING].rpartition(b"\n")
        if not end:
            raise Malformed
        yield heard(envelope, "ftp", server=True, says=named(lines))


def _mysql(number: bytes, build: bytes) -> str:
    words = frozenset(re.findall(rb"[a-z]+", build.lower()))
    if words <= _BUILDERS_WORDS:
        number += build
    return number.decode("ascii")
