"""What is observed of a cut, and the signs that it comes to."""

from dataclasses import dataclass
from enum import StrEnum

from appliance.panel.heartbeat import Exit, Gateway, Heartbeat, Offer
from appliance.panel.tested import Learnt

SETTLE = 0.5
"""Seconds after the order in which frames still under way are no sign: queues, relay bounce."""

SILENCE = 5.0
"""Seconds without a frame that are a sign, when one was called for meanwhile."""

SENSOR_LAG = 2.0
"""Seconds by which what a heartbeat tells may be late: it speaks of whole seconds."""

CONTRADICTED = 30.0
"""Seconds for which one sign of life outweighs all else."""

ROUND_FRESH = 15.0
"""Seconds for which a finished round of questions tells how things are."""


class Cut(StrEnum):
    """Where the line is cut: it decides which signs must change."""

    LAN = "lan"
    """Between the practice's switch and the router: the router falls silent."""
    WAN = "wan"
    """Beyond the router, which goes on answering."""
    POWER = "power"
    """The power of the internet box, which is router and perhaps Wi-Fi at once."""


class Says(StrEnum):
    """What a sign says to "the uplink is cut"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """Where a sign comes from."""

    RELAY = "relay"
    CONTACT = "contact"
    PROBE = "probe"
    CAPTURE = "capture"
    INTERNET = "internet"
    EXITS = "exits"


MEANING: dict[str, tuple[Source, Says]] = {
    "relay_driven": (Source.RELAY, Says.YES),
    "relay_simulated": (Source.RELAY, Says.UNKNOWN),
    "relay_none": (Source.RELAY, Says.UNKNOWN),
    "relay_resting": (Source.RELAY, Says.UNKNOWN),
    "relay_failed": (Source.RELAY, Says.NO),
    "contact_moved": (Source.CONTACT, Says.YES),
    "contact_unfitted": (Source.CONTACT, Says.UNKNOWN),
    "contact_resting": (Source.CONTACT, Says.UNKNOWN),
    "contact_waiting": (Source.CONTACT, Says.UNKNOWN),
    "contact_stuck": (Source.CONTACT, Says.NO),
    "contact_torn": (Source.CONTACT, Says.UNKNOWN),
    "gateway_silent": (Source.PROBE, Says.YES),
    "gateway_answers": (Source.PROBE, Says.NO),
    "gateway_imitated": (Source.PROBE, Says.NO),
    "gateway_beside": (Source.PROBE, Says.UNKNOWN),
    "probe_none": (Source.PROBE, Says.UNKNOWN),
    "probe_waiting": (Source.PROBE, Says.UNKNOWN),
    "probe_unheard": (Source.PROBE, Says.UNKNOWN),
    "probe_unsound": (Source.PROBE, Says.UNKNOWN),
    "gateway_unknown": (Source.PROBE, Says.UNKNOWN),
    "nobody_answers": (Source.PROBE, Says.UNKNOWN),
    "gateway_unseen": (Source.CAPTURE, Says.YES),
    "gateway_seen": (Source.CAPTURE, Says.NO),
    "outside_unseen": (Source.CAPTURE, Says.YES),
    "outside_seen": (Source.CAPTURE, Says.NO),
    "sensor_silent": (Source.CAPTURE, Says.UNKNOWN),
    "sensor_blind": (Source.CAPTURE, Says.UNKNOWN),
    "gateway_never_seen": (Source.CAPTURE, Says.UNKNOWN),
    "nobody_asks": (Source.CAPTURE, Says.UNKNOWN),
    "nobody_calls": (Source.CAPTURE, Says.UNKNOWN),
    "capture_waiting": (Source.CAPTURE, Says.UNKNOWN),
    "outside_waiting": (Source.CAPTURE, Says.UNKNOWN),
    "internet_silent": (Source.INTERNET, Says.YES),
    "internet_answers": (Source.INTERNET, Says.NO),
    "internet_unlearned": (Source.INTERNET, Says.UNKNOWN),
    "internet_unsure": (Source.INTERNET, Says.UNKNOWN),
    "internet_unasked": (Source.INTERNET, Says.UNKNOWN),
    "internet_waiting": (Source.INTERNET, Says.UNKNOWN),
    "internet_unheard": (Source.INTERNET, Says.UNKNOWN),
    "internet_off": (Source.INTERNET, Says.UNKNOWN),
    "exits_none": (Source.EXITS, Says.YES),
    "exit_seen": (Source.EXITS, Says.NO),
    "exit_offered": (Source.EXITS, Says.NO),
    "exit_watched": (Source.EXITS, Says.UNKNOWN),
    "exits_unknown": (Source.EXITS, Says.UNKNOWN),
}
"""Every sign there is; each is a key of ``[panel.evidence]``."""

OTHER_EXITS = frozenset({"exit_seen", "exit_offered"})
"""Signs of another way out; their detail says which."""

WAITING = frozenset(
    {"probe_waiting", "capture_waiting", "outside_waiting", "internet_waiting", "exit_watched"}
)
"""Signs that will change by themselves in some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that was observed."""

    what: str
    """A key of `MEANING`."""
    detail: str = ""
    """Addresses, for the technician."""

    @property
    def source(self) -> Source:
        """Where it comes from."""
        return MEANING[self.what][0]

    @property
    def says(self) -> Says:
        """What it says to "the uplink is cut"."""
        return MEANING[self.what][1]


class Contact(StrEnum):
    """What the feedback contact says of the relay."""

    UNFITTED = "unfitted"
    WAITING = "waiting"
    """It disagrees, but the relay may still be moving."""
    RESTING = "resting"
    """The relay is not to move: another channel is tested."""
    MOVED = "moved"
    STUCK = "stuck"
    TORN = "torn"
    """Of two contacts, which always say the opposite, both say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A finished round of questions to the gateways and to other machines."""

    asked: tuple[str, ...]
    """Addresses of the gateways."""
    answered: tuple[str, ...] = ()
    """Gateways that answered, each with the hardware address it answered from."""
    controls: tuple[str, ...] = ()
    """Other machines that answered: questions and answers get through."""
    sound: bool = True
    """Nothing was lost on the way: the card worked and no flood hid an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A finished round of questions to anchors of the internet."""

    answered: tuple[str, ...] = ()
    """What answered, and how."""
    sent: tuple[str, ...] = ()
    """What was asked; empty when no question could leave the box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was observed since the relay was told to cut; times are those of packets."""

    cut_at: float
    cut: Cut = Cut.LAN
    learnt: Learnt | None = None
    relay: str = "relay_driven"
    contact: Contact = Contact.UNFITTED
    unheard: bool = False
    """What asks the questions has fallen silent."""
    probing: bool = True
    """There is a card and the right to ask questions on it."""
    round: Round | None = None
    """The latest that was wanted after the cut."""
    round_at: float = 0.0
    """When it ended."""
    answered_at: float | None = None
    """When a gateway last answered a question since the cut, and who that was."""
    answered: tuple[str, ...] = ()
    anchored: bool = False
    """There are anchors to ask."""
    internet_before: bool = False
    """Anchors are known to answer here while the line is joined."""
    anchors: Asked | None = None
    """The latest round that was wanted after the cut."""
    anchors_at: float = 0.0
    """When it ended."""
    internet_at: float | None = None
    """When an anchor last answered since the cut, and which."""
    internet: tuple[str, ...] = ()
    heartbeat: Heartbeat | None = None
    """The latest; None when there is none fresh enough to count."""
    heard_at: float = 0.0
    gateways: tuple[Gateway, ...] = ()
    """The gateways the sensor last named."""
    before: tuple[Gateway, ...] = ()
    """Those it had named before the cut: what it says unchanged is no news, whatever its date."""
    exits: tuple[Exit, ...] = ()
    exits_before: tuple[Exit, ...] = ()
    offers: tuple[Offer, ...] = ()
    offers_before: tuple[Offer, ...] = ()
