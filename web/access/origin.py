"""Refuses changes that a foreign page asks for, by two independent signs.

The browser says where a request comes from (``Sec-Fetch-Site``, or ``Origin`` where that is
missing), and every form carries a token that a foreign page cannot read (Flask-WTF).
"""

from urllib.parse import urlsplit

from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import Headers

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask) -> None:
    """Answer 403 to every change that does not come from one of our own pages."""

    @app.before_request
    def _refuse_foreign_pages() -> None:
        if request.method not in READING and is_foreign(request.headers, request.host):
            abort(403)

    CSRFProtect(app)


def is_foreign(headers: Headers, host: str) -> bool:
    """Tell whether a request to *host* says of itself that another site asked for it.

    Programs and old browsers say nothing, and a browser that was told to send no referrer says
    ``null``: then the token alone decides.
    """
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site != "same-origin"
    origin = headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc.lower() != host.lower()
