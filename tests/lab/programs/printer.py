"""A network printer: answers on the raw port (9100) and by IPP (631), and prints nothing.

``python -m tests.lab.programs.printer MODEL``. On the raw port it says its model when it is asked
with PJL; by IPP (RFC 8010) it says "successful" to everything. `avahi-daemon` announces it.
"""

import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

_OK = struct.pack("!BBHI", 2, 0, 0, 1)
_LANGUAGE = b"".join(
    struct.pack("!BH", tag, len(name)) + name + struct.pack("!H", len(value)) + value
    for tag, name, value in (
        (0x47, b"attributes-charset", b"utf-8"),
        (0x48, b"attributes-natural-language", b"en"),
    )
)


class Raw(StreamRequestHandler):
    """Reads jobs away, and answers ``@PJL INFO ID``."""

    model = ""

    def handle(self) -> None:
        for line in self.rfile:
            if line.startswith(b"@PJL INFO ID"):
                self.wfile.write(f'@PJL INFO ID\r\n"{self.model}"\r\n\f'.encode())


class Ipp(BaseHTTPRequestHandler):
    """Says that whatever was asked is done."""

    protocol_version = "HTTP/1.1"
    server_version = "debut/1.30"
    sys_version = ""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = _OK + b"\x01" + _LANGUAGE + b"\x03"
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def main(model: str) -> None:
    Raw.model = model
    raw = ThreadingTCPServer(("", 9100), Raw)
    raw.daemon_threads = True
    Thread(target=raw.serve_forever, daemon=True).start()
    ThreadingHTTPServer(("", 631), Ipp).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
