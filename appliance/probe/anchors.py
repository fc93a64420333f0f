"""Asking hosts of the internet whether they are there: TCP, ICMP echo, and DNS by address.

Nothing here waits and nothing is resolved through the practice: a name is asked for at the
anchors themselves, because a router may answer it from memory. Asked are few, only while the line
is cut on somebody's order or tested, and only through the management card. An answer is a finished
TCP handshake, an echo, or a DNS message with our number; a refusal or an error on the way may come
from the router, and is no answer.
"""

import secrets
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from appliance.panel.signs import Asked

WAIT = 1.5
"""Seconds for an answer: a host of the internet takes some tens of milliseconds."""

MOST = 6
"""Most addresses, and most names."""

PORTS = (443, 53)
"""TCP ports asked in turn, one a round."""

_DNS = 53
_ECHO, _ECHO_REPLY = 8, 0
_ECHO_6, _ECHO_REPLY_6 = 128, 129
_SO_BINDTODEVICE = 25  # linux/socket.h


class Asker(Protocol):
    """What rounds of questions to the internet go through."""

    busy: bool
    """A round is under way."""

    def begin(self, now: float) -> None:
        """Start a round; one that is under way is dropped."""

    def poll(self, now: float) -> Asked | None:
        """Give the round once it is finished."""

    def close(self) -> None:
        """Ask nobody any more."""


@dataclass(slots=True)
class _Question:
    what: str
    """For the technician: ``9.9.9.9 tcp/443``."""
    socket: socket.socket
    number: int = 0


class Anchors:
    """Rounds of questions to *addresses*, and to them for *names*; *now* never steps."""

    def __init__(
        self,
        addresses: Sequence[str],
        names: Sequence[str] = (),
        card: str = "",
        ports: Sequence[int] = PORTS,
    ) -> None:
        self._addresses = tuple(addresses)[:MOST]
        self._names = tuple(names)[:MOST]
        self._card = card
        self._ports = ports
        self._round = 0
        self._open: list[_Question] = []
        self._sent: tuple[str, ...] = ()
        self._until = 0.0
        self.busy = False

    def begin(self, now: float) -> None:
        """See `Asker`."""
        self.close()
        port = self._ports[self._round % len(self._ports)]
        for place, address in enumerate(self._addresses):
            self._try(f"{address} tcp/{port}", _tcp, address, port)
            self._try(f"{address} icmp", _icmp, address, secrets.randbits(16))
            for name in self._names[place :: len(self._addresses)]:
                self._try(f"{name} @{address}", _dns, address, name)
        self._round += 1
        self._sent = tuple(one.what for one in self._open)
        self._until = now + WAIT
        self.busy = True

    def poll(self, now: float) -> Asked | None:
        """See `Asker`; the first answer ends the round, silence takes `WAIT`."""
        if not self.busy:
            return None
        answered = [one.what for one in self._open if _answered(one)]
        if not answered and self._sent and now < self._until:
            return None
        self.close()
        return Asked(answered=tuple(answered), sent=self._sent)

    def close(self) -> None:
        """See `Asker`."""
        for one in self._open:
            one.socket.close()
        self._open, self.busy = [], False

    def _try(self, what: str, ask: "_Ask", address: str, about: int | str) -> None:
        """Ask, unless the question cannot leave: no route, no right."""
        try:
            self._open.append(ask(what, address, about, self._card))
        except OSError:
            return


class _Ask(Protocol):
    def __call__(self, what: str, address: str, about: int | str, card: str) -> _Question: ...


def _tcp(what: str, address: str, about: int | str, card: str) -> _Question:
    opened = _opened(address, socket.SOCK_STREAM, card)
    try:
        opened.connect((address, int(about)))
    except BlockingIOError:
        pass
    except ConnectionRefusedError:  # by this machine itself; elsewhere a refusal comes later
        pass
    except OSError:
        opened.close()
        raise
    return _Question(what, opened)


def _dns(what: str, address: str, about: int | str, card: str) -> _Question:
    """Ask for the address of a name (RFC 1035 section 4.1), recursion desired."""
    number = secrets.randbits(16)
    labels = b"".join(bytes([len(label)]) + label.encode() for label in str(about).split("."))
    message = struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + labels + struct.pack("!BHH", 0, 1, 1)
    return _send(what, _opened(address, socket.SOCK_DGRAM, card), (address, _DNS), message, number)


def _icmp(what: str, address: str, about: int | str, card: str) -> _Question:
    """Send an echo request (RFC 792, RFC 4443 section 4.1) through a ping socket.

    The kernel fills in what is missing.
    """
    number = int(about)
    new = ":" in address
    message = struct.pack("!BBHHH", _ECHO_6 if new else _ECHO, 0, 0, 0, number)
    protocol = socket.IPPROTO_ICMPV6 if new else socket.IPPROTO_ICMP
    opened = _opened(address, socket.SOCK_DGRAM, card, protocol)
    return _send(what, opened, (address, 0), message, number)


def _send(
    what: str, opened: socket.socket, to: tuple[str, int], message: bytes, number: int
) -> _Question:
    try:
        opened.connect(to)
        opened.send(message)
    except OSError:
        opened.close()
        raise
    return _Question(what, opened, number)


def _opened(address: str, kind: int, card: str, protocol: int = 0) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    opened = socket.socket(family, kind, protocol)
    opened.setblocking(False)
    if card:
        try:
            opened.setsockopt(socket.SOL_SOCKET, _SO_BINDTODEVICE, card.encode() + b"\0")
        except OSError:
            opened.close()
            raise
    return opened


def _answered(one: _Question) -> bool:
    try:
        if one.socket.type == socket.SOCK_STREAM:
            one.socket.getpeername()  # raises until the handshake is finished
            return True
        message = one.socket.recv(512)
    except OSError:
        return False
    reply = {socket.IPPROTO_ICMP: _ECHO_REPLY, socket.IPPROTO_ICMPV6: _ECHO_REPLY_6}
    if one.socket.proto in reply:
        number = one.number.to_bytes(2, "big")
        return message[:1] == bytes([reply[one.socket.proto]]) and message[6:8] == number
    return message[:2] == one.number.to_bytes(2, "big") and message[2:3] >= b"\x80"
