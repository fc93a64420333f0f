"""Heads of HTTP/1 in clear (RFC 9112), as far as they are in one segment.

The path and query are looked past, never kept: only that a program is asked for is told. Of the
body, only what kind of file it begins (`file_starts`).
"""

import re
from collections.abc import Iterator

from appliance.decode import file_starts
from appliance.decode.envelope import Envelope
from appliance.decode.heads import LONGEST, finder, read_head
from appliance.facts import Fact, HttpAnswered, HttpAsked

_ANSWER = b"HTTP"
_REQUESTS = "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH"
_STARTS = frozenset((*(f"{method} ".encode()[:4] for method in _REQUESTS.split()), _ANSWER))
"""How heads begin; the last two methods are WebDAV's (RFC 4918)."""

_ASKED = re.compile(rb"([A-Z]{3,16}) ([^ ]+) HTTP/1\.[01]").fullmatch
_PROGRAM = re.compile(
    rb"\.(?:(exe|scr|msi|pif|dll|cpl|jar|apk|elf|appx|msix)"
    rb"|(ps1|hta|vbs|vbe|jse|wsf|bat|cmd|lnk|psm1|sct))$",
    re.IGNORECASE,
).search
"""Endings of programs, and of scripts that are no part of pages."""
_ANSWERED = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: .*)?", re.DOTALL).fullmatch
_REQUEST_FIELDS = finder(b"host", b"user-agent", b"content-type")
_ANSWER_FIELDS = finder(b"content-type", b"server", b"transfer-encoding")
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}(?:;[^\r\n]{0,80})?\r\n").match
"""What stands before the first part of a body that is sent in parts (RFC 9112, section 7.1)."""


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a request or an answer does."""
    return payload[:4] in _STARTS


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a segment that begins with a head; none when it is no such head."""
    if payload.startswith(_ANSWER):
        line, fields = read_head(payload, _ANSWER_FIELDS)
        if found := _ANSWERED(line):
            yield HttpAnswered(
                at=envelope.at,
                mac=envelope.mac,
                src=envelope.src,
                dst=envelope.dst,
                sport=envelope.sport,
                dport=envelope.dport,
                status=int(found[1]),
                content_type=fields.get(b"content-type", ""),
                server=fields.get(b"server", ""),
                body=file_starts.kind(_body(payload, fields)),
            )
        return
    line, fields = read_head(payload, _REQUEST_FIELDS)
    if found := _ASKED(line):
        yield HttpAsked(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            dport=envelope.dport,
            method=found[1].decode(),
            host=host(fields.get(b"host", "")),
            user_agent=fields.get(b"user-agent", ""),
            content_type=fields.get(b"content-type", ""),
            asks_for=_asks_for(found[2]),
        )


def _body(payload: bytes, fields: dict[bytes, str]) -> bytes:
    """Give what of the body is in the head's segment, at most what is looked at."""
    _, _, body = payload[: LONGEST + 2 * file_starts.LOOKED_AT].partition(b"\r\n\r\n")
    if fields.get(b"transfer-encoding") and (chunk := _CHUNK(body)):
        body = body[chunk.end() :]
    return body[: file_starts.LOOKED_AT]


def _asks_for(target: bytes) -> str:
    path = re.split(rb"[?#;]", target, maxsplit=1)[0]
    if not path.removeprefix(b"http://").count(b"/"):
        return ""
    if found := _PROGRAM(path):
        return "program" if found[1] else "script"
    return ""


def host(field: str) -> str:
    """Give the host that a *field* names, without port, brackets (of IPv6) and final dot."""
    name, _, port = field.rpartition(":")
    only = name if port.isdecimal() and not name.endswith(":") else field
    return only.strip("[]").lower().removesuffix(".")
