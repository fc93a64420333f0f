"""What people decided, as it stands now: from the list of decisions to what holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from appliance.model import Decision, Device, Mac, Trust, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What people said of one device."""

    approved: bool = False
    name: str = ""
    role: str = ""
    place: str = ""
    hosts: tuple[str, ...] = ()
    """Outside hosts it may talk to, beyond those of its role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All decisions taken together."""

    known: Mapping[Mac, Known] = field(default_factory=dict)
    normal: Mapping[tuple[str, Mac], Decision] = field(default_factory=dict)
    """By detector and device, the latest "this is normal here"."""
    closed: frozenset[str] = frozenset()
    """Identifiers of alerts."""

    def is_normal(self, detector: str, mac: Mac, at: float) -> bool:
        """Tell whether people called what *detector* says of *mac* normal, and it still holds."""
        decision = self.normal.get((detector, mac))
        return decision is not None and (decision.until is None or at < decision.until)


def standing(decisions: Iterable[Decision]) -> Standing:
    """Fold *decisions*, oldest first, into what holds; a later one wins."""
    known: dict[Mac, Known] = {}
    normal: dict[tuple[str, Mac], Decision] = {}
    closed: set[str] = set()
    for decision in decisions:
        before = known.get(decision.mac, Known())
        match decision.verdict:
            case Verdict.APPROVE:
                known[decision.mac] = replace(before, approved=True)
            case Verdict.FORGET:
                known[decision.mac] = replace(before, approved=False)
            case Verdict.DESCRIBE:
                known[decision.mac] = replace(
                    before,
                    name=decision.name,
                    role=decision.role,
                    place=decision.place,
                    hosts=decision.hosts,
                )
            case Verdict.NORMAL:
                normal[decision.detector, decision.mac] = decision
            case Verdict.CLOSE:
                closed.add(decision.alert)
    return Standing(known=known, normal=normal, closed=frozenset(closed))


def dress(device: Device, stand: Standing) -> Device:
    """Give *device* the name, role, place and trust that people gave it."""
    said = stand.known.get(device.mac)
    if said is None:
        return device
    return replace(
        device,
        given_name=said.name,
        role=said.role,
        place=said.place,
        trust=Trust.APPROVED if said.approved else device.trust,
    )
