"""What the API sends and takes, as msgspec types: the OpenAPI description is made from these.

Devices have the shape that every program gets (`appliance.exchange.record`).

Times are seconds since 1970 UTC. Whatever was read from the network is hostile text.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from appliance import model
from appliance.model import AlertState
from appliance.store import Conversation
from web.wording import Told


class Alert(Struct):
    """A trouble, in the caller's language."""

    id: str
    detector: str
    severity: str
    state: AlertState
    mac: str
    src_ip: str | None
    dest_ip: str | None
    attack: list[str]
    first_at: float
    last_at: float
    count: int
    title: str
    body: str
    advice: str
    peers: list[str] = []
    """Other sides that it is with, the latest last; an empty one stands for others."""
    again: bool = False
    """Its device was alarmed already when this began."""
    at_night: bool = False
    """It was found out of the practice's hours, and that makes it worse."""
    timed: bool = True
    """The clock of the box was known to be right when it was raised."""


class Case(Struct):
    """Alerts that follow each other as the steps of an intrusion do, in the caller's language."""

    id: str
    severity: str
    state: AlertState
    mac: str
    """The device it began on."""
    also: list[str]
    """Devices that were reached from there, and then acted themselves."""
    stages: list[str]
    """In order: arrival, entry, control, looking, spreading, harm"""
    alerts: list[str]
    """Ids, the alert found first first."""
    first_at: float
    last_at: float
    title: str
    body: str
    advice: str


class Flow(Struct):
    """What one conversation did in one minute; src is the side that began."""

    first_at: float
    last_at: float
    mac: str
    peer_mac: str
    src: str
    dst: str
    sport: int
    dport: int
    proto: int
    packets_out: int
    packets_in: int
    octets_out: int
    octets_in: int


class Health(Struct):
    """How well the box sees."""

    alive: bool
    """The sensor said something lately."""
    seeing: bool = False
    why: str = ""
    at: float | None = None
    source: str = ""
    learning: bool = False
    packets: int = 0
    octets: int = 0
    dropped_by_kernel: int = 0
    dropped_by_us: dict[str, int] = {}
    malformed: int = 0
    unicast_of_others: bool = False
    both_directions: bool = False
    internet_side: bool = False
    faults: list[str] = []
    clock_unset: float = 0.0
    """Seconds for which the sensor has waited for a clock that can be believed; 0: it is."""


class Error(Struct):
    """Why a request was refused: the status code again."""

    error: int


class Refusal(Struct):
    """Why an order was refused: a key of the panel's reasons, or panel_unreachable."""

    error: str


class AlertsAsked(Struct):
    """Which alerts."""

    state: AlertState | None = None
    mac: str | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] = 200
    before: str | None = None
    """The id of the last alert of the page before."""


class CasesAsked(Struct):
    """Which cases."""

    state: AlertState | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] = 200


class FlowsAsked(Struct):
    """Which conversations; since and until default to the last hour."""

    mac: str | None = None
    since: float | None = None
    until: float | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] = 200


class Normal(Struct, forbid_unknown_fields=True):
    """That what an alert says is normal here."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    days: Literal[7, 30, 90, 365, 0] = 0
    """For how long; 0: for good."""
    peer: str | None = None
    """With whom: one of the alert's peers; empty: whatever the other side. Left out: the latest."""


class Test(Struct, forbid_unknown_fields=True):
    """An order to test the cut: the internet is gone for some seconds."""

    confirmed: bool = False
    """Nobody is disturbed; without it the test is refused while people may be at work."""
    learn: bool = False
    """Also learn what shows a cut here: at set-up, and when cables were moved."""


class Order(Struct, forbid_unknown_fields=True):
    """An order to cut the uplink. Reconnecting takes a technician and their pass-phrase: a page."""

    why: Annotated[str, Meta(max_length=200)] = ""


def alert(one: model.Alert, told: Told) -> Alert:
    """Give an alert and its words."""
    return Alert(
        **_same(Alert, one),
        mac=one.about,
        severity=one.severity.name.lower(),
        title=told.title,
        body=told.body,
        advice=told.advice,
    )


def case(one: model.Case, told: Told) -> Case:
    """Give a case and its words."""
    return Case(
        **_same(Case, one),
        mac=one.about,
        severity=one.severity.name.lower(),
        stages=[stage.name.lower() for stage in one.stages],
        title=told.title,
        body=told.body,
        advice=told.advice,
    )


def flow(one: Conversation) -> Flow:
    """Give a conversation."""
    return Flow(**_same(Flow, one))


def health(one: model.Health | None, *, alive: bool) -> Health:
    """Give the sensor's health; without any, the box sees nothing."""
    return Health(alive=alive, **({} if one is None else _same(Health, one)))


def _same(shape: type[Struct], value: object) -> dict[str, Any]:
    """Give the fields that *shape* and *value* both have and mean the same by."""
    found = {}
    for name in shape.__struct_fields__:
        if hasattr(value, name) and name not in _MADE[shape]:
            one = getattr(value, name)
            found[name] = list(one) if isinstance(one, tuple) else one
    return found


_MADE: dict[type[Struct], frozenset[str]] = {
    Alert: frozenset({"severity"}),
    Case: frozenset({"severity", "stages"}),
    Flow: frozenset(),
    Health: frozenset({"alive"}),
}
"""Fields that are made here."""
