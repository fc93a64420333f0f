"""Is the uplink really cut? Signs from the wire and from the relay, weighed into a verdict.

An order that was obeyed proves nothing: a welded contact, a second cable or a wrong socket leave
the practice connected. So the box looks for signs, and what it cannot see it does not claim. For
a cut between practice and gateway, two signs count: the gateway no longer answers although
another machine does, and no frame from it is captured although machines call for it. Absence is
only ever a sign beside such a control, so no frame that an attacker makes up can prove a cut;
made-up frames can only cast doubt.

Where the cut is beyond the gateway (router in the practice, cut on its outer side) the gateway
goes on answering, and the verdict stays *not proven*.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from appliance.panel.heartbeat import Gateway, Heartbeat

SETTLE = 0.5
"""Seconds after the order in which frames still under way are no sign: queues, relay bounce."""

SILENCE = 5.0
"""Seconds without a frame from any gateway that are a sign, when it was called meanwhile."""

SENSOR_LAG = 2.0
"""Seconds by which what a heartbeat tells may be late: it speaks of whole seconds."""

DEADLINE = 9.5
"""Seconds after the order in which there is a verdict."""

CONTRADICTED = 30.0
"""Seconds for which one sign of life of a gateway outweighs all else."""

GRACE = 60.0
"""Seconds for which a proof holds when signs go missing (sensor restarted, control switched off)
and nothing speaks against it."""

ROUND_FRESH = 15.0
"""Seconds for which a finished round of questions tells how things are."""


class Proof(StrEnum):
    """What is known of the cut."""

    NONE = "none"
    """Not isolated."""
    CHECKING = "checking"
    PROVEN = "proven"
    NOT_PROVEN = "not_proven"
    FAILED = "failed"
    """The order was not carried out, as far as the box can tell."""


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


MEANING: dict[str, tuple[Source, Says]] = {
    "relay_driven": (Source.RELAY, Says.YES),
    "relay_simulated": (Source.RELAY, Says.UNKNOWN),
    "relay_failed": (Source.RELAY, Says.NO),
    "contact_moved": (Source.CONTACT, Says.YES),
    "contact_unfitted": (Source.CONTACT, Says.UNKNOWN),
    "contact_waiting": (Source.CONTACT, Says.UNKNOWN),
    "contact_stuck": (Source.CONTACT, Says.NO),
    "gateway_silent": (Source.PROBE, Says.YES),
    "gateway_answers": (Source.PROBE, Says.NO),
    "probe_none": (Source.PROBE, Says.UNKNOWN),
    "probe_waiting": (Source.PROBE, Says.UNKNOWN),
    "probe_unsound": (Source.PROBE, Says.UNKNOWN),
    "gateway_unknown": (Source.PROBE, Says.UNKNOWN),
    "nobody_answers": (Source.PROBE, Says.UNKNOWN),
    "gateway_unseen": (Source.CAPTURE, Says.YES),
    "gateway_seen": (Source.CAPTURE, Says.NO),
    "sensor_silent": (Source.CAPTURE, Says.UNKNOWN),
    "sensor_blind": (Source.CAPTURE, Says.UNKNOWN),
    "gateway_never_seen": (Source.CAPTURE, Says.UNKNOWN),
    "nobody_asks": (Source.CAPTURE, Says.UNKNOWN),
    "capture_waiting": (Source.CAPTURE, Says.UNKNOWN),
}
"""Every sign there is; each is a key of ``[panel.evidence]``."""


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
    MOVED = "moved"
    STUCK = "stuck"


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
class Seen:
    """What was observed since the relay was told to cut; times are those of packets."""

    cut_at: float
    relay: str = "relay_driven"
    contact: Contact = Contact.UNFITTED
    probing: bool = True
    """There is a card and the right to ask questions on it."""
    round: Round | None = None
    """The latest that began after the cut."""
    round_at: float = 0.0
    """When it ended."""
    answered_at: float | None = None
    """When a gateway last answered a question since the cut, and who that was."""
    answered: tuple[str, ...] = ()
    heartbeat: Heartbeat | None = None
    """The latest; None when there is none fresh enough to count."""
    heard_at: float = 0.0
    gateways: tuple[Gateway, ...] = ()
    """The gateways the sensor last named."""
    before: tuple[Gateway, ...] = ()
    """Those it had named before the cut: what it says unchanged is no news, whatever its date."""


def signs(seen: Seen, now: float) -> tuple[Sign, ...]:
    """Give one sign from each source."""
    return (Sign(what=seen.relay), _contact(seen), _probe(seen, now), _capture(seen, now))


def verdict(found: tuple[Sign, ...], waited: float, proven_ago: float | None) -> Proof:
    """Weigh the signs *waited* seconds after the cut.

    *proven_ago* is for how many seconds the latest proof is old, None when there was none or
    something spoke against it since.
    """
    against = {sign.source for sign in found if sign.says is Says.NO}
    if against & {Source.RELAY, Source.CONTACT}:
        return Proof.FAILED
    if against:
        return Proof.NOT_PROVEN
    network = (Source.PROBE, Source.CAPTURE)
    if any(sign.says is Says.YES for sign in found if sign.source in network):
        return Proof.PROVEN
    if proven_ago is not None and proven_ago <= GRACE:
        return Proof.PROVEN
    return Proof.CHECKING if waited < DEADLINE else Proof.NOT_PROVEN


def _contact(seen: Seen) -> Sign:
    return Sign(what=f"contact_{seen.contact}")


def _probe(seen: Seen, now: float) -> Sign:  # noqa: PLR0911 - a ladder, one rung each
    last = seen.round
    if seen.answered_at is not None and now - seen.answered_at < CONTRADICTED:
        return Sign(what="gateway_answers", detail=", ".join(seen.answered))
    if not seen.probing:
        return Sign(what="probe_none")
    if last is None or now - seen.round_at > ROUND_FRESH:
        return Sign(what="probe_waiting")
    if not last.asked:
        return Sign(what="gateway_unknown")
    if not last.sound:
        return Sign(what="probe_unsound")
    if not last.controls:
        return Sign(what="nobody_answers", detail=", ".join(last.asked))
    detail = f"{', '.join(last.asked)} ↮ {', '.join(last.controls)}"
    return Sign(what="gateway_silent", detail=detail)


def _capture(seen: Seen, now: float) -> Sign:  # noqa: PLR0911 - a ladder, one rung each
    settled = seen.cut_at + SETTLE
    alive = tuple(_alive(seen, settled, now))
    if alive:
        return Sign(what="gateway_seen", detail=", ".join(alive))
    beat = seen.heartbeat
    if beat is None:
        return Sign(what="sensor_silent")
    if not beat.seeing:
        return Sign(what="sensor_blind")
    if not seen.gateways:
        return Sign(what="gateway_never_seen")
    if seen.heard_at - SENSOR_LAG < settled + SILENCE:
        return Sign(what="capture_waiting")
    if beat.lan_asks_at is None or beat.lan_asks_at <= settled:
        return Sign(what="nobody_asks")
    latest = max((one.at for one in seen.gateways if one not in seen.before), default=settled)
    if seen.heard_at - SENSOR_LAG - latest < SILENCE:
        return Sign(what="capture_waiting")
    return Sign(what="gateway_unseen", detail=", ".join(sorted({g.mac for g in seen.gateways})))


def _alive(seen: Seen, settled: float, now: float) -> Iterator[str]:
    """Give the gateways of which a frame was captured since the cut, and not long ago."""
    for one in seen.gateways:
        if one.at > settled and now - one.at < CONTRADICTED and one not in seen.before:
            yield f"{one.ip} ({one.mac})" if one.ip else one.mac
