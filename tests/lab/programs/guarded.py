"""Servers that want a password: FTP (RFC 959) and HTTP (RFC 7617, 7616).

``python -m tests.lab.programs.guarded NAME PASSWORD PORT…``: port 21 speaks FTP, others HTTP. FTP
lets ``anonymous`` in, too, and hangs up at the third refusal, as vsftpd does. HTTP wants Basic,
below ``/digest`` asks for Digest and believes it, and answers each form with a page.
"""

import socketserver
import sys
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

NAME, PASSWORD, *PORTS = sys.argv[1:]
_BASIC = "Basic " + b64encode(f"{NAME}:{PASSWORD}".encode()).decode()
_REFUSALS = 3


class Files(socketserver.StreamRequestHandler):
    """A visit by FTP."""

    def handle(self) -> None:
        self.wfile.write(b"220 FTP server ready\r\n")
        name, refused = "", 0
        for line in self.rfile:
            order, _, value = line.decode("utf-8", "replace").strip().partition(" ")
            if order.upper() == "USER":
                name, answer = value, "331 Password required"
            elif order.upper() == "PASS":
                right = name == "anonymous" or (name, value) == (NAME, PASSWORD)
                answer = "230 Logged in" if right else "530 Login incorrect"
            elif order.upper() == "PWD":
                answer = '257 "/"'
            else:
                answer = "221 Goodbye" if order.upper() == "QUIT" else "502 Not here"
            self.wfile.write(f"{answer}\r\n".encode())
            refused += answer.startswith("530")
            if answer.startswith("221") or refused == _REFUSALS:
                return


class Pages(BaseHTTPRequestHandler):
    """A visit by HTTP."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        given = self.headers["Authorization"] or ""
        digest = self.path.startswith("/digest")
        if given.startswith("Digest") if digest else given == _BASIC:
            self._answer(200)
        else:
            way = 'Digest realm="x", nonce="1", qop="auth"' if digest else 'Basic realm="x"'
            self._answer(401, ("WWW-Authenticate", way))

    do_HEAD = do_GET  # noqa: N815 - http.server calls it so

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self._answer(200)

    def _answer(self, status: int, *fields: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*fields, ("Content-Length", "0")):
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    for port in PORTS:
        kind = (_Server, Files) if port == "21" else (ThreadingHTTPServer, Pages)
        server = kind[0](("", int(port)), kind[1])
        Thread(target=server.serve_forever).start()
