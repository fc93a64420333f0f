"""What is worked out of a device for people: what it is, who still mends its system, its upkeep.

It takes a tenth of a millisecond: whoever goes through many devices again and again keeps it.
"""

from dataclasses import dataclass
from datetime import date

from appliance.exchange.portrait import Portrait, portray
from appliance.knowledge.support import Verdict
from appliance.model import Device
from appliance.system import Support, support
from appliance.upkeep import Care, care


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What was worked out of a device on a day."""

    told: Portrait
    support: Support | None
    """Of its system; None when nothing is believed of that."""
    cared: tuple[Care, ...]
    """What was seen of its updates and protection, as `care` orders it."""

    @property
    def ended(self) -> bool:
        """Nobody mends its system any more."""
        return self.support is not None and self.support.verdict == Verdict.ENDED


def condition(device: Device, today: date) -> Condition:
    """Work out what there is to say of *device* on *today*."""
    told = portray(device)
    return Condition(
        told=told,
        support=support(device, told.seen.os.value, today),
        cared=tuple(care(device, told.kind)),
    )
