"""A device sends out far more than it ever did, to a host that hardly sends anything back.

What it sees
    What each device sends to each outside host and is sent by it, added up
    by day (UTC): by the host's name, or its address where none was heard.
    Also where the outside host began.

Why it matters
    Before files are encrypted they are often stolen, to blackmail the
    practice with them. It takes hours, and is the last moment to pull a cable.

How it decides
    A day's octets to one host are a finding when they pass the floor for that
    kind of host, are `Limits.ratio` times what came back, and are
    `Limits.usual` times the most that the device sent there on an earlier day
    of the last `Limits.days`. The floors: `Limits.sharing` for hosts where
    anybody can leave files, and for tunnels; `Limits.unknown` for hosts of no
    table; `Limits.trusted` for practice software, clouds for images, and
    hosts of updates; `Limits.storage` for large clouds, which one's first
    synchronisation fills. Equipment that has little to send is measured with
    a tenth of it, telephones and tablets, whose pictures are nobody's
    business here, with ten times as much. Over UDP on other ports than that
    of the web it is a call: there the floor is `Limits.storage`.
    Sent to many hosts of no table in small parts, `Limits.spread` in a day are
    a finding, too, when they are `Limits.usual` times the device's largest
    day. Each doubling is told again. Hosts that the technician named for the
    device are never counted: a declared backup does not alarm, not even the
    first. In the learning time nothing is told, and all is learnt.
    Out of the practice's hours that is said as well. It is a danger then when
    it goes to one host of file sharing or a tunnel, with which no backup works;
    all else stays a warning, because backups run at night.
    What a restart costs: the earlier days are forgotten. For `Limits.relearn`
    seconds after it, hosts with a name that is in no table are measured with
    the floor of `Limits.trusted` for devices known from before, so that a
    backup that came every night is learnt again and not told, unless it is
    larger than that.

What it misses
    What is sent in small parts over many days; what goes out through a host of
    the large clouds, or a declared one; what is hidden in names asked for or
    in pings; a day cut in two at midnight UTC, of which neither half is enough.

When it is wrong
    The first backup to a host nobody declared, a large case sent to a laboratory's own
    server, films published by the practice. Name the host on the device's
    page, or say that it is normal with that host only; to say that all of it is
    normal would also hide a theft.

Sources
    MITRE ATT&CK T1048, T1567; ``data/upload_hosts.csv``; for comparison:
    Slips tells 500 MB to one host in an hour, Firewalla compares what was
    sent with what came back, from 1.5 on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import kind_of
from appliance.detectors.listening import Listening
from appliance.detectors.volumes import Level, Sent, ends, level_of
from appliance.durations import DAY
from appliance.facts import Fact, FlowDelta, Tick
from appliance.knowledge.kinds import Kind
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_MEGA = 1_000_000
_UDP, _WEB = 17, 443
_FEW, _MANY = 0.1, 10.0
"""Share of a floor for devices that have little to send, and for those of people."""
_UNHEARD = (Level.SHARING, Level.UNKNOWN)
"""What counts together, in small parts."""
_SMALL = frozenset(
    (
        Kind.SENSOR,
        Kind.UNIT,
        Kind.STERILISER,
        Kind.PRINTER_3D,
        Kind.CARD_READER,
        Kind.PAYMENT_TERMINAL,
        Kind.PRINTER,
        Kind.SWITCH,
        Kind.ACCESS_POINT,
    )
)
"""Kinds that have little to send."""
_PERSONAL = frozenset((Kind.PHONE, Kind.TABLET, Kind.TELEVISION, Kind.CAMERA))
"""Kinds that send films and pictures of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    sharing: int = limit(
        20,
        "megabytes a day to hosts of file sharing and tunnels; a mail's attachment is smaller",
        minimum=1,
        maximum=1_000_000,
    )
    unknown: int = limit(
        150,
        "megabytes a day to a host of no table; a few letters and pictures are less, the files of"
        " a practice more",
        minimum=1,
        maximum=1_000_000,
    )
    trusted: int = limit(
        2000,
        "megabytes a day to practice software, image clouds and hosts of updates; a case of"
        " images has 100 to 500",
        minimum=1,
        maximum=1_000_000,
    )
    storage: int = limit(
        20_000,
        "megabytes a day to large clouds, or in a call with pictures of a whole day",
        minimum=1,
        maximum=1_000_000,
    )
    spread: int = limit(
        1000, "megabytes a day to all hosts of no table together", minimum=1, maximum=1_000_000
    )
    ratio: float = limit(
        3.0,
        "times that more is sent than received; speed tests and calls go both ways",
        minimum=0.0,
        maximum=100.0,
    )
    usual: float = limit(
        3.0, "times the largest earlier day; backups vary by half", minimum=1.0, maximum=100.0
    )
    days: int = limit(14, "days remembered", minimum=1, maximum=60)
    relearn: float = limit(
        100_000.0,
        "seconds after a restart in which the past is learnt again: a day and some hours",
        minimum=0.0,
        maximum=604_800.0,
    )
    pairs: int = limit(
        8192, "pairs of device and host remembered at once", minimum=64, maximum=65_536
    )


class Exfiltration:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="exfiltration",
        severity=Severity.WARNING,
        attack=("T1048", "T1567"),
        stage=Stage.HARM,
        limits=Limits,
        sees=(FlowDelta, Tick),
        worse_at_night=True,
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pairs: Memory[tuple[Mac, str, bool], Sent] = Memory(limits.pairs)
        """By device, host, and whether it is a call over UDP."""
        self._devices: Memory[Mac, Sent] = Memory(limits.pairs)
        """What each sent to hosts of no table."""
        self._listening = Listening()
        self._least = min(limits.sharing, limits.unknown) * _MEGA * _FEW

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when what *fact* adds is too much."""
        if isinstance(fact, FlowDelta):
            if (fact.payload_out or fact.payload_in) and (found := ends(fact, network)):
                return self._add(fact, *found, network)
        elif isinstance(fact, Tick):
            self._listening.turn(fact.at)
        return ()

    def dropped(self) -> int:
        """Pairs and devices forgotten early."""
        return self._pairs.dropped + self._devices.dropped

    def _add(self, delta: FlowDelta, mac: Mac, outside: Ip, network: Network) -> Iterable[Finding]:
        name = network.name_of(outside)
        call = delta.proto == _UDP and _WEB not in (delta.dport, delta.sport)
        level = Level.STORAGE if call else level_of(name)
        day, key = int(delta.at // DAY), (mac, name or outside, call)
        sent = self._pairs.get(key)
        first = sent is None or sent.day != day
        if sent is None:
            sent = Sent(day)
        if first:
            sent.turn(day, self._limits.days)
            self._pairs.put(key, sent)
        out, back = delta.payload_out, delta.payload_in
        if delta.dst != outside:
            out, back = back, out
        sent.out += out
        sent.back += back
        total = None
        if level in _UNHEARD and not network.declared(mac, outside):
            total = self._device(mac, day)
            total.hosts += first
            total.out += out
            total.back += back
        if sent.out < self._least and (total is None or total.out < self._least):
            return ()
        return self._judge(delta, mac, outside, (level, sent, total), network)

    def _device(self, mac: Mac, day: int) -> Sent:
        total = self._devices.get(mac)
        if total is None:
            total = Sent(day)
            self._devices.put(mac, total)
        elif total.day != day:
            total.turn(day, self._limits.days)
            self._devices.put(mac, total)
        return total

    def _judge(
        self,
        delta: FlowDelta,
        mac: Mac,
        outside: Ip,
        added: tuple[Level, Sent, Sent | None],
        network: Network,
    ) -> Iterator[Finding]:
        level, sent, total = added
        if network.learning or network.declared(mac, outside):
            return
        name, share = network.name_of(outside), self._share(mac, network)
        floor = getattr(self._limits, level)
        relearn = self._limits.relearn
        if level is Level.UNKNOWN and name and self._listening.relearns(mac, relearn, network):
            floor = max(floor, self._limits.trusted)
        host, subject = name or outside, name or outside
        if not self._is_much(sent, floor * share):
            if total is None or not self._is_much(total, self._limits.spread * share):
                return
            host, subject, sent = f"{host} (+{total.hosts - 1})", "", total
        sent.told = sent.out
        if total is not None:
            total.told = total.out
        yield Finding(
            detector=self.about.id,
            at=delta.at,
            about=mac,
            key=(self.about.id, mac, subject),
            words={
                "host": host,
                "megabytes": str(sent.out // _MEGA),
                "usual": str(sent.most() // _MEGA),
            },
            graver_at_night=level is Level.SHARING and bool(subject),
            peer=subject,
            src_ip=delta.src if delta.dst == outside else delta.dst,
            dest_ip=outside,
        )

    def _is_much(self, sent: Sent, floor: float) -> bool:
        limits = self._limits
        return (
            sent.out >= floor * _MEGA
            and sent.out >= limits.ratio * sent.back
            and sent.out >= limits.usual * sent.most()
            and sent.out >= 2 * sent.told
        )

    def _share(self, mac: Mac, network: Network) -> float:
        """Give what part of a floor counts for a device of this kind."""
        kind = kind_of(mac, network)
        return _FEW if kind in _SMALL else _MANY if kind in _PERSONAL else 1.0
