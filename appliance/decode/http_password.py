"""Passwords in HTTP: what a client logs on with, and whether it can be read on the way.

``Authorization: Basic`` (RFC 7617) is a password in clear; ``Digest`` (RFC 7616) and NTLM are
not, though the server judges them likewise. Forms are known by the names of their fields, as far
as these are in the segment that the request begins in; a value that is a hash tells nothing. How a
server judges a form, only its page says.
"""

import re
from collections.abc import Iterator

from appliance.decode import heads, http, logon
from appliance.decode.envelope import Envelope
from appliance.facts import Fact

_AUTHORIZATION = re.compile(
    rb"\n(?i:Authorization)[ \t]*:[ \t]*(?i:(Basic|Digest|NTLM|Negotiate))[ \t]+([^\r\n]{1,4096})"
).search
_DIGEST_NAME = re.compile(rb'(?i)(?:^|[, ])username="([^"]*)"').search
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*").match
_HOST = heads.finder(b"host")
_SECRET = (
    rb"(?:passwords?|passwd|passwort|kennwort|passphrase|motdepasse|mot_de_passe|mdp|pass|pwd)"
)
_AROUND = rb"(?:user|login|log|admin|my|j|f|frm|txt|input|account)"
_FORM = re.compile(
    rb'(?i)(?:^|[&{,\n]|%5b|\[)[ ]*"?(?:'
    + _AROUND
    + rb"[_.\-]?)?"
    + _SECRET
    + rb"[0-9]?(?:%5d|\])?"
    + rb'"?(?:=|[ ]*:[ ]*")(?![0-9a-f]{32,128}(?:[&"\s]|$))[^&"\s]'
).search
"""A field so called that is not empty, and no hash in hexadecimal: of a form, or of JSON."""
_MOST_OF_FORM = 4096


def is_in(payload: bytes) -> bool:
    """Tell whether *payload*, which begins with a head, may hold such."""
    return payload.startswith(b"POST") or _AUTHORIZATION(payload, 0, heads.LONGEST) is not None


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in the request that *payload* begins with."""
    end = payload.find(b"\r\n\r\n", 0, heads.LONGEST)
    head = payload[: end + 2 if end >= 0 else heads.LONGEST]
    _, fields = heads.read_head(head, _HOST)
    host = http.host(fields.get(b"host", ""))
    if found := _AUTHORIZATION(head):
        yield from _authorized(found[1].lower(), found[2], envelope, host)
    if head.startswith(b"POST") and end >= 0 and _FORM(payload[end + 4 :][:_MOST_OF_FORM]):
        yield logon.seen(envelope, "http", host)


def _authorized(how: bytes, value: bytes, envelope: Envelope, host: str) -> Iterator[Fact]:
    if how == b"digest":
        found = _DIGEST_NAME(value)
        yield logon.asked(envelope, "http", found[1] if found else b"")
        return
    letters = _BASE64(value)
    content = logon.unspelt(letters[0] if letters else b"")
    if how != b"basic":
        yield from logon.by_ntlm(content, envelope, "http")
        return
    name, colon, password = content.partition(b":")
    if colon:
        yield logon.asked(envelope, "http", name)
        if password and logon.mark(name) != logon.NOBODY:
            yield logon.seen(envelope, "http", host)
