"""Somebody who gives one answer, whatever is asked: at any socket, or at the panel's."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from appliance.panel.client import PanelClient

_SAID = {"state": "isolated", "since": 90.0, "light": "unheard of", "later": {"more": 1}}
LATER = json.dumps({"ok": True, "status": _SAID}).encode() + b"\n"
"""What the panel of a later version may say: all but the line is not known here."""


@contextmanager
def answering(path: Path, answer: bytes) -> Iterator[PanelClient]:
    """Have somebody at *path* give *answer* once."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        with answered(listening, answer):
            yield PanelClient(path)


@contextmanager
def answered(listening: socket.socket, answer: bytes) -> Iterator[None]:
    """Have the first to come to *listening* be given *answer*."""

    def serve() -> None:
        peer, _ = listening.accept()
        with peer:
            peer.recv(4096)
            peer.sendall(answer)

    thread = Thread(target=serve)
    thread.start()
    yield
    thread.join()
