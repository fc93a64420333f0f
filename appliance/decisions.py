"""What people decide, and what that adds up to: from the list of decisions to what holds now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from appliance.model import NO_MAC, Device, Mac, Trust


class Verdict(StrEnum):
    """What a person can decide."""

    APPROVE = "approve"
    """This device belongs here."""
    FORGET = "forget"
    """This device does not belong here after all."""
    DESCRIBE = "describe"
    """This device has this name, role, place, kind and age."""
    JOIN = "join"
    """This hardware address and another one are of one device."""
    PART = "part"
    """This hardware address is a device of its own, whatever the signs say."""
    NORMAL = "normal"
    """What this detector says of this device is normal here."""
    CLOSE = "close"
    """This alert has been dealt with."""
    SEEN = "seen"
    """Somebody has looked at this alert; it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided. Decisions are never changed, a later one wins."""

    id: int
    at: float
    author: str
    verdict: Verdict
    mac: Mac = NO_MAC
    """The device it is about (of CLOSE and SEEN: the alert's)."""
    detector: str = ""
    """NORMAL: the detector it quiets."""
    alert: str = ""
    """CLOSE and SEEN: the alert's id."""
    reason: str = ""
    until: float | None = None
    """NORMAL: when it ends; None means for good."""
    name: str = ""
    role: str = ""
    place: str = ""
    hosts: tuple[str, ...] = ()
    """DESCRIBE: the outside hosts it may talk to, beyond those of its role."""
    kind: str = ""
    bought_on: str = ""
    other: str = ""
    """JOIN: the hardware address of the device that *mac* is part of."""
    peer: str = ""
    """NORMAL: the other side with which it is normal (`Finding.peer`); empty: whatever side."""
    socket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What people said of one device."""

    approved: bool = False
    name: str = ""
    role: str = ""
    place: str = ""
    hosts: tuple[str, ...] = ()
    """Outside hosts it may talk to, beyond those of its role."""
    kind: str = ""
    bought_on: str = ""
    socket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All decisions taken together."""

    known: Mapping[Mac, Known] = field(default_factory=dict)
    normal: Mapping[tuple[str, Mac, str], Decision] = field(default_factory=dict)
    """By detector, device and other side (empty: any), the latest "this is normal here"."""
    closed: frozenset[str] = frozenset()
    """Identifiers of alerts."""
    joined: Mapping[Mac, Mac] = field(default_factory=dict)
    """By hardware address, that of the device people say it belongs to; itself: to none other."""
    mains: Mapping[Mac, Mac] = field(default_factory=dict)
    """By hardware address, that of the device it is part of, by evidence and by what people say
    (`appliance.inventory.whole`); those that stand for a device of their own are left out."""
    at_home: frozenset[Mac] = frozenset()
    """Hardware addresses that are part of a device that was there while learning."""

    def main(self, mac: Mac) -> Mac:
        """Give the hardware address that stands for the device that *mac* is of."""
        return self.mains.get(mac, mac)

    def is_normal(self, detector: str, mac: Mac, peers: Collection[str], at: float) -> bool:
        """Tell whether people called what *detector* says of *mac* normal, and it still holds.

        They called it so whatever the other side is, or with each of *peers*. What they called
        normal of a device is so for all its hardware addresses.
        """
        if not self.normal:
            return False
        return self._holds(detector, mac, "", at) or (
            bool(peers) and all(peer and self._holds(detector, mac, peer, at) for peer in peers)
        )

    def _holds(self, detector: str, mac: Mac, peer: str, at: float) -> bool:
        macs, sides = {mac, self.main(mac)}, {peer, str(self.main(Mac(peer)))}
        found = (self.normal.get((detector, each, side)) for each in macs for side in sides)
        return any(each and (each.until is None or at < each.until) for each in found)


def standing(decisions: Iterable[Decision]) -> Standing:
    """Fold *decisions*, oldest first, into what holds; a later one wins."""
    known: dict[Mac, Known] = {}
    normal: dict[tuple[str, Mac, str], Decision] = {}
    closed: set[str] = set()
    joined: dict[Mac, Mac] = {}
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
                    kind=decision.kind,
                    bought_on=decision.bought_on,
                    socket=decision.socket,
                )
            case Verdict.NORMAL:
                normal[decision.detector, decision.mac, decision.peer] = decision
            case Verdict.CLOSE:
                closed.add(decision.alert)
            case Verdict.JOIN:
                joined[decision.mac] = Mac(decision.other)
            case Verdict.PART:
                joined[decision.mac] = decision.mac
    return Standing(known=known, normal=normal, closed=frozenset(closed), joined=joined)


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
        socket=said.socket,
        given_kind=said.kind,
        bought_on=said.bought_on,
        trust=Trust.APPROVED if said.approved else device.trust,
    )
