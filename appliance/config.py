"""The configuration: what an installer may set, with its default, meaning and range.

`config_file` reads it from TOML and judges it by what is declared here; `catalogue` writes
``docs/configuration.md`` from the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def option(default: T, doc: str, *, among: tuple[str, ...] = (), holds: str = "") -> T:
    """Declare something an installer may set.

    *among* lists the words allowed; *holds* names what the text is, for `config_values` to judge.
    """
    found: T = field(default=default, metadata={"doc": doc, "among": among, "holds": holds})
    return found


def number(default: T, doc: str, *, minimum: float, maximum: float, holds: str = "") -> T:
    """Declare a number an installer may set, with its unit and its range."""
    about = {"doc": doc, "minimum": minimum, "maximum": maximum, "holds": holds}
    found: T = field(default=default, metadata=about)
    return found


def pin(default: T, doc: str) -> T:
    """Declare a GPIO number; the 40-pin header has 0 to 27."""
    return number(default, doc, minimum=0, maximum=27, holds="pin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The practice."""

    name: str = option("", "name of the practice, shown on the pages")
    language: str = option(
        "fr", "language of the command line and of new accounts", among=("fr", "en")
    )
    topology: str = option(
        "",
        "where the practice's software keeps its data: on a server here (local), at its "
        "publisher's (cloud), both (hybrid), or nobody said; the pages word what a cut stops by it",
        among=("local", "cloud", "hybrid", ""),
    )

    remote_tools: tuple[str, ...] = option(
        (),
        "tools for remote control that the practice's provider uses, by their keys in "
        "remote_tools.csv: anydesk, teamviewer, splashtop, … (also rdp, vnc, openvpn, wireguard); "
        "their use is a notice, that of others a warning",
        holds="remote_tool",
    )
    hours: tuple[str, ...] = option(
        (),
        "when people are in the practice: days and times such as mon-fri 08:00-19:00 or sat"
        " 09:00-12:00, one entry for each span; what happens at other times, and more than an hour"
        " away from these, may weigh more; public holidays are not known; empty: no time is worse"
        " than another",
        holds="hours",
    )
    timezone: str = option(
        "Europe/Paris", "time zone of these hours, by its IANA name", holds="timezone"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What the sensor listens to."""

    card: str = option(
        "", "network card on the mirror port; empty: the one with the default route", holds="card"
    )
    ring_mib: int = number(16, "size of the kernel's ring in MiB", minimum=1, maximum=1024)
    conversations: int = number(
        65_536,
        "conversations held at once; the oldest idle one leaves first",
        minimum=1024,
        maximum=1_048_576,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What is inside the practice."""

    networks: tuple[str, ...] = option(
        (), "networks (CIDR) inside; empty: all private and link-local ones", holds="network"
    )
    learning_days: float = number(
        7.0,
        "days after the first start in which new devices are learnt without an alert",
        minimum=0,
        maximum=90,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What is wired to the box; pins are GPIO numbers, ``false`` where nothing is wired."""

    pins: str = option(
        "auto", "use the pins: auto means where there are any", among=("auto", "real", "simulated")
    )
    relay: int = pin(17, "drives the relay")
    relay_active_high: bool = option(True, "the relay is driven by a high level")
    energised_means: str = option(
        "isolated", "what the relay does when driven", among=("isolated", "connected")
    )
    red: int = pin(22, "red of the light")
    green: int = pin(23, "green of the light")
    blue: int = pin(24, "blue of the light")
    led_active_high: bool = option(True, "the light is lit by a high level")
    button: int | None = pin(27, "the isolate button, closing to ground")
    feedback: int | None = pin(None, "a contact that closes when the uplink is open")
    buzzer: int | None = pin(None, "the buzzer")
    management_card: str = option(
        "",
        "card from which the gateway is probed; empty: the one with the default route, if it is "
        "not the capture card",
        holds="card",
    )
    technicians: tuple[str, ...] = option(
        (), "users of the box, besides root and its own, that may reconnect", holds="user"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where the pages are."""

    listen: str = option(
        "127.0.0.1:8080",
        "address and port; loopback speaks plain HTTP, anything else HTTPS",
        holds="listen",
    )
    names: tuple[str, ...] = option(
        (), "host names and addresses the pages answer to, beside the box's own", holds="host"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How long and how much is kept."""

    flow_days: int = number(30, "days of conversations", minimum=1, maximum=366)
    alert_days: int = number(400, "days of closed alerts", minimum=1, maximum=3660)
    traffic_days: int = number(400, "days of traffic totals", minimum=1, maximum=3660)
    flow_rows_per_day: int = number(
        500_000, "conversations written in one day", minimum=1_000, maximum=20_000_000
    )
    alerts: int = number(10_000, "alerts", minimum=100, maximum=1_000_000)
    devices: int = number(4_096, "devices", minimum=64, maximum=65_536)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """When machines are worth replacing, counted from the day they were bought."""

    # Machines for offices are mostly bought with three years of guarantee, and makers sell repair
    # of them for up to five: after that a defect on a working day can no longer be planned for.
    hint_years: int = number(3, "years after which to plan for it", minimum=1, maximum=30)
    workstation_years: int = number(
        5, "years after which a workstation is due", minimum=1, maximum=30
    )
    server_years: int = number(5, "years after which a server or NAS is due", minimum=1, maximum=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything an installer may set; frozen, and passed down explicitly."""

    practice: Practice = field(default_factory=Practice)
    capture: Capture = field(default_factory=Capture)
    home: Home = field(default_factory=Home)
    panel: Panel = field(default_factory=Panel)
    web: Web = field(default_factory=Web)
    keep: Keep = field(default_factory=Keep)
    renewal: Renewal = field(default_factory=Renewal)
    detectors: Mapping[str, Any] = field(default_factory=dict)
    """A detector's limits by its id; those not named have their defaults."""
    state: Path = Path("var")
    """Directory of the databases, lists and keys."""
    latch: Path | None = None
    """Directory of the panel's latch and journal; None: that of the databases.

    On a box nobody but the panel may even rename it."""
    run: Path = Path("var/run")
    """Directory of the sockets."""
