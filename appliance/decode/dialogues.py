"""Logons in the protocols that are lines of text: FTP, Telnet, SMTP, POP3, IMAP.

======  ===================================  ===================================================
FTP     RFC 959 section 5.4                  USER, PASS; 230, 530
POP3    RFC 1939 section 7, RFC 5034         USER, PASS, APOP, AUTH PLAIN; +OK, -ERR
IMAP    RFC 9051 section 6.2                 LOGIN, AUTHENTICATE PLAIN; tagged OK, NO
SMTP    RFC 4954 section 4                   AUTH PLAIN, AUTH LOGIN; 235, 535
Telnet  none: what its servers say in words  "Login incorrect" and its like
======  ===================================  ===================================================

The first line of a segment is read, and told by the server's port. What an answer refers to is for
others to know: POP3 says +OK to everything. Names become marks, passwords are looked at only for
whether there is one.
"""

import re
from collections.abc import Iterator

from appliance.decode import logon
from appliance.decode.envelope import Envelope
from appliance.facts import Fact

PORTS = {
    **dict.fromkeys((21, 2121), "ftp"),
    23: "telnet",
    **dict.fromkeys((25, 587, 2525), "smtp"),
    110: "pop3",
    143: "imap",
}
"""Protocol by the server's port."""

_LONGEST = 512
"""Bytes of a line that are looked at (RFC 5321 section 4.5.3.1.4; the others' are shorter)."""
_NAME = re.compile(rb"(?i:USER) +([^\r\n]+)").match
_PASSWORD = re.compile(rb"(?i:PASS) +[^\r\n]").match
_DIGEST = re.compile(rb"(?i:APOP) +([^ \r\n]+) +[0-9a-fA-F]{32}").match
_IMAP_LOGIN = re.compile(
    rb'[!-~]{1,32} (?i:LOGIN) +("(?:[^"\\]|\\.)*"|[^ "{\r\n]+) +("(?:[^"\\]|\\.)+"|[^ "{\r\n]+)'
).match
_PLAIN = re.compile(
    rb"(?:(?:[!-~]{1,32} )?(?i:AUTH|AUTHENTICATE) +(?i:PLAIN) +)?([A-Za-z0-9+/]{4,400}={0,2})\r?\n?"
).fullmatch
_PLAIN_CONTENT = re.compile(rb"[^\0]*\0([^\0]+)\0([^\0]+)").fullmatch
"""RFC 4616: whom to act as, who, and the password."""
_ASKS_FOR_PASSWORD = re.compile(rb"334 UGFzc3dvcmQ6?[=A-Za-z0-9]*", re.IGNORECASE).match
"""AUTH LOGIN: "Password:", in base64; what is answered is the password."""
_TAGGED = re.compile(rb"[A-Za-z0-9.]{1,32} (OK|NO)\b").match
_TELNET_REFUSES = re.compile(
    rb"(?i)(?:log-?in|password|authentication)[ a-z]{0,20}(?:incorrect|failed|failure|invalid)"
    rb"|(?:incorrect|invalid|wrong|bad) (?:log-?in|password|user)"
).search
_ANSWERS = {
    "ftp": ((b"230", True), (b"530", False)),
    "smtp": ((b"235", True), (b"535", False)),
    "pop3": ((b"+OK", True), (b"-ERR", False)),
}
_STARTS = (b"334 ", *(start for answers in _ANSWERS.values() for start, _ in answers))


def begins(payload: bytes) -> bool:
    """Tell whether *payload* may begin with a line of a logon, or an answer to one."""
    line = payload[:_LONGEST]
    if line.startswith(_STARTS) or _TELNET_REFUSES(line):
        return True
    said = line.partition(b"\n")[0].rstrip(b"\r")
    if (found := _PLAIN(said)) and _plain(found[1]):
        return True
    return any(match(said) for match in (_NAME, _PASSWORD, _DIGEST, _IMAP_LOGIN, _TAGGED))


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in the line that *message* begins with."""
    line = message[:_LONGEST]
    if protocol := PORTS.get(envelope.dport):
        yield from _said(line.partition(b"\n")[0].rstrip(b"\r"), protocol, envelope)
    elif protocol := PORTS.get(envelope.sport):
        yield from _answered(line, protocol, envelope)


def _said(line: bytes, protocol: str, envelope: Envelope) -> Iterator[Fact]:
    if protocol == "telnet":
        return
    if protocol in ("ftp", "pop3") and (found := _NAME(line)):
        yield logon.asked(envelope, protocol, found[1], proof=False)
    elif protocol in ("ftp", "pop3") and _PASSWORD(line):
        yield logon.asked(envelope, protocol)
        yield logon.seen(envelope, protocol)
    elif protocol == "pop3" and (found := _DIGEST(line)):
        yield logon.asked(envelope, protocol, found[1])
    elif protocol == "imap" and (found := _IMAP_LOGIN(line)):
        yield logon.asked(envelope, protocol, found[1].strip(b'"'))
        yield logon.seen(envelope, protocol)
    elif protocol != "ftp" and (found := _PLAIN(line)) and (name := _plain(found[1])):
        yield logon.asked(envelope, protocol, name)
        yield logon.seen(envelope, protocol)


def _plain(spelt: bytes) -> bytes:
    """Give the name in *spelt*, if it is a name and a password."""
    content = _PLAIN_CONTENT(logon.unspelt(spelt))
    return content[1] if content else b""


def _answered(line: bytes, protocol: str, envelope: Envelope) -> Iterator[Fact]:
    if protocol == "telnet":
        if _TELNET_REFUSES(line):
            yield logon.judged(envelope, protocol, succeeded=False)
    elif protocol == "imap":
        if found := _TAGGED(line):
            yield logon.judged(envelope, protocol, succeeded=found[1] == b"OK")
    elif protocol == "smtp" and _ASKS_FOR_PASSWORD(line):
        yield logon.asked(logon.reversed_(envelope), protocol)
        yield logon.seen(logon.reversed_(envelope), protocol)
    else:
        for start, succeeded in _ANSWERS[protocol]:
            if line.startswith(start):
                yield logon.judged(envelope, protocol, succeeded=succeeded)
