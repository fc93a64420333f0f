"""A device as programs get it: the shape of the API's answer and of the JSON file, in one place.

Times are seconds since 1970 UTC. Whatever was read from the network is hostile text.
"""

from dataclasses import asdict

from msgspec import Struct

from appliance import model
from appliance.exchange.portrait import portray
from appliance.inventory import identity
from appliance.model import Sureness, Table, Trust


class Evidence(Struct):
    """One reason to believe something of a device."""

    source: str
    says: str
    weight: int
    """1 (a hint) to 100 (certain)."""
    first_at: float
    last_at: float
    kind: str
    """What it speaks for; empty fields say nothing."""
    maker: str
    model: str
    os: str


class Contact(Struct):
    """A listed outside host that a device talks to."""

    table: Table
    host: str
    first_at: float
    last_at: float
    octets_in: int
    loaded_at: float
    """When it last sent enough to be a download; 0 for never."""


class Belief(Struct):
    """One thing worked out of a device."""

    value: str
    """Empty when nothing speaks for anything."""
    sure: Sureness
    others: list[str]
    """What other evidence says instead, weightiest first."""


class Identity(Struct):
    """All that was worked out of a device, whatever people say."""

    kind: Belief
    maker: Belief
    model: Belief
    os: Belief


class Device(Struct):
    """Something with a hardware address."""

    mac: str
    name: str
    ips: list[str]
    names: list[str]
    trust: Trust
    kind: str
    """What people say it is, else what was worked out, else ``unknown``."""
    maker: str
    model: str
    os: str
    identity: Identity
    role: str
    place: str
    socket: str
    """The socket in the wall or the port of the switch."""
    given_kind: str
    """What people say it is; empty when nobody said."""
    bought_on: str
    """``2021-03-31``; empty when nobody said."""
    gateway: bool
    first_at: float
    last_at: float
    also: list[str]
    """Other hardware addresses of the same device."""
    evidence: list[Evidence]
    contacts: list[Contact]


def record(device: model.Device) -> Device:
    """Give *device* for programs."""
    told = portray(device)
    seen = told.seen
    return Device(
        mac=device.mac,
        name=device.name,
        ips=list(device.addresses),
        names=list(device.names),
        trust=device.trust,
        kind=told.kind,
        maker=seen.maker.value,
        model=seen.model.value,
        os=seen.os.value,
        identity=Identity(
            kind=_belief(seen.kind),
            maker=_belief(seen.maker),
            model=_belief(seen.model),
            os=_belief(seen.os),
        ),
        role=device.role,
        place=device.place,
        socket=device.socket,
        given_kind=device.given_kind,
        bought_on=device.bought_on,
        gateway=device.gateway,
        first_at=device.first_at,
        last_at=device.last_at,
        also=list(device.also),
        evidence=[Evidence(**asdict(each)) for each in device.evidence],
        contacts=[Contact(**asdict(each)) for each in device.contacts],
    )


def _belief(one: identity.Belief) -> Belief:
    return Belief(value=one.value, sure=one.sure, others=list(one.others))
