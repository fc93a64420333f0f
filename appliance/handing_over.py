"""The sensor hands the headers of the last packets over to the evidence of an incident.

What they are is taken out of memory at once; a thread puts it on the card, because packets must not
wait for a slow one. A card that does not take it is tried again after a minute.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

import msgspec

from appliance import durable, packets
from appliance.packets import Asked, Caught
from appliance.sensor.pcap_writing import pieces
from appliance.sensor.recent import Held, Recent

AGAIN = 60.0
"""Seconds after which it is tried again."""

_MODE = 0o660

log = logging.getLogger(__name__)


class HandingOver:
    """Hands over in the directory *state* what passed in the last *span* seconds."""

    def __init__(self, state: Path, span: float) -> None:
        self._state = state
        self._span = span
        self._tried: tuple[str, str] | None = None
        self._tried_at = 0.0
        self._thread: Thread | None = None

    def go_on(self, recent: Recent, incident: str, now: float) -> None:
        """Hand over what is asked for the *incident* that is open (by its id; empty: none is)."""
        if not incident or (self._thread is not None and self._thread.is_alive()):
            return
        here = packets.place(self._state, incident)
        for name, asked in packets.unanswered(here):
            if self._tried == (incident, name) and abs(now - self._tried_at) < AGAIN:
                continue
            self._tried, self._tried_at = (incident, name), now
            held = recent.of(asked.devices, max(asked.after, now - self._span))
            told = _told(asked, held, now)
            content = pieces(held, recent.link)
            self._thread = Thread(target=_write, args=(here, name, content, told), name="packets")
            self._thread.start()
            return

    def finish(self) -> None:
        """Wait until what was begun is on the card."""
        if self._thread is not None:
            self._thread.join()


def _told(asked: Asked, held: Held, now: float) -> Caught:
    times = held["at"] if len(held) else [0.0]
    return Caught(
        at=now,
        packets=len(held),
        first_at=float(min(times)),
        last_at=float(max(times)),
        devices=asked.devices,
    )


def _write(here: Path, name: str, content: Iterable[bytes], told: Caught) -> None:
    try:
        durable.write(here / f"{name}.pcap", b"".join(content), mode=_MODE)
        durable.write(packets.caught_file(here, name), msgspec.json.encode(told), mode=_MODE)
    except OSError as trouble:
        log.warning("The headers of packets were not handed over: %s", trouble)
