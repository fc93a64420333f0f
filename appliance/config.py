"""The configuration: what it holds, and how it is read and judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The practice."""

    name: str = ""
    language: str = "fr"
    """``fr`` or ``en``: of the light's page, the command line and new accounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What the sensor listens to."""

    card: str = ""
    """Network card on the mirror port; empty: the one with the default route."""
    ring_mib: int = 16
    """Size of the kernel's ring in MiB."""
    conversations: int = 65_536
    """Conversations held at once; the oldest idle one leaves first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What is inside the practice."""

    networks: tuple[str, ...] = ()
    """Networks (CIDR) inside; empty: all private and link-local ones."""
    learning_days: float = 7.0
    """Days after the first start in which new devices are learnt without an alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What is wired to the box."""

    pins: str = "auto"
    """``auto`` (real where there are any), ``real`` or ``simulated``."""
    relay: int = 17
    """GPIO number that drives the relay."""
    relay_active_high: bool = True
    energised_means: str = "isolated"
    """What the relay does when driven: ``isolated`` or ``connected``."""
    red: int = 22
    green: int = 23
    blue: int = 24
    led_active_high: bool = True
    button: int | None = 27
    feedback: int | None = None
    """GPIO of a contact that closes when the uplink is open."""
    buzzer: int | None = None
    management_card: str = ""
    """Card from which the gateway is probed; empty: the one with the default route, if it is
    not the capture card."""
    technicians: tuple[str, ...] = ()
    """Users of the box (besides root and its own) that may reconnect by the socket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where the pages are."""

    listen: str = "127.0.0.1:8080"
    """Address and port. Loopback speaks plain HTTP, anything else HTTPS."""
    names: tuple[str, ...] = ()
    """Host names and addresses the pages answer to, beside the box's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How long and how much is kept."""

    flow_days: int = 30
    alert_days: int = 400
    traffic_days: int = 400
    flow_rows_per_day: int = 500_000
    alerts: int = 10_000
    devices: int = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything an installer may set; frozen, and passed down explicitly."""

    practice: Practice = field(default_factory=Practice)
    capture: Capture = field(default_factory=Capture)
    home: Home = field(default_factory=Home)
    panel: Panel = field(default_factory=Panel)
    web: Web = field(default_factory=Web)
    keep: Keep = field(default_factory=Keep)
    detectors: Mapping[str, Any] = field(default_factory=dict)
    """A detector's limits by its id; those not named have their defaults."""
    state: Path = Path("var")
    """Directory of the databases, lists, keys and the panel's latch."""
    run: Path = Path("var/run")
    """Directory of the sockets."""
