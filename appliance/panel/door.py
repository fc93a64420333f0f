"""The door: a Unix socket where orders come in, one JSON object a line.

Whoever may open it may isolate, so nobody may be able to hold it shut: clients that are slow, half
open or silent are dropped, the one silent for longest first; each gets one line's turn at a time.
"""

import os
import selectors
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from appliance.panel.request import LONGEST

CLIENTS = 32
"""Connections at once; a new one takes the place of the one silent for longest."""

FIRST_WORD = 5.0
"""Seconds for the first whole request."""

IDLE = 60.0
"""Seconds between requests; watchers need not ask again."""

OUTGOING = 262_144
"""Bytes waiting for a client that does not read; then it is dropped."""

_ACCEPTED = 8
"""New connections in one turn."""


@dataclass(slots=True, eq=False)
class Client:
    """A connection and who is at its other end."""

    socket: socket.socket
    uid: int
    until: float
    """When it is dropped unless it has asked something by then."""
    heard_at: float
    watching: bool = False
    incoming: bytearray = field(default_factory=bytearray)
    outgoing: bytearray = field(default_factory=bytearray)
    last: bool = False
    """Nothing more is read; it is dropped once its answer is out."""


class Door:
    """The socket and the clients at it; *steady* times are of a clock that never steps."""

    def __init__(self, path: Path) -> None:
        """Listen at *path*, in the place of what a former process left; raises OSError."""
        self._path = path
        self._clients: list[Client] = []
        self._selector = selectors.DefaultSelector()
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listening.setblocking(False)
        path.unlink(missing_ok=True)
        before = os.umask(0o117)  # 0660 from the first moment on
        try:
            self._listening.bind(str(path))
        finally:
            os.umask(before)
        self._listening.listen(CLIENTS)
        self._selector.register(self._listening, selectors.EVENT_READ)

    def wait(self, seconds: float, steady: float) -> list[tuple[Client, bytes]]:
        """Wait at most *seconds* for somebody; give at most one line of each client.

        A line longer than `request.LONGEST` comes as its beginning, which no request is.
        """
        pending = any(_ready(client) for client in self._clients)
        for key, events in self._selector.select(0 if pending else seconds):
            if key.fileobj is self._listening:
                self._accept(steady)
            elif isinstance(key.data, Client):
                self._serve(key.data, events)
        self._drop_late(steady)
        return [*self._lines()]

    def answer(self, client: Client, line: bytes, steady: float, *, last: bool = False) -> None:
        """Send *line* to *client*, which has asked; with *last*, drop it when that is out."""
        client.heard_at, client.until = steady, steady + (FIRST_WORD if last else IDLE)
        client.last = client.last or last
        self.tell(client, line)

    def tell(self, client: Client, line: bytes) -> None:
        """Send *line* to *client*, which has not asked; nothing when it has gone."""
        if client in self._clients:
            client.outgoing += line
            self._send(client)

    def watchers(self) -> list[Client]:
        """Give the clients that want to know of every change."""
        return [client for client in self._clients if client.watching]

    def close(self) -> None:
        """Send everybody away and remove the socket."""
        for client in list(self._clients):
            self._drop(client)
        self._selector.close()
        self._listening.close()
        self._path.unlink(missing_ok=True)

    def _accept(self, steady: float) -> None:
        for _ in range(_ACCEPTED):
            try:
                peer, _ = self._listening.accept()
            except OSError:  # nobody there any more, or no descriptors left
                return
            if len(self._clients) >= CLIENTS:
                self._drop(min(self._clients, key=lambda client: client.heard_at))
            peer.setblocking(False)
            client = Client(peer, _uid(peer), until=steady + FIRST_WORD, heard_at=steady)
            self._clients.append(client)
            self._selector.register(peer, selectors.EVENT_READ, client)
            self._read(client)

    def _serve(self, client: Client, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            self._send(client)
        if events & selectors.EVENT_READ and client in self._clients:
            self._read(client)

    def _read(self, client: Client) -> None:
        if _whole(client):
            return
        try:
            data = client.socket.recv(LONGEST)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        client.incoming += data
        if not data:
            self._drop(client)

    def _lines(self) -> Iterator[tuple[Client, bytes]]:
        for client in list(self._clients):
            if not _ready(client):
                continue
            line, _, rest = client.incoming.partition(b"\n")
            client.incoming = rest
            yield client, bytes(line)

    def _send(self, client: Client) -> None:
        try:
            sent = client.socket.send(client.outgoing) if client.outgoing else 0
        except BlockingIOError:
            sent = 0
        except OSError:
            self._drop(client)
            return
        del client.outgoing[:sent]
        if len(client.outgoing) > OUTGOING or (client.last and not client.outgoing):
            self._drop(client)
            return
        # Who does not read his answers is not read from either.
        wanted = selectors.EVENT_WRITE if client.outgoing else selectors.EVENT_READ
        self._selector.modify(client.socket, wanted, client)

    def _drop_late(self, steady: float) -> None:
        for client in list(self._clients):
            if steady >= client.until and not client.watching:
                self._drop(client)

    def _drop(self, client: Client) -> None:
        self._clients.remove(client)
        self._selector.unregister(client.socket)
        client.socket.close()


def _ready(client: Client) -> bool:
    return _whole(client) and not client.last and not client.outgoing


def _whole(client: Client) -> bool:
    return b"\n" in client.incoming or len(client.incoming) > LONGEST


def _uid(peer: socket.socket) -> int:
    """Give the user at the other end, as the kernel knows it (SO_PEERCRED, unix(7))."""
    credentials = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    uid: int = struct.unpack("3i", credentials)[1]
    return uid
