"""The contract of a detector: its card, its limits, and what it may ask of the network."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, TypeVar

from appliance.facts import Fact
from appliance.model import Device, Finding, Ip, Listing, Mac, Severity
from appliance.stages import Stage

T = TypeVar("T", int, float)


def limit(default: T, doc: str, *, minimum: T, maximum: T) -> T:
    """Declare a number an installer may change, with its unit, its meaning and its range."""
    found: T = field(default=default, metadata={"doc": doc, "minimum": minimum, "maximum": maximum})
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A detector's card: all that the docs, the configuration, the web and the tests read."""

    id: str
    """The name of its file, its texts, its tests and its section in the configuration."""
    severity: Severity
    attack: tuple[str, ...]
    """MITRE ATT&CK techniques, most specific first."""
    limits: type[Any]
    """A frozen dataclass of `limit` fields."""
    sees: tuple[type[Fact], ...]
    """The kinds of fact it is shown."""
    stage: Stage | None = None
    """The step of an intrusion that its findings may be; None for what follows from none."""
    ends_with_approval: bool = False
    """Its alerts on a device are over once the technician approves that device."""
    cut_helps: bool = False
    """Somebody outside steers or receives what it finds, so that a cut of the uplink helps; the
    technician may name it to begin one by itself (``[automatic]``)."""
    worse_at_night: bool = False
    """It means more while nobody is in the practice, and its alerts say so."""


class Network(Protocol):
    """What a detector may ask of the inventory; all of it is what is known at this moment."""

    @property
    def learning(self) -> bool:
        """New devices are being learnt, not reported."""

    def device(self, mac: Mac) -> Device | None:
        """Give the device with this hardware address."""

    def heard(self, mac: Mac) -> float | None:
        """Tell when anything was last sent by *mac*."""

    def holder(self, ip: Ip) -> Mac | None:
        """Tell who holds an inside address."""

    def is_home(self, ip: Ip) -> bool:
        """Tell whether *ip* is inside the practice."""

    def is_outside(self, ip: Ip) -> bool:
        """Tell whether *ip* is a host of the internet: not inside, no multicast, no broadcast."""

    def is_gateway(self, mac: Mac) -> bool:
        """Tell whether others reach the internet through *mac*."""

    def name_of(self, ip: Ip) -> str:
        """Give the name that was last asked or called for an outside address, or nothing."""

    def may_reach(self, mac: Mac, ip: Ip) -> bool:
        """Tell whether the role of *mac* lets it talk to the outside address *ip*."""

    def confined(self, mac: Mac) -> bool:
        """Tell whether the role of *mac* restricts where it may talk outside."""

    def declared(self, mac: Mac, ip: Ip) -> bool:
        """Tell whether people named the outside address *ip*, by its name, for *mac*."""

    def allows(self, tool: str) -> bool:
        """Tell whether the technician allowed this tool for remote control, by its key."""

    def listed_name(self, name: str, at: float) -> Listing | None:
        """Give the list entry that covers a host name at the time *at*."""

    def listed_address(self, ip: Ip, at: float) -> Listing | None:
        """Give the list entry that covers an address at the time *at*."""

    def listed_mark(self, mark: str, at: float) -> Listing | None:
        """Give the list entry of a JA4 or of a certificate's hash at the time *at*."""


class Detector(Protocol):
    """Looks at facts, one at a time, and says what it finds."""

    about: ClassVar[About]

    def __init__(self, limits: Any) -> None: ...

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Give a finding for each trouble that *fact* completes; *fact* is one of `sees`."""

    def dropped(self) -> int:
        """Count what it had to forget early because its memory was full."""
