"""The configuration: what an installer may set, with its default, meaning and range.

`config_file` reads it from TOML and judges it by what is declared here; `catalogue` writes
``docs/configuration.md`` from the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from appliance.config_option import number, option, pin
from appliance.config_outputs import Outputs
from appliance.config_packets import Packets
from appliance.config_switch import Switch


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
        "Europe/Paris", "IANA name of the time zone of all hours told", holds="timezone"
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
    unrecorded: tuple[str, ...] = option(
        (),
        "networks (CIDR) of guests: their packets are counted, and no device, name or"
        " conversation of theirs is kept; an attack from there on the inside is told, by its"
        " address alone",
        holds="network",
    )
    # IEEE 802.1Q: 0 is no VLAN, 4095 is reserved.
    unrecorded_vlans: tuple[int, ...] = number(
        (),
        "VLANs of guests, by their numbers, left out altogether; surer than networks where the"
        " mirror port shows the tags",
        minimum=1,
        maximum=4094,
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
    relay_kind: str = option(
        "plain",
        "plain: falls back when its coil is not driven; bistable: stays where it was pulsed, with"
        " two coils (set and reset) or one coil whose polarity an H-bridge turns; none: no relay is"
        " wired, only the port of a [switch] cuts",
        among=("plain", "bistable_two_coils", "bistable_polarity", "none"),
    )
    relay: int = pin(
        17, "drives the relay; of a bistable one, the coil or direction that cuts the uplink"
    )
    relay_reset: int | None = pin(
        None, "of a bistable relay only: the coil or direction that joins the uplink again"
    )
    more_relays: tuple[int, ...] = pin(
        (),
        "further relays of the same kind, moved together with the first: the power of the"
        " internet box, a second cable",
    )
    more_resets: tuple[int, ...] = pin(
        (), "of bistable relays only: what joins again, one for each of more_relays, in their order"
    )
    # Small latching relays ask for 3 to 10 ms at their rated voltage; relay boards, long leads and
    # a supply that sags take longer. Longer than half a second only warms the coil.
    pulse_ms: int = number(
        80,
        "milliseconds for which a bistable relay is driven, at least; up to 50 more",
        minimum=20,
        maximum=500,
    )
    relay_active_high: bool = option(True, "the relay is driven by a high level")
    energised_means: str = option(
        "isolated", "what a plain relay does when driven", among=("isolated", "connected")
    )
    red: int = pin(22, "red of the light")
    green: int = pin(23, "green of the light")
    blue: int = pin(24, "blue of the light")
    led_active_high: bool = option(
        True, "the light is lit by a high level: common cathode; false: common anode"
    )
    button: int | None = pin(27, "the isolate button, closing to ground")
    reconnect_by_button: bool = option(
        False,
        "whoever stands at the box may bring the internet back: three holds of 2 to 5 seconds, 1"
        " to 3 seconds apart, a minute after the cut at the earliest",
    )
    feedback: int | None = pin(None, "a contact that closes when the uplink is open")
    feedback_opposite: int | None = pin(
        None,
        "a second contact, which opens when the uplink is open: with both, a broken wire is told"
        " from a stuck relay",
    )
    buzzer: int | None = pin(None, "the buzzer")
    buzzer_kind: str = option(
        "active",
        "active: sounds by itself when it has power; passive: a bare disc that is given a tone",
        among=("active", "passive"),
    )
    management_card: str = option(
        "",
        "card from which the gateway is probed; empty: the one with the default route, if it is "
        "not the capture card",
        holds="card",
    )
    cut: str = option(
        "lan",
        "where the line is cut: between the practice's switch and the router (lan), beyond the "
        "router, which goes on answering (wan), or the power of the internet box (power); it "
        "decides what must change before a cut is called proven",
        among=("lan", "wan", "power"),
    )
    # Resolvers of Quad9 (Zürich), Cloudflare and FDN (Paris): three owners, known addresses.
    anchors: tuple[str, ...] = option(
        ("9.9.9.9", "1.1.1.1", "80.67.169.12"),
        "addresses of the internet that answer TCP on 443 and 53, ping and DNS, at most six; "
        "asked only while the line is cut or a cut is tested; empty: none is",
        holds="address",
    )
    anchor_names: tuple[str, ...] = option(
        ("ameli.fr", "esante.gouv.fr"),
        "names for which these addresses are asked by DNS, at most six",
        holds="host",
    )
    test_days: int = number(
        35, "days after which the proof test of the cut is overdue", minimum=1, maximum=400
    )
    technicians: tuple[str, ...] = option(
        (), "users of the box, besides root and its own, that may reconnect", holds="user"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """Cutting without a person's order, after a count-down that anyone can stop; off by default."""

    detectors: tuple[str, ...] = option(
        (),
        "detectors whose dangers begin the count-down; only those that a cut helps against"
        " (see isolation.md); empty: off",
    )
    seconds: int = number(60, "seconds from the announcement to the cut", minimum=10, maximum=600)


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
    # Six months suffice for what serves security (CNIL); see `appliance.privacy.records`.
    device_days: int = number(
        183,
        "days after which a device that was not heard is forgotten, with all that was said of it",
        minimum=7,
        maximum=3660,
    )
    alert_days: int = number(
        183, "days of alerts after they were last heard", minimum=1, maximum=3660
    )
    traffic_days: int = number(183, "days of traffic totals", minimum=1, maximum=3660)
    # 6 to 12 months for records of who did what (CNIL, délibération 2021-122).
    audit_days: int = number(
        365, "days of the log of who did what on the pages", minimum=30, maximum=3660
    )
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
    switch: Switch = field(default_factory=Switch)
    automatic: Automatic = field(default_factory=Automatic)
    web: Web = field(default_factory=Web)
    keep: Keep = field(default_factory=Keep)
    packets: Packets = field(default_factory=Packets)
    renewal: Renewal = field(default_factory=Renewal)
    outputs: Outputs = field(default_factory=Outputs)
    detectors: Mapping[str, Any] = field(default_factory=dict)
    """A detector's limits by its id; those not named have their defaults."""
    state: Path = Path("var")
    """Directory of the databases, lists and keys."""
    latch: Path | None = None
    """Directory of the panel's latch and journal; None: that of the databases.

    On a box nobody but the panel may even rename it."""
    run: Path = Path("var/run")
    """Directory of the sockets."""
    settings: Path | None = None
    """Directory of what is set on the pages; None: that of the databases.

    On a box the panel reads it, and nothing else that the pages write."""
    unusable: tuple[str, ...] = ()
    """What was set on the pages and cannot be used, a line for each; the rest is."""


def parts() -> dict[str, Any]:
    """Give the tables that hold settings, by their names; those of the outputs are apart."""
    return {
        part.name: part.type
        for part in fields(Config)
        if is_dataclass(part.type) and part.type is not Outputs
    }
