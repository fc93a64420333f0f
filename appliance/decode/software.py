"""Which words name software: what is kept of greetings and of product fields.

A greeting is written by whoever set the machine up: it may hold the names of hosts, of practices
and of persons. So it is not searched for what looks like software, but for names in a closed list,
each with the version number that stands right behind it. Software that is not listed stays unnamed.
No word is in the list that is also a person's name.

A product field (RFC 3261 section 20.41, RFC 9110 section 10.1.5) is written by the maker. What is
in brackets is a comment, where some phones put their owner's name: comments are left out, and so
are words with an ``@`` or with numbers as long as a telephone's or a hardware address.
"""

import re

from appliance.decode.envelope import Envelope
from appliance.facts import BannerHeard

LONGEST_GREETING = 1024
"""Bytes searched; servers name themselves in the first lines, if at all."""
MOST_NAMES = 4
"""Names kept of one greeting: a program, its maker, its system, and one to spare."""

_NAMES = (
    *("ProFTPD", "vsFTPd", "Pure-FTPd", "FileZilla Server", "Serv-U", "WS_FTP", "bftpd", "NcFTPd"),
    *("Microsoft FTP Service", "CrushFTP", "Titan FTP Server", "Cerberus FTP Server", "WarFTPd"),
    *("Linux-ftpd", "NetBSD-ftpd", "GNU inetutils", "BusyBox", "wu-ftpd"),
    *("Postfix", "Exim", "Sendmail", "OpenSMTPD", "Microsoft ESMTP MAIL Service", "hMailServer"),
    *("Microsoft Exchange", "MailEnable", "MDaemon", "Zimbra", "Kerio Connect", "IceWarp", "qmail"),
    *("Lotus Domino", "SmarterMail", "Cyrus IMAP", "Cyrus POP3", "Dovecot", "Courier-IMAP"),
    *("Courier Mail Server", "UW IMAP", "Gimap", "Qpopper", "gsmtp"),
    *("Debian", "Ubuntu", "Raspbian", "CentOS", "FreeBSD", "OpenBSD", "NetBSD", "Linux", "Windows"),
    *("VxWorks", "NET+OS", "Nucleus FTP Server", "MikroTik", "ZyXEL", "NETGEAR", "QNAP"),
    *("NASFTPD Turbo station", "FRITZ!Box", "Synology", "DiskStation", "D-Link", "TP-Link"),
    *("JD FTP Server", "FTP print service", "LaserJet", "OfficeJet", "JetDirect", "LEXMARK"),
    *("RICOH", "KONICA MINOLTA", "KYOCERA", "XEROX", "AXIS", "Hikvision", "SIMATIC"),
)
"""Programs as they call themselves, systems, and makers of what has a server built in."""
_SPELT = {name.lower().encode(): name for name in _NAMES}

_JOINED = rb"\w@'\x80-\xff-"
"""What makes a word longer: ``exim-durand`` is a host, and so is ``exim.example``."""
_VERSION = rb"\d{1,5}(?:\.\d{1,5}){1,3}(?:[a-z]|-?(?:rc|beta|p)\d{1,2})?"
_FIND = re.compile(
    rb"(?<![." + _JOINED + rb"])"
    rb"(" + b"|".join(re.escape(name) for name in sorted(_SPELT, key=len, reverse=True)) + rb")"
    rb"(?:[ /_,-]{0,2}(?:\(?ver(?:sion|\.)?:? ?|v)?(" + _VERSION + rb"))?"
    rb"(?![" + _JOINED + rb"]|\.\w)",
    re.IGNORECASE,
).findall

_COMMENT = re.compile(r"\(.*\)|\(.*")
"""Up to the last bracket: a comment may have brackets in it."""
_PRIVATE = re.compile(r"@|[0-9]{7}|[0-9A-Fa-f]{12}|(?:[0-9A-Fa-f]{2}[:-]){5}").search


def named(greeting: bytes) -> str:
    """Give the listed software that *greeting* names, with versions; empty when there is none."""
    found: dict[str, None] = {}
    for name, version in _FIND(greeting[:LONGEST_GREETING]):
        spelt = _SPELT[name.lower()]
        found[f"{spelt} {version.decode().lower()}" if version else spelt] = None
    return " ".join(list(found)[:MOST_NAMES])


def product(field: str) -> str:
    """Give what names the product in *field*, without comments."""
    words = _COMMENT.sub(" ", field).split(" ")
    return " ".join(word for word in words if word and not _PRIVATE(word))


def heard(envelope: Envelope, protocol: str, *, server: bool, says: str = "") -> BannerHeard:
    """Give the fact that the sender of *envelope* speaks *protocol*."""
    return BannerHeard(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        protocol=protocol,
        server=server,
        says=says,
    )
