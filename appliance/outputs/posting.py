"""Posting JSON over HTTP within bounds: no redirect is followed, and no answer is believed.

An address in the configuration may be wrong, or its name may be made to lead somewhere else. So a
way that is not said to be local reaches nothing on the practice's own network: the address at the
other end is looked at once connected, before a word is said.
"""

import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import urlsplit

from appliance.outputs.way import LONGEST, PATIENCE, Later, Refused, said, within

_ANSWER = 64 * 1024
"""Octets read of an answer, which nobody looks at."""

_LATER = frozenset({401, 403, 404, 408, 425, 429})
"""Refusals that somebody can mend at the other end, or that pass."""


def post(  # noqa: PLR0913 - an address, what to say there, and the bounds
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    local: bool,
    trusted: ssl.SSLContext,
    patience: float = PATIENCE,
    longest: float = LONGEST,
) -> None:
    """Post *body* to *url*; returns when it was taken. Raises Later and Refused."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection = (
        HTTPSConnection(host, parts.port, timeout=patience, context=trusted)
        if parts.scheme == "https"
        else HTTPConnection(host, parts.port, timeout=patience)
    )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with within(longest, lambda: connection.sock):
            connection.connect()
            if not local:
                _look_at(connection.sock.getpeername()[0])
            told = {"Content-Type": "application/json", "User-Agent": "vigie", **headers}
            connection.request("POST", path, body, told)
            with connection.getresponse() as answer:
                status = answer.status
                answer.read(_ANSWER)
    except (OSError, HTTPException, ValueError) as error:
        raise Later(said(error)) from None
    finally:
        connection.close()
    _judge(status)


def _look_at(address: str) -> None:
    if not ip_address(address.partition("%")[0]).is_global:
        raise Later(f"{address} is not on the internet; say local = true if it is meant")


def _judge(status: int) -> None:
    if status // 100 == 2:  # noqa: PLR2004 - taken (RFC 9110 section 15.3)
        return
    words = f"the server answers {status}"
    if status // 100 == 4 and status not in _LATER:  # noqa: PLR2004 - our fault (section 15.5)
        raise Refused(words)
    raise Later(words)
