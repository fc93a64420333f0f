"""From packets to alerts: how the stages are joined. Read this first.

    sensor -> decode -> inventory -> detectors -> triage -> cases

Everything below `Pipeline.feed` is pure: the same packets give the same alerts, live or from a
file, in blocks of any size. What the box knows of the outer world (people's decisions, lists of
bad names) is handed in between blocks by `heed` and `use_lists`.
"""

import traceback
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from appliance.addresses import Home, Network, Place
from appliance.cases import Cases
from appliance.decisions import Standing
from appliance.decode import Decoder
from appliance.detectors import ALL
from appliance.detectors.base import Detector
from appliance.facts import DhcpAsked, DhcpOffered, Fact, FlowDelta, Tick
from appliance.hours import Hours
from appliance.inventory.inventory import Inventory
from appliance.knowledge.makers import makers
from appliance.lists.index import Lists
from appliance.model import Alert, Case, Device, Frame, Ip, Level, Mac, Severity
from appliance.roles import roles
from appliance.sensor.columns import Block
from appliance.sensor.meter import Meter
from appliance.sensor.recent import Recent
from appliance.sensor.unrecorded import Unrecorded
from appliance.triage import Triage

NO_IP = Ip("0.0.0.0")  # noqa: S104 - nobody listens: a sender that has no address yet

SILENCE = 5
"""Seconds of silence that follow a capture's end: some detectors wait before they speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a pipeline must know before its first packet."""

    home: tuple[Network, ...] = ()
    """Networks of the practice; empty: all private ones."""
    unrecorded: tuple[Network, ...] = ()
    """Networks of guests, of whom nothing is kept."""
    unrecorded_vlans: frozenset[int] = frozenset()
    recent_octets: int = 0
    """Room for the headers of the last packets; 0: none are kept."""
    own: frozenset[Mac] = frozenset()
    """Hardware addresses of the box itself."""
    learn_until: float = 0.0
    """Packet time until which new devices are learnt without an alert."""
    conversations: int = 65_536
    devices: int = 4096
    limits: Mapping[str, Any] = field(default_factory=dict)
    """Detectors' limits by id, where they are not the default."""
    without: frozenset[str] = frozenset()
    """Detectors not to run."""
    lists: Lists = field(default_factory=Lists)
    remote_tools: frozenset[str] = frozenset()
    """Keys of the tools for remote control that the technician allowed."""
    hours: Hours | None = None
    """When people are in the practice; None when nobody said: no time is worse than another."""


class Pipeline:
    """All stages of one sensor, joined."""

    def __init__(self, setting: Setting, *, fence: bool = True) -> None:
        self._guests = Home(setting.unrecorded) if setting.unrecorded else None
        hidden = Unrecorded(setting.unrecorded, setting.unrecorded_vlans, setting.home)
        named = bool(setting.unrecorded or setting.unrecorded_vlans)
        guests = hidden if named else None
        recent = Recent(setting.recent_octets, guests) if setting.recent_octets else None
        self.meter = Meter(setting.conversations, guests, recent)
        self.decoder = Decoder()
        self.inventory = Inventory(
            home=Home(setting.home),
            find_maker=makers().find,
            roles=roles(),
            lists=setting.lists,
            remote_tools=setting.remote_tools,
            own=setting.own,
            learn_until=setting.learn_until,
            devices=setting.devices,
        )
        self.detectors = tuple(
            kind(setting.limits.get(kind.about.id) or kind.about.limits())
            for kind in ALL
            if kind.about.id not in setting.without
        )
        self.triage = Triage((detector.about for detector in self.detectors), setting.hours)
        self.cases = Cases(detector.about for detector in self.detectors)
        self.faults: dict[str, str] = {}
        """Detectors that failed, with the traceback of their last failure."""
        self.now = 0.0
        self._heeded = self.inventory.standing
        self._fence = fence
        self._watchers: dict[type[Fact], tuple[Detector, ...]] = {
            kind: tuple(each for each in self.detectors if kind in each.about.sees)
            for kind in get_args(Fact)
        }

    def feed(self, block: Block) -> list[FlowDelta]:
        """Take in the packets of *block*; give what the conversations did, for the statistics."""
        return self._hear(self.meter.feed(block))

    def finish(self, silence: int = SILENCE) -> list[FlowDelta]:
        """Take in what the meter still held back, and *silence* after it; nothing more comes."""
        deltas = self._hear(self.meter.finish())
        ended = self.now
        self._hear(Tick(ended + second) for second in range(1, silence + 1))
        return deltas

    def restore(
        self, devices: Iterable[Device], alerts: Collection[Alert], cases: Iterable[Case] = ()
    ) -> None:
        """Go on where the box was before a restart."""
        self.inventory.restore(devices)
        self.triage.restore(alerts)
        self.cases.restore(cases, alerts, self.inventory)

    def heed(self, standing: Standing) -> None:
        """Apply what people decided."""
        self.inventory.heed(standing)
        self._judge()

    def use_lists(self, lists: Lists) -> None:
        """Take *lists* in place of those used so far."""
        self.inventory.lists = lists

    def level(self) -> Level:
        """Say how the practice is, as far as the sensor knows."""
        if self.cases.worst() is Severity.DANGER:
            return Level.DANGER
        level = self.triage.level()
        return Level.LEARNING if level is Level.WELL and self.inventory.learning else level

    def dropped(self) -> dict[str, int]:
        """Count what each bounded memory had to let go."""
        counts = {detector.about.id: detector.dropped() for detector in self.detectors}
        counts["devices"] = self.inventory.dropped
        counts["alerts"] = self.triage.dropped
        counts["cases"] = self.cases.dropped
        counts["hellos"] = self.decoder.dropped
        return {name: count for name, count in counts.items() if count}

    def _hear(self, heard: Iterable[Frame | FlowDelta | Tick]) -> list[FlowDelta]:
        deltas: list[FlowDelta] = []
        for item in heard:
            if isinstance(item, Frame):
                for fact in self.decoder.read(item):
                    if not self._is_of_guest(fact):
                        self.tell(fact)
                continue
            if isinstance(item, FlowDelta):
                if self._guests is not None and self._is_nobodys(item):
                    continue
                if not self._is_guests(item.src) and not self._is_guests(item.dst):
                    deltas.append(item)
            else:
                self.now = item.at
            self.tell(item)
            if self._heeded is not self.inventory.standing:
                self._judge()
        return deltas

    def _is_guests(self, ip: Ip | None) -> bool:
        """Tell whether *ip* is a guest's."""
        return self._guests is not None and ip is not None and self._guests.place(ip) is Place.HOME

    def _is_nobodys(self, delta: FlowDelta) -> bool:
        """Tell whether its sender has no address yet, and was never heard: perhaps a guest."""
        return delta.src == NO_IP and self.inventory.heard(delta.mac) is None

    def _is_of_guest(self, fact: Fact) -> bool:
        """Tell whether somebody asks for an address who may be a guest, or a guest is given one."""
        if self._guests is None:
            return False
        if isinstance(fact, DhcpAsked):
            return fact.requested is None or self._is_guests(fact.requested)
        return isinstance(fact, DhcpOffered) and self._is_guests(fact.address)

    def _judge(self) -> None:
        """Have alerts judged by what people decided, and by who turned out to be whom."""
        self._heeded = self.inventory.standing
        for alert in self.triage.heed(self._heeded, self.now):
            self.cases.take(alert, self.inventory)

    def tell(self, fact: Fact) -> None:
        """Tell the inventory, then the detectors, of *fact* and of what followed from it."""
        followed = self.inventory.learn(fact)
        self._show(fact)
        for news in followed:
            self._show(news)

    def _show(self, fact: Fact) -> None:
        for detector in self._watchers[type(fact)]:
            try:
                for finding in detector.see(fact, self.inventory):
                    self.cases.take(self.triage.take(finding), self.inventory)
            except Exception:
                # The one fence: a bug in one detector must not blind the others.
                if not self._fence:
                    raise
                self.faults[detector.about.id] = traceback.format_exc()
