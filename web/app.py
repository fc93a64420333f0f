"""The application: its parts put together, and bounds on what it takes in."""

import os
import secrets
from pathlib import Path

from flask import Flask

from web import access, api, errors, events, pages, speech, watching
from web.access import guard
from web.address import listen
from web.box import Box

LARGEST = 64 * 1024
"""Octets of the largest request; no form is longer."""

PARTS = 50
"""Fields of the largest form."""


def create_app(box: Box) -> Flask:
    """Make the application of *box*. Raises ValueError when a route has no right."""
    config = box.config
    app = Flask("web")
    app.config.update(
        SECRET_KEY=_secret(config.state / "web.key"),
        SESSION_COOKIE_SECURE=not listen(config.web.listen).loopback,
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
        MAX_FORM_PARTS=PARTS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        WTF_CSRF_SSL_STRICT=False,  # wants a referrer, which our pages do not send
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["vigie"] = box
    app.extensions["streams"] = events.Streams()
    access.install(app)
    errors.install(app)
    speech.install(app)
    pages.install(app)
    for blueprint in (api.blueprint, events.blueprint, watching.blueprint):
        app.register_blueprint(blueprint)
    if forgotten := guard.unlisted(app):
        raise ValueError(f"These routes have no right of their own: {', '.join(forgotten)}.")
    return app


def _secret(path: Path) -> bytes:
    """Give the key that cookies are signed with, made at the first start."""
    path.parent.mkdir(mode=0o770, parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return path.read_bytes()
    key = secrets.token_bytes(32)
    with os.fdopen(file, "wb") as out:
        out.write(key)
    return key
