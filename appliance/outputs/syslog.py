"""Alerts for a log server, as RFC 5424 writes them.

They go over TLS (RFC 5425) or, on one's own network, plain TCP, in frames that say their length
(RFC 6587 section 3.4.1).

The protocol has no receipt. So each message has a connection of its own: we say that we are done,
and wait for the server to hang up, which it does after it has read all. A server that does not, but
whose kernel has confirmed every octet, is taken at its word.
"""

import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from fcntl import ioctl
from struct import pack, unpack

from appliance.config_outputs import Syslog
from appliance.model import Severity
from appliance.outputs import cef
from appliance.outputs.way import LONGEST, PATIENCE, Later, Plain, said, trust, within
from appliance.outputs.words import clean
from appliance.store.outbox import Item

_FACILITY = 13
"""Log audit (RFC 5424 section 6.2.1)."""

_LEVELS = {Severity.NOTICE: 5, Severity.WARNING: 4, Severity.DANGER: 1}
"""Notice; warning; alert, which means that action must be taken at once."""

_ENTERPRISE = 32473
"""Kept for examples by RFC 5612: Vigie has no number of its own."""

_GOODBYE = 3.0
"""Seconds to wait for the server to hang up."""

_UNSENT = 0x5411
"""SIOCOUTQ, octets that the other end has not confirmed (tcp(7))."""


class SyslogWay(Plain):
    """Sends to the log server that *about* says."""

    def __init__(
        self, about: Syslog, host: str, *, patience: float = PATIENCE, longest: float = LONGEST
    ) -> None:
        self.local = about.local
        self._about = about
        self._host = host
        self._patience = patience
        self._longest = longest
        self._trust = trust(about.trust_file)

    def send(self, item: Item) -> None:
        """Send *item*; the server has it when this returns."""
        told = line(item, self._host, in_cef=self._about.form == "cef").encode()
        try:
            self._send(b"%d %b" % (len(told), told))
        except (OSError, ValueError) as error:
            raise Later(said(error)) from None

    def _send(self, frame: bytes) -> None:
        address, secure = (self._about.host, self._about.port), self._about.security == "tls"
        with socket.create_connection(address, self._patience) as plain:
            connection: socket.socket = plain
            if secure:
                connection = self._trust.wrap_socket(
                    plain, server_hostname=self._about.host, do_handshake_on_connect=False
                )
            with connection, within(self._longest, lambda: connection):
                if isinstance(connection, ssl.SSLSocket):
                    connection.do_handshake()
                connection.sendall(frame)
                _await_end(connection)


def _await_end(connection: socket.socket) -> None:
    """Say that we are done, and wait for the server to have read all; raises OSError."""
    connection.settimeout(_GOODBYE)
    # A server may go without a word, or be slow: what counts then is what was confirmed.
    with suppress(TimeoutError, ssl.SSLError):
        if isinstance(connection, ssl.SSLSocket):
            connection.unwrap()
        else:
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass
    _confirmed(connection)


def _confirmed(connection: socket.socket) -> None:
    (left,) = unpack("i", ioctl(connection.fileno(), _UNSENT, pack("i", 0)))
    if left:
        raise TimeoutError("the server does not confirm what it got")


def line(item: Item, host: str, *, in_cef: bool) -> str:
    """Give *item* as one message of RFC 5424, from *host*."""
    data = item.content.get("data", {})
    severity = Severity(item.severity)
    at = data.get("last_at") or datetime.fromtimestamp(item.created, UTC).isoformat()
    head = f"<{_FACILITY * 8 + _LEVELS[severity]}>1 {at} {_word(host, 255)} vigie - {item.kind}"
    if in_cef:
        return f"{head} - {cef.event(item)}"
    device = data.get("device", {})
    values = {
        "id": item.id,
        "alert": item.alert,
        "detector": data.get("detector", ""),
        "severity": severity.name.lower(),
        "device": device.get("name", ""),
        "kind": device.get("kind", ""),
        "mac": data.get("mac", ""),
        "src": data.get("src_ip", ""),
        "dst": data.get("dest_ip", ""),
        "by": data.get("by") or data.get("part", ""),
    }
    pairs = " ".join(f'{key}="{_value(str(value))}"' for key, value in values.items() if value)
    text = clean(data.get("body") or item.content["subject"], 1000)
    return f"{head} [vigie@{_ENTERPRISE} {pairs}] {text}"


def _word(text: str, most: int) -> str:
    """Give *text* as a field of the head: printable ASCII, no space."""
    return "".join(sign for sign in text if "!" <= sign <= "~")[:most] or "-"


def _value(text: str) -> str:
    """Give *text* as a value of structured data (RFC 5424 section 6.3.3)."""
    one = clean(text)
    for sign in ("\\", '"', "]"):
        one = one.replace(sign, "\\" + sign)
    return one
