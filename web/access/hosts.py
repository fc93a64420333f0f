"""Refuses requests that call the box by a name it does not have (DNS rebinding).

A page of a hostile site can make its own name point at the box; the browser then takes both for
one site. The name in the ``Host`` header gives it away.
"""

import socket
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import Flask, abort, request

from web.address import own_names
from web.box import here


def install(app: Flask) -> None:
    """Answer 400 to every request under a foreign name."""

    @app.before_request
    def _refuse_foreign_names() -> None:
        if not is_ours(request.headers.get("Host", ""), here().config.web.names):
            abort(400)


def is_ours(host: str, names: tuple[str, ...]) -> bool:
    """Tell whether the ``Host`` header *host* names this box; *names* are the installer's."""
    name = _name(host)
    if not name:
        return False
    return name in own_names(names) or _is_own_address(name)


def _name(host: str) -> str:
    """Give the name in a ``Host`` header without its port, or nothing when it is malformed."""
    if not host or set(host) & set("@/\\?# \t"):
        return ""
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "").removesuffix(".") if parts.port != 0 else ""
    except ValueError:
        return ""


def _is_own_address(name: str) -> bool:
    """Tell whether *name* is an address of one of the box's cards: the kernel binds to no other."""
    try:
        address = ip_address(name)
    except ValueError:
        return False
    if address.is_unspecified or address.is_multicast:
        return False
    family = socket.AF_INET6 if isinstance(address, IPv6Address) else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((name, 0))
        except OSError:
            return False
    return True
