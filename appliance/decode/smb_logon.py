"""Logons to a file server: the session setups of SMB, and their answers.

[MS-SMB2] sections 2.2.5 and 2.2.6, [MS-CIFS] section 2.2.4.53, status codes: [MS-ERREF] 2.3. Who
is let in as a guest is neither let in nor refused.
"""

from collections.abc import Iterator

from appliance.decode import logon
from appliance.decode.envelope import Envelope
from appliance.decode.smb_heads import HEAD2, Command1, Command2
from appliance.facts import Fact

_REFUSED = frozenset(
    (
        0xC0000064,  # no such user
        0xC000006A,  # wrong password
        0xC000006D,  # either of the two
        0xC000006E,  # account restriction
        0xC000006F,  # not at this hour
        0xC0000070,  # not from this workstation
        0xC0000071,  # password expired
        0xC0000072,  # account disabled
        0xC0000193,  # account expired
        0xC0000234,  # account locked out
    )
)
"""What a server says to somebody whom it does not let in; more processing is none of them."""
_NO_ONES = 0x3
"""Session flags "guest" and "null"; of SMB1 the action "guest"."""


def read1(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a session setup of SMB1, or in the answer to one."""
    if not command.answer:
        yield from logon.by_ntlm(command.content, envelope, "smb")
    else:
        yield from _judged(command.status, command.words[4:6], envelope)


def read2(command: Command2, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a session setup of SMB2 or 3, or in the answer to one."""
    body = command.message[HEAD2:]
    if not command.answer:
        yield from logon.by_ntlm(body, envelope, "smb")
    else:
        yield from _judged(command.status, body[2:4], envelope)


def _judged(status: int, flags: bytes, envelope: Envelope) -> Iterator[Fact]:
    if status in _REFUSED:
        yield logon.judged(envelope, "smb", succeeded=False)
    elif not status and flags and not flags[0] & _NO_ONES:
        yield logon.judged(envelope, "smb", succeeded=True)
