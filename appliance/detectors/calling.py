"""Which device calls which outside host, and what is remembered of such a pair."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from appliance.detectors.base import Network
from appliance.durations import HOUR
from appliance.facts import FlowDelta
from appliance.knowledge.kinds import Kind
from appliance.model import Ip, Mac

SAMPLES: Final = 64
"""Calls remembered of a pair: enough for RITA's quartiles, and of a call a minute, an hour."""
HOURS: Final = 24
"""Hours of which the calls are counted."""
COMPANIONS: Final = 16
"""Other hosts remembered around a first call."""

HEARTBEATS: Final = frozenset(
    (
        Kind.PRINTER,
        Kind.CAMERA,
        Kind.PHONE,
        Kind.TABLET,
        Kind.TELEVISION,
        Kind.IOT,
        Kind.PAYMENT_TERMINAL,
        Kind.CARD_READER,
        Kind.NAS,
        Kind.ACCESS_POINT,
        Kind.SWITCH,
        Kind.INTERNET_BOX,
    )
)
"""Kinds whose devices call their makers, by the clock, to say that they are there."""
_PAUSE = 1.5
"""Seconds of silence between two exchanges: facts of one conversation come once a second."""
_APART = 1.0
"""Seconds between two calls; closer ones are the same, made over several conversations."""
_FIN_OR_RST = 0x05


@dataclass(slots=True)
class Sample:
    """One call."""

    at: float
    new: bool
    """It was a new conversation; else an exchange in an open one."""
    sent: int = 0
    """Octets, …"""
    got: int = 0


class Pair:
    """What is remembered of a device and an outside host."""

    __slots__ = ("company", "hours", "judged", "last_at", "nameless", "odd", "samples", "told_at")

    def __init__(self, *, nameless: bool, odd: bool) -> None:
        self.nameless = nameless
        """No name was heard, or one that anybody can have."""
        self.odd = odd
        """That, or it listens on a port of no ordinary program."""
        self.samples: deque[Sample] = deque(maxlen=SAMPLES)
        self.hours: deque[tuple[int, int]] = deque(maxlen=HOURS)
        """Hours since 1970 with calls, and how many."""
        self.company: set[str] = set()
        """Other hosts called together with the first call."""
        self.last_at = 0.0
        self.told_at: float | None = None
        self.judged = 0
        """Hour of the last judgement by the slow rule."""

    def add(self, delta: FlowDelta) -> bool:
        """Take in what *delta* says; tell whether it begins a call."""
        begins = self._begins(delta)
        if begins:
            new = self._is_new(delta)
            self.samples.append(Sample(delta.first_at if new else delta.at, new))
            hour = int(delta.at // HOUR)
            if self.hours and self.hours[-1][0] == hour:
                self.hours[-1] = (hour, self.hours[-1][1] + 1)
            else:
                self.hours.append((hour, 1))
        if self.samples:
            self.samples[-1].sent += delta.payload_out
            self.samples[-1].got += delta.payload_in
        self.last_at = delta.at
        return begins

    def _begins(self, delta: FlowDelta) -> bool:
        if not self.samples or self._is_new(delta):
            return True
        ends = (delta.flags_out | delta.flags_in) & _FIN_OR_RST
        return not ends and delta.at - self.last_at > _PAUSE

    def _is_new(self, delta: FlowDelta) -> bool:
        return not self.samples or delta.first_at >= self.samples[-1].at + _APART

    def counts(self) -> list[int]:
        """Give the calls of each hour from the first to the last, a day at most."""
        if not self.hours:
            return []
        last, by_hour = self.hours[-1][0], dict(self.hours)
        first = max(self.hours[0][0], last - HOURS + 1)
        return [by_hour.get(hour, 0) for hour in range(first, last + 1)]


def kind_of(mac: Mac, network: Network) -> str:
    """Give what *mac* is: as people say, by its role, or as it seems."""
    device = network.device(mac)
    return (device.given_kind or device.role or device.kind) if device else ""


def is_known_before(mac: Mac, at: float, network: Network) -> bool:
    """Tell whether *mac* was known before the time *at*."""
    device = network.device(mac)
    return device is not None and device.first_at < at


def spelt(seconds: float) -> str:
    """Give a length of time as both languages write it: ``10 s``, ``5 min``, ``3 h``."""
    if seconds < 2 * 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 2 * HOUR else f"{seconds / HOUR:.0f} h"


def who(ip: Ip, network: Network) -> str:
    """Give the device at *ip*, else the name it was called by, else *ip* itself."""
    return network.holder(ip) or network.name_of(ip) or ip


def host_of(ip: Ip, network: Network) -> str:
    """Give the name of an outside address, or itself."""
    return network.name_of(ip) or ip
