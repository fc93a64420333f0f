"""What every way out has in common: it sends one message, or says why not."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Protocol, TypeAlias

from appliance.model import Level
from appliance.store.outbox import Item

Clock: TypeAlias = Callable[[], float]

PATIENCE = 20.0
"""Seconds without an answer after which the other end is given up for now."""

LONGEST = 60.0
"""Seconds that one message may take in all, also where the other end answers in drops."""


class Later(Exception):  # noqa: N818 - says what to do
    """The message was not taken, and may be when it is tried again; the text says why."""


class Refused(Exception):  # noqa: N818 - a refusal is no error of ours
    """The message will never be taken: the other end says that it is at fault."""


class Unusable(Exception):  # noqa: N818 - says what it is
    """The way cannot be used as it is set up; the text says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the practice is."""

    level: Level
    danger: bool
    """Some danger is open, whatever the light shows."""


class Way(Protocol):
    """A way out; used by one thread."""

    local: bool
    """It stays on the practice's network, so it is tried while isolated, too."""

    def send(self, item: Item) -> None:
        """Send *item*; returns when the other end has taken it. Raises Later and Refused."""

    def show(self, state: State) -> None:
        """Say how the practice is, where the way has a place for that; called often."""

    def close(self) -> None:
        """Hang up."""


class Plain:
    """A way that shows no state and holds no connection between messages."""

    def show(self, state: State) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Have nothing to hang up."""


def secret(file: str) -> str:
    """Give what is in *file*, of one line; nothing for no file. Raises Unusable."""
    if not file:
        return ""
    try:
        text = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise Unusable(f"{file} cannot be read: {why}.") from None
    if not text or not text.isprintable():
        raise Unusable(f"{file} must hold one line of text.")
    return text


def trust(file: str) -> ssl.SSLContext:
    """Give who is believed to be whom: as the system has it, and *file*. Raises Unusable."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if file:
        try:
            context.load_verify_locations(file)
        except OSError as error:  # an error of TLS is one, too
            raise Unusable(f"{file} holds no certificates: {error.strerror or error}.") from None
    return context


@contextmanager
def within(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Hang up what *connection* gives after *seconds*, so that the block fails with an OSError."""

    def hang_up() -> None:
        open_one = connection()
        if open_one is not None:
            with suppress(OSError):
                socket.socket.shutdown(open_one, socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def said(error: BaseException) -> str:
    """Give what *error* says, on one line."""
    text = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:200]
