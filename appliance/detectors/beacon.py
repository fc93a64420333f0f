"""A device calls one outside host that nobody else calls, again and again, like a clock.

What it sees
    Answered conversations of a device with an outside host, counted by the
    host's name, or its address where no name was heard: when each call
    began, and how much was said in it. A call is a new conversation, or a
    new exchange in one that stays open.

Why it matters
    A program that was smuggled in asks its master for orders, at intervals,
    and says each time about the same. It is often the only sign of a break-in
    for weeks.

How it decides
    Only rare hosts are watched. Not those of the tables of updates, antivirus
    programs, practice software and regular services; not time, names, mail,
    push and telephony on their ports; none that `Limits.callers` devices call
    by one name; none that the technician named for the device; nothing that
    the device already called in the learning time, or, known from before, in
    the first `Limits.relearn` seconds after a restart: what ran then is
    ordinary here. Telephones, printers, cameras and the like have heartbeats
    and are left out.
    The quick rule wants `Limits.intervals` intervals in a row of which the
    longest is at most `Limits.spread` times the shortest, with sizes that
    differ as little, of both the typical one no more than
    `Limits.deviation` off the median, and all small; twice as many intervals
    may vary twice as much. It takes new
    conversations with any host, unless the first came with calls to
    `Limits.company` others, as when a page is opened; and exchanges in one
    conversation, too, where the host has no name or one that anybody can
    have (dynamic names, tunnels), or listens on an odd port.
    The slow rule takes all others: 24 calls or more, over `Limits.hours`
    hours without a gap, small on the whole, and RITA's score (intervals,
    sizes, histogram by hour, duration, a quarter each) of `Limits.score` or
    more. What looks like an open page (in company, large, or in one
    conversation) must last `Limits.lasting` hours: longer than anybody works.

What it misses
    Calls to a host of the tables, through a large service, or to a mail port
    of a host with a name; intervals that vary more than fourfold within a few
    hours; over UDP, what lasts less than that; a rhythm that began before the
    box had learnt, or in the first hour after a restart; two devices infected
    within the first six intervals, which excuse each other where the host has
    a name; a server that does not answer. Of hosts that share an address,
    calls within one second are counted under the name heard last.

When it is wrong
    New programs that ask their maker's server by the clock on one computer
    only: licence checks, maintenance agents, a page left open that fetches
    the news. Name the host on the device's page, or say that it is normal.

Sources
    RITA 5, ``analysis/beacons.go`` and ``default_config.hjson``, for the
    measures; MITRE ATT&CK T1071.001, T1573; jitter of common tools: up to
    half the interval.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import HEARTBEATS, Pair, Sample, kind_of, spelt
from appliance.detectors.rarity import Rarity
from appliance.detectors.rhythm import (
    deviation,
    endurance,
    evenness,
    gaps,
    longest_run,
    steadiness,
)
from appliance.durations import DAY
from appliance.facts import Fact, FlowDelta, Tick
from appliance.model import Finding, Severity
from appliance.stages import Stage

_TCP = 6
_FEWEST = 24
"""Calls that the slow rule wants: RITA 4 wanted more than 22, RITA 5 is content with 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    intervals: int = limit(
        6,
        "intervals that the quick rule wants; with fewer, chance looks regular",
        minimum=4,
        maximum=60,
    )
    seconds: float = limit(
        20.0,
        "seconds that they must last; shorter, and a page is being built up",
        minimum=1.0,
        maximum=DAY,
    )
    spread: float = limit(
        2.0,
        "times that the longest interval, and the largest size, may be of the smallest; a jitter"
        " of half the interval, which common tools offer, is twice",
        minimum=1.0,
        maximum=10.0,
    )
    deviation: float = limit(
        0.25,
        "share of the median by which a typical interval or size may differ",
        minimum=0.0,
        maximum=1.0,
    )
    small: int = limit(
        65_536,
        "octets of a call, both ways; more, and something is fetched or sent",
        minimum=256,
        maximum=10_000_000,
    )
    company: int = limit(
        3,
        "other outside hosts called together with the first call: a page is opened",
        minimum=1,
        maximum=16,
    )
    callers: int = limit(2, "devices from which on a name is not rare", minimum=2, maximum=16)
    hours: int = limit(
        6,
        "hours without a gap that the slow rule wants; a long consultation is shorter",
        minimum=1,
        maximum=24,
    )
    lasting: int = limit(
        20,
        "hours of that for what may be an open page; nobody works as long",
        minimum=1,
        maximum=24,
    )
    score: float = limit(
        0.8, "score of the slow rule; RITA calls this high", minimum=0.0, maximum=1.0
    )
    relearn: float = limit(
        3600.0,
        "seconds after a restart in which calls of devices known before are learnt",
        minimum=0.0,
        maximum=DAY,
    )
    again: float = limit(
        DAY,
        "seconds after which a beacon that goes on is told again",
        minimum=60.0,
        maximum=2_592_000.0,
    )
    pairs: int = limit(
        1024,
        "pairs of device and host watched at once, of 64 calls each",
        minimum=64,
        maximum=16_384,
    )
    familiar: int = limit(
        16_384, "pairs, and names with their callers, remembered as familiar",
        minimum=64, maximum=262_144,
    )  # fmt: skip


class Beacon:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="beacon",
        severity=Severity.WARNING,
        attack=("T1071.001", "T1573"),
        stage=Stage.CONTROL,
        limits=Limits,
        sees=(FlowDelta, Tick),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rarity = Rarity(
            pairs=limits.pairs,
            familiar=limits.familiar,
            callers=limits.callers,
            relearn=limits.relearn,
        )

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when a call is one of a regular series to a rare host."""
        if isinstance(fact, FlowDelta):
            if network.is_outside(fact.dst):
                return self._hear(fact, network)
        elif isinstance(fact, Tick):
            self._rarity.turn(fact.at)
        return ()

    def dropped(self) -> int:
        """Pairs forgotten early."""
        return self._rarity.pairs.dropped

    def _hear(self, delta: FlowDelta, network: Network) -> Iterable[Finding]:
        host = network.name_of(delta.dst) or delta.dst
        pair = self._rarity.watched(delta, host, network)
        if pair is None or not pair.add(delta):
            return ()
        self._rarity.pairs.put((delta.mac, host), pair)
        return self._judge(host, pair, delta, network)

    def _judge(
        self, host: str, pair: Pair, delta: FlowDelta, network: Network
    ) -> Iterator[Finding]:
        at, told = pair.samples[-1].at, pair.told_at
        if told is not None and 0 <= at - told < self._limits.again:
            return
        if not (self._is_quick(pair, delta.proto) or self._is_slow(pair)):
            return
        mac = delta.mac
        if not self._rarity.is_rare(pair, host):
            return
        if kind_of(mac, network) in HEARTBEATS or network.declared(mac, delta.dst):
            return
        pair.told_at = at
        yield Finding(
            detector=self.about.id,
            at=delta.at,
            about=mac,
            key=(self.about.id, mac, host),
            words={
                "host": host,
                "every": spelt(median(gaps([each.at for each in pair.samples]))),
                "calls": str(sum(count for _, count in pair.hours)),
            },
            peer=host,
            src_ip=delta.src,
            dest_ip=delta.dst,
        )

    def _is_quick(self, pair: Pair, proto: int) -> bool:
        if proto != _TCP:
            return False
        count = self._limits.intervals
        return any(self._is_regular(pair, count * times, times) for times in (1, 2))

    def _is_regular(self, pair: Pair, count: int, times: int) -> bool:
        """Tell whether the last *count* intervals vary little, *times* as much as one may."""
        limits, last = self._limits, _last(pair.samples, count, self._limits.seconds)
        if not last or any(each.sent + each.got > limits.small for each in last):
            return False
        calls = len(pair.company) < limits.company and all(each.new for each in last)
        if not (pair.odd or calls):
            return False
        intervals, sizes = gaps([each.at for each in last]), [each.sent for each in last[:-1]]
        return self._is_even(intervals, times) and self._is_even(sizes, 1)

    def _is_even(self, values: list[float] | list[int], times: int) -> bool:
        if not 0 < max(values) <= self._limits.spread * times * min(values):
            return False
        return deviation(values) <= self._limits.deviation * times

    def _is_slow(self, pair: Pair) -> bool:
        """Judge once in each hour."""
        limits, samples, hour = self._limits, list(pair.samples), pair.hours[-1][0]
        if len(samples) < _FEWEST or hour == pair.judged:
            return False
        pair.judged = hour
        counts = pair.counts()
        page = not pair.odd and (
            len(pair.company) >= limits.company or not all(each.new for each in samples)
        )
        if longest_run(counts) < (limits.lasting if page else limits.hours):
            return False
        if median(each.sent + each.got for each in samples) > limits.small:
            return False
        parts = (
            evenness(gaps([each.at for each in samples])),
            evenness([each.sent for each in samples[:-1]]),
            steadiness(counts),
            endurance(counts),
        )
        return fmean(parts) >= limits.score


def _last(samples: Sequence[Sample], count: int, seconds: float) -> list[Sample]:
    """Give the last samples with *count* intervals, or more, that last *seconds*; or none."""
    ends = samples[-1].at if samples else 0.0
    for start in range(len(samples) - 1 - count, -1, -1):
        if ends - samples[start].at >= seconds:
            return list(samples)[start:]
    return []
