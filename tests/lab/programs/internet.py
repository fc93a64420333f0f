"""The servers of the fake internet: pages over HTTP and TLS, and the time over NTP.

``python -m tests.lab.programs.internet CERTIFICATE KEY``, in the namespace behind the router.
"""

import ssl
import struct
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, ThreadingUDPServer
from threading import Thread

from tests.lab.cast import OUTSIDE

PAGE = b"<!doctype html><title>A page</title>" + b"<p>Words of no meaning.</p>" * 60
_NTP_EPOCH = 2_208_988_800
"""Seconds between 1900, where NTP counts from (RFC 5905), and 1970."""


class Pages(BaseHTTPRequestHandler):
    """Answers every request alike."""

    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(PAGE)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(b"{}")

    def do_PUT(self) -> None:
        """Take a file, and keep nothing of it."""
        left = int(self.headers.get("Content-Length", 0))
        while left > 0 and (part := self.rfile.read(min(left, 1 << 16))):
            left -= len(part)
        self._answer(b"")

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Clock(BaseRequestHandler):
    """Answers with the time, as an NTP server does."""

    def handle(self) -> None:
        asked, door = self.request
        now = struct.pack("!II", int(time.time()) + _NTP_EPOCH, 0)
        head = struct.pack("!BBbbII4s", 0x24, 2, 6, -20, 0, 0, b"LAB\0")
        door.sendto(head + now + asked[40:48] + now + now, self.client_address)


class TlsServer(ThreadingHTTPServer):
    """Shakes hands in the thread of each call, so that a silent caller holds up nobody."""

    context: ssl.SSLContext

    def finish_request(self, request, client_address) -> None:
        try:
            with self.context.wrap_socket(request, server_side=True) as secured:
                super().finish_request(secured, client_address)
        except OSError:
            return  # the caller went away, or spoke no TLS


def main(certificate: str, key: str) -> None:
    tls = TlsServer(("", 443), Pages)
    tls.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.context.load_cert_chain(certificate, key)
    # A clock on each address of its own: an answer must come from where the question went.
    clocks = [ThreadingUDPServer((address, 123), Clock) for address in set(OUTSIDE.values())]
    for server in (tls, *clocks):
        Thread(target=server.serve_forever, daemon=True).start()
    ThreadingHTTPServer(("", 80), Pages).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
