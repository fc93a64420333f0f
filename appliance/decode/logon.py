"""What every logon has in common: an account, told by a mark only, and the facts that it makes.

The mark of an account is a keyed hash of its name (BLAKE2, RFC 7693) under a salt that is drawn
when the program starts and is never written down. Within one run it tells whether two logons name
the same account, which is all that is asked of it; from run to run it differs, no finding carries
it, and without the salt no list of names finds out whose it is.
"""

from base64 import b64decode
from collections.abc import Iterator
from hashlib import blake2b
from secrets import token_bytes
from struct import Struct

from appliance.decode.envelope import Envelope
from appliance.facts import LogonAsked, LogonJudged, PasswordSeen

NOBODY = "anonymous"
"""Stands for the names that everybody may give."""

_SALT = token_bytes(16)
_MARK = 6
"""Bytes of a mark: enough that among a practice's accounts no two have the same."""
_LONGEST_NAME = 512
_NOBODYS = frozenset((b"anonymous", b"ftp"))
"""RFC 1635, and what its clients shorten it to."""

_NTLM_PROOF = b"NTLMSSP\0\3\0\0\0"
_NTLM_USER = 36
"""Where its AUTHENTICATE has the field with the user's name ([MS-NLMP] section 2.2.1.3)."""
_FIELD = Struct("<H2xI")


def mark(name: bytes) -> str:
    """Give what tells the account of this *name* from others; of no name, nothing."""
    name = name[:_LONGEST_NAME].strip().lower()
    if name in _NOBODYS:
        return NOBODY
    return blake2b(name, digest_size=_MARK, key=_SALT).hexdigest() if name else ""


def unspelt(letters: bytes) -> bytes:
    """Give what *letters* of base64 spell; ends and odd letters are lenient clients' business."""
    letters = letters.rstrip(b"=")
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return b64decode(letters + b"=" * (-len(letters) % 4))


def asked(
    envelope: Envelope, protocol: str, name: bytes = b"", *, proof: bool = True
) -> LogonAsked:
    """Give the fact that the sender asks to be let in."""
    return LogonAsked(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        protocol=protocol,
        account=mark(name),
        proof=proof,
    )


def judged(envelope: Envelope, protocol: str, *, succeeded: bool) -> LogonJudged:
    """Give the fact that the sender, a server, lets somebody in, or does not."""
    return LogonJudged(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        protocol=protocol,
        succeeded=succeeded,
    )


def seen(envelope: Envelope, protocol: str, host: str = "") -> PasswordSeen:
    """Give the fact that the sender's password can be read."""
    return PasswordSeen(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        protocol=protocol,
        host=host,
    )


def reversed_(envelope: Envelope) -> Envelope:
    """Give the envelope of what the receiver says next."""
    return Envelope(
        envelope.at,
        envelope.to,
        envelope.mac,
        envelope.dst,
        envelope.src,
        envelope.dport,
        envelope.sport,
    )


def by_ntlm(blob: bytes, envelope: Envelope, protocol: str) -> Iterator[LogonAsked]:
    """Give the fact in *blob* when an NTLM AUTHENTICATE of somebody is in it, bare or wrapped."""
    at = blob.find(_NTLM_PROOF)
    if at < 0 or len(blob) < at + _NTLM_USER + _FIELD.size:
        return
    size, start = _FIELD.unpack_from(blob, at + _NTLM_USER)
    name = blob[at + start : at + start + min(size, _LONGEST_NAME)]
    if name:  # without a name nobody in particular logs on
        yield asked(envelope, protocol, name.decode("utf-16-le", "replace").encode())
