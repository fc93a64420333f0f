"""A web server with a certificate of its own, on loopback, that serves one list or misbehaves."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import run


@dataclass
class FeedServer:
    """What it serves, and what it was asked."""

    url: str = ""
    trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    content: bytes = b"bad.example\n"
    etag: str = '"1"'
    status: int = 200
    location: str = ""
    cut_at: int | None = None
    """Bytes after which it hangs up."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """Heads of the requests."""


@contextmanager
def feed_server(folder: Path) -> Iterator[FeedServer]:
    """Have such a server until the block ends."""
    serves = FeedServer()
    key, cert = folder / "server.key", folder / "server.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    made += ["-nodes", "-keyout", str(key), "-out", str(cert), "-days", "2"]
    made += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    run(made, check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            serves.asked.append(dict(self.headers.items()))
            if self.headers.get("If-None-Match") == serves.etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(serves.status)
            if serves.location:
                self.send_header("Location", serves.location)
            self.send_header("ETag", serves.etag)
            self.send_header("Content-Length", str(len(serves.content)))
            self.end_headers()
            self.wfile.write(serves.content[: serves.cut_at])

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # a client that hangs up is part of the play
    serves.url = f"https://localhost:{server.server_port}/list"
    serves.trusted = ssl.create_default_context(cafile=str(cert))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield serves
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
