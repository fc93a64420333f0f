"""NTLM messages: the version of Windows, and the machine's name ([MS-NLMP] section 2.2).

A message is found by its signature, bare or inside SPNEGO; offsets count from there. Which
Windows the version means is for others to know. User, domain, challenge and responses are not
read: of the message's fields only the one with the machine's name is, and not even that where it
lies over another.

Shorter messages of Windows before XP lack the version; some other programs claim to send it, and
have other bytes in its place, where the revision then is not 15.
"""

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from appliance.decode.envelope import Envelope
from appliance.decode.names import spell
from appliance.decode.reader import LONGEST_TEXT, Malformed, Reader
from appliance.facts import Fact, NtlmHeard

FARTHEST = 4096
"""Bytes before a message that are searched; what wraps one takes 20 to 100."""

_SIGNATURE = b"NTLMSSP\0"
_LONGEST = 4096
"""Bytes of a message that are read; a real one has 32 to 800."""

_NEGOTIATE, _CHALLENGE, _AUTHENTICATE = 1, 2, 3
_UNICODE, _HAS_MACHINE, _HAS_VERSION = 0x00000001, 0x00002000, 0x02000000
"""Negotiate flags A, L and T (section 2.2.2.5)."""

_FIELD = Struct("<H2xI")
"""Length and offset of a field's content."""
_VERSION = Struct("<BBH3xB")
"""Major, minor, build, and the revision of the version's own layout (section 2.2.2.10)."""
_REVISION = 15
_LAST, _NETBIOS_NAME, _DNS_NAME = 0, 1, 3
_MOST_PAIRS = 16
"""Pairs of a target info that are looked at; ten kinds are known (section 2.2.2.1)."""


class _Layout(NamedTuple):
    """Where a kind of message has what (sections 2.2.1.1 to 2.2.1.3)."""

    flags: int
    machine: int
    """The field with the workstation's name, or with the target info."""
    others: tuple[int, ...]
    """The fields that are not read."""
    version: int
    """No content begins before it."""


_LAYOUTS = {
    _NEGOTIATE: _Layout(12, 24, (16,), 32),
    _CHALLENGE: _Layout(20, 40, (12,), 48),
    _AUTHENTICATE: _Layout(60, 44, (12, 20, 28, 36, 52), 64),
}


def read(blob: bytes, protocol: str, envelope: Envelope, whole: bool = True) -> Iterator[Fact]:
    """Give the fact in the first NTLM message in *blob*; one that is not *whole* is no fault."""
    at = blob.find(_SIGNATURE, 0, FARTHEST)
    if at < 0:
        return
    message = blob[at : at + _LONGEST]
    kind = Reader(message, len(_SIGNATURE)).u32_little()
    layout = _LAYOUTS.get(kind)
    if layout is None:
        raise Malformed
    flags = Reader(message, layout.flags).u32_little()
    major, minor, build = _version(message, layout.version) if flags & _HAS_VERSION else (0, 0, 0)
    machine, dns_name, fault = "", "", None
    try:
        if kind == _CHALLENGE:
            machine, dns_name = _target_names(_machine(message, layout))
        elif kind == _AUTHENTICATE or flags & _HAS_MACHINE:
            # A NEGOTIATE comes before there is agreement on Unicode.
            unicode = kind == _AUTHENTICATE and flags & _UNICODE
            name = _machine(message, layout)
            machine = _spell_unicode(name) if unicode else _spell(name)
    except Malformed as found:
        fault = found
    yield NtlmHeard(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        protocol=protocol,
        server=kind == _CHALLENGE,
        major=major,
        minor=minor,
        build=build,
        machine=machine,
        dns_name=dns_name,
    )
    if fault and whole:
        raise fault


def _version(message: bytes, at: int) -> tuple[int, int, int]:
    if len(message) < at + _VERSION.size:
        return 0, 0, 0
    major, minor, build, revision = _VERSION.unpack_from(message, at)
    return (major, minor, build) if revision == _REVISION else (0, 0, 0)


def _machine(message: bytes, layout: _Layout) -> bytes:
    """Give the content of the field with the machine's name."""
    start, end = _place(message, layout.machine)
    if start == end:
        return b""
    if start < layout.version or end > len(message):
        raise Malformed
    for other in layout.others:
        other_start, other_end = _place(message, other)
        if start < other_end and other_start < end:
            raise Malformed
    return message[start:end]


def _place(message: bytes, at: int) -> tuple[int, int]:
    if len(message) < at + _FIELD.size:
        raise Malformed
    size, start = _FIELD.unpack_from(message, at)
    return start, start + size


def _target_names(info: bytes) -> tuple[str, str]:
    """Give the NetBIOS and the DNS name of the server from its target info."""
    pairs, found = Reader(info), {_NETBIOS_NAME: "", _DNS_NAME: ""}
    for _ in range(_MOST_PAIRS):
        if not pairs.remaining:
            break
        kind = pairs.u16_little()
        value = pairs.take(pairs.u16_little())
        if kind == _LAST:
            break
        if kind in found:
            found[kind] = _spell_unicode(value)
    return found[_NETBIOS_NAME], found[_DNS_NAME]


def _spell_unicode(raw: bytes) -> str:
    return _spell(raw[: 2 * LONGEST_TEXT].decode("utf-16-le", "replace").encode())


def _spell(raw: bytes) -> str:
    if len(raw) > LONGEST_TEXT:  # characters beyond ASCII take more bytes: cut as text
        raw = raw.decode("utf-8", "replace")[:LONGEST_TEXT].encode()
    return spell(raw.strip(b" .\0").split(b"."))
