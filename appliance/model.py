"""The nouns that every stage shares: small frozen values, and nothing that acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple, NewType

from appliance.stages import Stage

Mac = NewType("Mac", str)
"""A hardware address, spelt ``02:00:00:00:00:0a``."""

Ip = NewType("Ip", str)
"""An IPv4 or IPv6 address in its shortest lower-case spelling (RFC 5952)."""

NO_MAC = Mac("00:00:00:00:00:00")
"""Stands for "the link carries no hardware address" (raw IP captures)."""


class Link(IntEnum):
    """How the bytes of a frame begin: the link types of the pcap format that Vigie reads."""

    ETHERNET = 1
    RAW_IP = 101
    COOKED = 113
    COOKED_V2 = 276


class Severity(IntEnum):
    """What a dentist should do about an alert."""

    NOTICE = 1
    """Read it some day."""
    WARNING = 2
    """Call the technician today."""
    DANGER = 3
    """Act now."""


class Frame(NamedTuple):
    """A packet worth reading whole; a named tuple because many are made.

    *at* is when it passed, in seconds since 1970 UTC; *data* starts at the link header that
    *link* names and may be cut short by the capture.
    """

    at: float
    data: bytes
    link: Link = Link.ETHERNET


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason to believe something of a device."""

    source: str
    """Where it was read, a key of the texts: ``hardware_address``, ``dhcp``, ``mdns``, …"""
    says: str
    """What it says, as seen on the wire or in a table; hostile text, escape it when shown."""
    weight: int
    """How much it counts, 1 (a hint) to 100 (certain)."""
    first_at: float
    last_at: float
    kind: str = ""
    """What it speaks for (`appliance.knowledge.kinds`); empty fields say nothing."""
    maker: str = ""
    model: str = ""
    os: str = ""


class Sureness(StrEnum):
    """How sure the box is of something that it worked out; a key of the texts."""

    GUESS = "guess"
    """Weak signs only, or strong ones that contradict each other."""
    LIKELY = "likely"
    CERTAIN = "certain"


class Table(StrEnum):
    """Which table of outside hosts a contact is listed in."""

    HYGIENE = "hygiene"
    """Updates and protection."""
    PRACTICE = "practice"
    """What practices depend on: health insurance, practice software, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A listed outside host that a device talks to, added up over all that the entry covers."""

    table: Table
    host: str
    """The table's entry (``services-ps.ameli.fr``, ``windowsupdate.com``)."""
    first_at: float
    last_at: float
    octets_in: int = 0
    """Received from it since *first_at*."""
    loaded_at: float = 0.0
    """When it last sent enough in a day to be a download; 0 for never."""


class Trust(StrEnum):
    """What people think of a device."""

    LEARNT = "learnt"
    """Was there during the learning time."""
    APPROVED = "approved"
    """The technician knows it."""
    UNKNOWN = "unknown"
    """Nobody has said anything about it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Something with a hardware address, and all that is known of it."""

    mac: Mac
    addresses: tuple[Ip, ...] = ()
    """Most recently used first."""
    names: tuple[str, ...] = ()
    """What it calls itself, best first; hostile text."""
    maker: str = ""
    randomised: bool = False
    """The address is made up by the device (locally administered bit), so it has no maker."""
    gateway: bool = False
    """Others reach the internet through it."""
    first_at: float = 0.0
    last_at: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    trust: Trust = Trust.UNKNOWN
    given_name: str = ""
    """What people call it here; wins over *names*."""
    role: str = ""
    """What it is for, a key of ``data/roles.toml``; empty when nobody has said."""
    place: str = ""
    socket: str = ""
    """The socket in the wall, or the port of the switch, that its cable is in."""
    kind: str = "unknown"
    model: str = ""
    os: str = ""
    given_kind: str = ""
    """What people say it is; wins over *kind*."""
    bought_on: str = ""
    """The day it was bought or put into service, ``2021-03-31``; empty when nobody has said."""
    contacts: tuple[Contact, ...] = ()
    also: tuple[Mac, ...] = ()
    """Other hardware addresses of the same device, merged into this one."""

    @property
    def name(self) -> str:
        """What to call it on a page: given name, else its own best name, maker, or address."""
        if self.given_name or self.names:
            return self.given_name or self.names[0]
        return f"{self.maker} ({self.mac[-8:]})" if self.maker else self.mac


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a detector has to say, in no language and with no opinion on repeats."""

    detector: str
    at: float
    about: Mac
    key: tuple[str, ...]
    """Two findings with one key are the same trouble seen twice."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Values for the blanks of the detector's texts; hostile text, escape it when shown."""
    severity: Severity | None = None
    """When this finding weighs more or less than its detector usually does."""
    graver_at_night: bool = False
    """It weighs one step more while nobody is in the practice."""
    peer: str = ""
    """The other side, if any: an outside host's name or else address; a device's hardware one."""
    src_ip: Ip | None = None
    dest_ip: Ip | None = None


class AlertState(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    NORMAL = "normal"
    """People said that this is normal here."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One trouble, however often it was found."""

    id: str
    """Permanent: 16 hexadecimal digits made of the key and the time of the first finding."""
    key: tuple[str, ...]
    detector: str
    severity: Severity
    about: Mac
    first_at: float
    last_at: float
    count: int
    state: AlertState
    words: Mapping[str, str]
    attack: tuple[str, ...] = ()
    """MITRE ATT&CK techniques."""
    src_ip: Ip | None = None
    dest_ip: Ip | None = None
    peers: tuple[str, ...] = ()
    """Other sides that it is with (`Finding.peer`), the latest last; an empty one stands for
    findings without one, and for all those of which there was no more room."""
    again: bool = False
    """Its device was alarmed already when this began: it is listed, and shouts no more."""
    at_night: bool = False
    """It was found while nobody was in the practice, and that makes it worse."""
    timed: bool = True
    """The clock of the box was known to be right when it was raised (`appliance.clock`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Alerts that follow each other as the steps of an intrusion do."""

    id: str
    """Permanent: 16 hexadecimal digits."""
    about: Mac
    """The device it began on."""
    also: tuple[Mac, ...]
    """Devices that were reached from there, and then acted themselves."""
    severity: Severity
    first_at: float
    last_at: float
    alerts: tuple[str, ...]
    """Ids of its alerts, the one found first first."""
    stages: tuple[Stage, ...]
    """Those its alerts are at, in an intrusion's order."""
    state: AlertState
    """Open or closed; a closed one keeps what it last was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An entry of a list of known bad names, addresses and fingerprints."""

    entry: str
    """The name, address, network or fingerprint as the list spells it."""
    source: str
    """The list's name."""
    why: str = ""
    until: float = 0.0
    """Time from which it no longer counts; 0: it always does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How well the sensor sees."""

    at: float
    """When this was true; for a live sensor the wall clock, also when no packet passes."""
    seeing: bool
    why: str = ""
    """Key of the text (``[health]``) that says why the box cannot see; empty when it can."""
    source: str = ""
    """Card or file name."""
    learning: bool = False
    packets: int = 0
    octets: int = 0
    dropped_by_kernel: int = 0
    dropped_by_us: Mapping[str, int] = field(default_factory=dict)
    """What each bounded memory had to let go, by its name."""
    unrecorded: int = 0
    """Packets of guests, of which nothing else is kept."""
    malformed: int = 0
    duplicates: int = 0
    fragments: int = 0
    frames_read: int = 0
    conversations: int = 0
    """Held in the flow table now."""
    unicast_of_others: bool = False
    """Frames between two other machines were seen in the last minutes: the mirror works."""
    both_directions: bool = False
    internet_side: bool = False
    """Frames to or from public addresses were seen."""
    faults: tuple[str, ...] = ()
    """Detectors that failed, database set aside, …: keys of texts (``[health]``)."""
    clock_unset: float = 0.0
    """Seconds for which the sensor has waited for a clock that can be believed; 0: it is."""


class Level(StrEnum):
    """How the practice is, as the light says it."""

    WELL = "well"
    LEARNING = "learning"
    LOOK = "look"
    DANGER = "danger"
    COUNTING = "counting"
    """A count-down runs, at whose end the box cuts the uplink by itself."""
    BLIND = "blind"
    ISOLATED = "isolated"
    ISOLATED_UNPROVEN = "isolated_unproven"
