"""A device that nobody has approved appears on the network.

What it sees
    The first frame that a hardware address ever sends here, of whatever kind.

Why it matters
    Everything else starts with something plugged in: a visitor's laptop, a
    box left behind, a second internet access. An inventory that is always
    right is also what insurers and the health authorities ask for.

How it decides
    After the learning time, a hardware address that is neither learnt nor
    approved is a finding, once. More than `Limits.crowd` newcomers within
    `Limits.crowd_seconds` become one finding together: that many at once are
    an event of their own, not so many alerts. Approving the device ends it,
    and so does its turning out to be another address of one that belongs here
    (`appliance.inventory.joins` says when that is so). Out of the practice's
    hours that is said as well, and it weighs no more: cleaners have telephones.

What it misses
    A device that takes over the hardware address of a known one, or that asks
    for an address exactly as a known one does that is off; devices behind a
    router or a Wi-Fi bridge of their own; one that never sends.

When it is wrong
    Telephones that make up a new hardware address for each network; a known
    computer moved to another network card or docking station.

Sources
    MITRE ATT&CK T1200; IEEE 802 on locally administered addresses.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.durations import DAY
from appliance.facts import DeviceAppeared, Fact
from appliance.model import Finding, Severity, Trust
from appliance.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    crowd: int = limit(
        10,
        "newcomers reported one by one within crowd_seconds; further ones share an alert",
        minimum=1,
        maximum=1000,
    )
    crowd_seconds: float = limit(
        3600.0, "seconds over which newcomers are counted", minimum=1.0, maximum=DAY
    )


class NewDevice:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="new_device",
        severity=Severity.WARNING,
        attack=("T1200",),
        stage=Stage.ARRIVAL,
        limits=Limits,
        sees=(DeviceAppeared,),
        ends_with_approval=True,
        worse_at_night=True,
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._recent: deque[float] = deque(maxlen=limits.crowd)

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when a device appears that nobody has approved."""
        if not isinstance(fact, DeviceAppeared) or network.learning:
            return
        if fact.device.trust is not Trust.UNKNOWN:
            return
        crowded = (
            len(self._recent) == self._limits.crowd
            and 0 <= fact.at - self._recent[0] < self._limits.crowd_seconds
        )
        if not crowded:
            self._recent.append(fact.at)
        yield Finding(
            detector=self.about.id,
            at=fact.at,
            about=fact.device.mac,
            key=(self.about.id, "crowd" if crowded else fact.device.mac),
            words={"maker": fact.device.maker},
        )

    def dropped(self) -> int:
        """Nothing is ever forgotten early."""
        return 0
