"""Lets no single machine take up all threads: few changes at once from one address.

The server reads a form while a thread waits for it, and a sender may be as slow as it likes. So
whoever sends forms slowly on purpose only keeps itself waiting (there is no clock on a body in
the server). Looking is not counted: pages and streams have their own bounds.
"""

from collections import Counter
from threading import Lock

from flask import Flask, abort, g, request

from web.access.origin import READING

AT_ONCE = 3
"""Changes that one address may send at the same time."""


class Crowd:
    """Who is sending a change right now."""

    def __init__(self) -> None:
        self._sending: Counter[str] = Counter()
        self._lock = Lock()

    def enter(self, address: str) -> bool:
        """Take a place for *address*; tell whether there was one."""
        with self._lock:
            if self._sending[address] >= AT_ONCE:
                return False
            self._sending[address] += 1
            return True

    def leave(self, address: str) -> None:
        """Give the place back."""
        with self._lock:
            self._sending[address] -= 1
            if self._sending[address] <= 0:
                del self._sending[address]

    def __len__(self) -> int:
        return len(self._sending)


def install(app: Flask) -> None:
    """Answer 429, without reading the form, to an address that sends too many at once."""
    crowd = app.extensions["crowd"] = Crowd()

    @app.before_request
    def _take_a_place() -> None:
        if request.method in READING:
            return
        address = request.remote_addr or ""
        if not crowd.enter(address):
            abort(429)
        g.place = address

    @app.teardown_request
    def _give_it_back(_error: BaseException | None) -> None:
        address = g.pop("place", None)
        if address is not None:
            crowd.leave(address)
