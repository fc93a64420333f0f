"""Requests that are larger than a form: where one is expected, of whom it is, and how it is kept.

All others are bounded by `web.app.LARGEST`. What is sent goes to the card piece by piece, under a
name of its own that is gone with the request: nothing of it is in memory or in ``/tmp``, which on a
card is memory.
"""

import tempfile
from pathlib import Path
from typing import IO, Any

from flask import Flask, Request, request

from appliance import errands
from appliance.lists import own
from appliance.store.trouble import room
from web.access.guard import RIGHTS, WHO
from web.access.sessions import asking
from web.box import here

LARGEST = 512 << 20
"""Octets of the largest bundle; ours has 70 MB for each kind of machine."""

FORM = 64 << 10
"""Octets of what surrounds a file in a request."""

BUFFER = 1 << 20
"""Octets of such a request in memory: werkzeug reads 64 KiB at a time, and keeps a few of those
before when a line ends just there, which the bound for a form alone would refuse."""

SPARE = 256 << 20
"""Octets that must be left beside it: the databases go on being written."""

WORK = (".bundle-", ".new")
"""How the file begins and ends that is written meanwhile; what a kill left is removed."""

EXPECTED = {"update.take": LARGEST, "lists.take": own.LARGEST + FORM}
"""Endpoints that take one, and its octets at most."""


class LargeRequest(Request):
    """A request whose files may go to the card."""

    place: Path | None = None
    """The folder for them; None: what is sent is small."""

    def _get_file_stream(self, *given: Any, **named: Any) -> IO[bytes]:
        if self.place is None:
            return super()._get_file_stream(*given, **named)
        prefix, suffix = WORK
        return tempfile.NamedTemporaryFile(dir=self.place, prefix=prefix, suffix=suffix)


def install(app: Flask) -> None:
    """Let large requests in, before their form is looked at."""
    app.request_class = LargeRequest

    @app.before_request
    def _expect() -> None:
        endpoint = request.endpoint or ""
        most = EXPECTED.get(endpoint, 0)
        person = asking() if most else None
        if person is None or person.temporary or person.role not in WHO[RIGHTS[endpoint]]:
            return
        place = errands.folder(here().config)
        place.mkdir(mode=0o750, exist_ok=True)
        prefix, suffix = WORK
        for left in place.glob(f"{prefix}*{suffix}"):
            left.unlink(missing_ok=True)
        if room(place) - SPARE > (request.content_length or most):
            request.max_content_length = most
            request.max_form_memory_size = BUFFER
            request.place = place  # type: ignore[attr-defined] # `LargeRequest`
