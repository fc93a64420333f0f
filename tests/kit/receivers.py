"""Those who are told, as real servers on loopback: mail, HTTP, a log server, an MQTT broker."""

import shutil
import socketserver
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests.kit.serving import free_port
from tests.lab.awaiting import until

HERE = "127.0.0.1"


@dataclass(frozen=True)
class Identity:
    """A certificate of its own for 127.0.0.1 and localhost."""

    file: Path

    @property
    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context


def identity(folder: Path) -> Identity:
    """Make a certificate in *folder*."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address(HERE))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    file = folder / "identity.pem"
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return Identity(file)


@dataclass
class Mailbox:
    """A mail server that answers as it is told."""

    port: int = 0
    answer: str = "250 OK"
    to: str = "250 OK"
    """What it says to a recipient."""
    goodbye: str = "221 Bye"
    got: list[EmailMessage] = field(default_factory=list)
    signed_in: list[tuple[bytes, bytes]] = field(default_factory=list)

    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]).strip("<>").partition("@")[0] for letter in self.got]

    async def handle_RCPT(  # noqa: N802 - as the library calls it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.to.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - too
        return self.goodbye

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - too
        if self.answer.startswith("250"):
            letter = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.got.append(letter)
        return self.answer

    def let_in(self, server: Any, session: Any, envelope: Any, kind: str, given: Any) -> AuthResult:
        self.signed_in.append((given.login, given.password))
        right = given.password == b"geheim"
        return AuthResult(success=right, handled=right)


@contextmanager
def mailbox(who: Identity | None = None, *, at_once: bool = False) -> Iterator[Mailbox]:
    """Serve a mailbox: in clear, with STARTTLS, or with TLS *at_once*."""
    box = Mailbox(port=free_port(HERE))
    with_tls = who.server if who else None

    class Server(Controller):
        def factory(self) -> SMTP:
            return SMTP(
                box,
                tls_context=None if at_once else with_tls,
                require_starttls=bool(with_tls) and not at_once,
                authenticator=box.let_in,
                auth_require_tls=False,
            )

    context = with_tls if at_once else None
    server = Server(box, hostname=HERE, port=box.port, ssl_context=context)
    server.start()
    try:
        yield box
    finally:
        server.stop()


@dataclass
class Post:
    """What was posted."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Hook:
    """A program that is told by HTTP, and answers as it is told."""

    port: int = 0
    status: int = 200
    got: list[Post] = field(default_factory=list)

    def ids(self) -> list[str]:
        return [post.headers["Idempotency-Key"] for post in self.got]


@contextmanager
def hook(who: Identity | None = None) -> Iterator[Hook]:
    """Serve a hook, over TLS with *who*."""
    found = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if found.status == 200:
                found.got.append(Post(self.path, dict(self.headers), body))
            self.send_response(found.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's
            pass

    server = ThreadingHTTPServer((HERE, 0), Handler)
    if who:
        server.socket = who.server.wrap_socket(server.socket, server_side=True)
    found.port = server.server_address[1]
    with _serving(server):
        yield found


@dataclass
class LogServer:
    """A reader of syslog over TCP: frames that say their length."""

    port: int = 0
    got: list[str] = field(default_factory=list)

    def ids(self) -> list[str]:
        return [line.partition(' id="')[2].partition('"')[0] for line in self.got]


@contextmanager
def log_server(who: Identity | None = None) -> Iterator[LogServer]:
    """Serve a log server, over TLS with *who*."""
    found = LogServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            rest = self.rfile.read()
            while rest:
                length, _, rest = rest.partition(b" ")
                found.got.append(rest[: int(length)].decode())
                rest = rest[int(length) :]

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Say nothing of clients that were killed."""

    server = Server((HERE, 0), Handler)
    if who:
        server.socket = who.server.wrap_socket(server.socket, server_side=True)
    found.port = server.server_address[1]
    with _serving(server):
        yield found


@contextmanager
def _serving(server: socketserver.TCPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Broker:
    """mosquitto, and somebody who hears all it is told."""

    port: int
    got: list[tuple[str, str]] = field(default_factory=list)

    def last(self, topic: str) -> str | None:
        return next((body for name, body in reversed(self.got) if name == topic), None)

    def hear(self, client: Any, of: Any, message: Any) -> None:
        self.got.append((message.topic, message.payload.decode()))


@contextmanager
def broker(folder: Path, port: int = 0, *, who: Identity | None = None) -> Iterator[Broker]:
    """Run mosquitto until the block ends: open to all, or with *who* over TLS, to one user."""
    found = Broker(port or free_port(HERE))
    file, inside = folder / "mosquitto.conf", free_port(HERE)
    lines = ["per_listener_settings true", "user root"]
    lines += [f"listener {inside if who else found.port} {HERE}", "allow_anonymous true"]
    if who:
        users = folder / "users"
        users.write_text("vigie:geheim\n")
        users.chmod(0o600)
        subprocess.run(["mosquitto_passwd", "-U", users], check=True)
        lines += [f"listener {found.port} {HERE}", f"password_file {users}"]
        lines += [f"certfile {who.file}", f"keyfile {who.file}"]
    file.write_text("\n".join(lines) + "\n")
    program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    assert program, "mosquitto is missing (.ci/prepare)"
    with subprocess.Popen([program, "-c", str(file)], stderr=subprocess.DEVNULL) as process:
        try:
            with _hearing(found, inside if who else found.port):
                yield found
        finally:
            process.terminate()


@contextmanager
def _hearing(found: Broker, port: int) -> Iterator[None]:
    client, ready = Client(CallbackAPIVersion.VERSION2), Event()
    client.on_message = found.hear
    client.on_subscribe = lambda *_: ready.set()
    until("the broker listens", 10, _tried(lambda: client.connect(HERE, port)))
    client.loop_start()
    client.subscribe("#", 1)
    assert ready.wait(10)
    try:
        yield
    finally:
        client.disconnect()
        client.loop_stop()


def _tried(what: Callable[[], object]) -> Callable[[], bool]:
    def attempt() -> bool:
        try:
            what()
        except OSError:
            return False
        return True

    return attempt
