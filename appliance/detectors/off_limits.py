"""A device that has no business outside talks to the internet.

What it sees
    Conversations between a device whose role is restricted (a sensor, a
    steriliser, a treatment unit, a card reader, …) and an outside host.

Why it matters
    Such equipment rarely gets updates and never virus protection. When it
    calls outside, somebody else may be using it, or it sends images away.

How it decides
    The role the technician gave the device says whether it may talk outside:
    never, only with the hosts of its role and those the technician added, or
    freely. A conversation that the role does not allow is a finding. Where
    names decide, the box waits `Limits.patience` for the name to be heard:
    it often comes just after the first packet.

What it misses
    Devices nobody has given a role; traffic through an inside machine that
    passes it on; a forbidden service that hides behind an allowed host name.

When it is wrong
    Time servers and maker's updates that nobody declared: allow the host on
    the device's page, or give the device another role.

Sources
    MITRE ATT&CK T1071; ANSSI, guide d'hygiène informatique, rule on limiting
    internet access to what needs it; ``data/roles.toml``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.facts import Fact, FlowDelta, Tick
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    patience: float = limit(
        2.0, "seconds to wait for the name of an outside host", minimum=0.0, maximum=60.0
    )
    waiting: int = limit(
        1024, "outside hosts whose name is awaited at once", minimum=16, maximum=65_536
    )


class OffLimits:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="off_limits",
        severity=Severity.WARNING,
        attack=("T1071",),
        stage=Stage.CONTROL,
        limits=Limits,
        sees=(FlowDelta, Tick),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._waiting: Memory[tuple[Mac, Ip], FlowDelta] = Memory(limits.waiting)

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding for a restricted device's conversation that its role does not allow."""
        if isinstance(fact, FlowDelta):
            if fact.opened and (ends := _ends(fact, network)):
                self._waiting.put(ends, fact)
        elif isinstance(fact, Tick):
            yield from self._judge(fact.at, network)

    def dropped(self) -> int:
        """Conversations let go before they were judged."""
        return self._waiting.dropped

    def _judge(self, now: float, network: Network) -> Iterator[Finding]:
        while (oldest := self._waiting.oldest()) is not None:
            (mac, outside), delta = oldest
            name = network.name_of(outside)
            if not name and 0 <= now - delta.at < self._limits.patience:
                return
            self._waiting.pop((mac, outside))
            if network.may_reach(mac, outside):
                continue
            yield Finding(
                detector=self.about.id,
                at=delta.at,
                about=mac,
                key=(self.about.id, mac),
                words={"host": name or outside},
                peer=name or outside,
                src_ip=delta.src,
                dest_ip=delta.dst,
            )


def _ends(delta: FlowDelta, network: Network) -> tuple[Mac, Ip] | None:
    """Give the restricted device and the outside address of a conversation between such two."""
    if network.is_outside(delta.dst) and network.confined(delta.mac):
        return delta.mac, delta.dst
    inward = delta.packets_in and network.is_outside(delta.src)
    return (delta.peer_mac, delta.src) if inward and network.confined(delta.peer_mac) else None
