"""What the box prints once its pages answer: where they are, or how to set it up."""

import socket
import ssl
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from appliance.config import Config
from appliance.texts import say
from web.address import Listen, listen
from web.prepare import CERTIFICATES

PATIENCE = 30.0
"""Seconds for the server to listen."""

AGAIN = 0.05
"""Seconds between two tries to reach it."""


def greet(config: Config, code: str | None) -> None:
    """Wait until the pages can be reached, and print; *code* is that of the set-up, if any."""
    if _answers(listen(config.web.listen)):
        sys.stdout.write("".join(f"{line}\n" for line in greeting(config, code)))
        sys.stdout.flush()


def greeting(config: Config, code: str | None) -> Iterator[str]:
    """Give the lines to print; the address stands alone on its line."""
    tongue, place = config.practice.language, listen(config.web.listen)
    if not place.loopback:
        mark = fingerprint(config.state / CERTIFICATES / "ca.pem")
        yield say(tongue, "serve.fingerprint", fingerprint=mark)
    if code is None:
        yield say(tongue, "serve.at")
        yield place.url
        return
    yield say(tongue, "serve.setup")
    yield f"{place.url}/setup?code={code}"
    yield say(tongue, "serve.code", code=code)


def fingerprint(certificate: Path) -> str:
    """Give the SHA-256 fingerprint of a PEM file, as browsers show it."""
    return sha256(ssl.PEM_cert_to_DER_cert(certificate.read_text("ascii"))).hexdigest().upper()


def _answers(place: Listen) -> bool:
    """Wait until somebody listens at *place*; tell whether it came to that."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection((place.host, place.port), timeout=1):
            return True
        time.sleep(AGAIN)
    return False
