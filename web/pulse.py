"""The pages' sign of life to systemd: only after a request of its own went through all of it.

The request is for ``/healthz``, which asks the database and the panel. That these are not well is
no reason to start the pages anew, so either answer will do; none, or any other, will not. It goes
from the parent process to its worker over the address where everybody comes in.
"""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from appliance.notify import READY, WORKING, notify
from web.address import Listen

EVERY, SOON = 10.0, 0.25
"""Seconds between two requests, and while the server is only starting."""

FIRST = 2.0
"""Seconds before the first one: the worker is forked meanwhile, and must not inherit a lock or a
half-loaded module of this thread."""

WITHIN = 10.0
"""Seconds for the answer."""

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
ANSWERS = (b"HTTP/1.1 200 ", b"HTTP/1.1 503 ")

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not listened on


def report(place: Listen, pause: Callable[[float], object] = time.sleep) -> None:
    """Tell systemd for ever when the pages at *place* are ready, and while they answer."""
    state, after = READY, SOON
    pause(FIRST)
    while True:
        if round_trip(place):
            notify(state)
            state, after = WORKING, EVERY
        pause(after)


def round_trip(place: Listen) -> bool:
    """Tell whether the server at *place* answers a request as it should."""
    address = (_EVERYWHERE.get(place.host, place.host), place.port)
    try:
        with (
            socket.create_connection(address, timeout=WITHIN) as plain,
            _secured(plain, place) as line,
            line.makefile("rb") as answer,
        ):
            line.sendall(REQUEST)
            return answer.readline(64).startswith(ANSWERS)
    except OSError:
        return False


def _secured(plain: socket.socket, place: Listen) -> AbstractContextManager[socket.socket]:
    """Speak as browsers do; who is at the other end is known, so that nothing is verified."""
    if place.loopback:
        return plain
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain)
