"""What a device is, as it is told outside the box: what people say first, then what was seen."""

from dataclasses import dataclass

from appliance.inventory.identity import Belief, Identity, identify
from appliance.knowledge.kinds import Kind
from appliance.model import Device


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A device, told."""

    kind: str
    """What people say it is, else what was worked out; `Kind.UNKNOWN` when nobody knows."""
    seen: Identity
    """What was worked out, whatever people say."""


def portray(device: Device) -> Portrait:
    """Give what *device* is.

    Where no evidence votes, what its record says is taken, as no more than a guess: records of an
    earlier version carry results without their reasons.
    """
    found = identify(device.evidence)
    seen = Identity(
        kind=_or(found.kind, "" if device.kind == Kind.UNKNOWN else device.kind),
        maker=_or(found.maker, device.maker),
        model=_or(found.model, device.model),
        os=_or(found.os, device.os),
    )
    return Portrait(kind=device.given_kind or seen.kind.value or Kind.UNKNOWN, seen=seen)


def _or(found: Belief, recorded: str) -> Belief:
    return found if found.value else Belief(value=recorded)
