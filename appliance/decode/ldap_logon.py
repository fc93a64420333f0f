"""Logons to a directory: LDAP binds and their answers (RFC 4511, section 4.2).

A bind with a password ("simple") brings it in clear; others hide it. A bind without name or
without password is nobody's (RFC 4513, section 5.1).
"""

from collections.abc import Iterator

from appliance.decode import ber, logon
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Reader
from appliance.facts import Fact

_BIND, _BIND_ANSWER = 0x60, 0x61
_SIMPLE = 0x80
_ENUMERATED = 0x0A
_SUCCESS, _WRONG = 0, 49
"""Result codes (appendix A)."""


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in the bind, or answer, that *payload* begins with."""
    message = ber.into(Reader(payload))
    ber.content(message, ber.INTEGER)
    operation, content = ber.element(message)
    body = Reader(content)
    if operation == _BIND:
        ber.content(body, ber.INTEGER)
        name = ber.content(body, ber.OCTETS)
        how, credentials = ber.element(body)
        if how != _SIMPLE:
            yield from logon.by_ntlm(credentials, envelope, "ldap")
        elif name and credentials:
            yield logon.asked(envelope, "ldap", name)
            yield logon.seen(envelope, "ldap")
    elif operation == _BIND_ANSWER:
        result = int.from_bytes(ber.content(body, _ENUMERATED)[:4])
        if result in (_SUCCESS, _WRONG):
            yield logon.judged(envelope, "ldap", succeeded=result == _SUCCESS)
