"""Is the uplink really cut? Signs from the wire and from the relay, weighed into a verdict.

An order that was obeyed proves nothing: a welded contact, a second cable or a wrong socket leave
the practice connected. So the box looks for signs, and what it cannot see it does not claim.
Which signs must change depends on where the line is cut (`signs.Cut`):

- *Between practice and gateway*, or the gateway's power: the gateway no longer answers although
  another machine does, or no frame from it is captured although machines call for it. Each of
  the two proves.
- *Beyond the gateway*, which goes on answering: no frame from the internet is captured although
  machines call it, **and** hosts of the internet that answered before no longer do. Only both
  together prove: a single call that nobody answers is nothing rare, and whoever leads the box's
  own questions astray can make them fall silent.

Hosts of the internet that still answer, and any other way out (`exits`), speak against every cut.
Absence is only ever a sign beside a control, so no frame that an attacker makes up can prove a
cut; made-up frames can only cast doubt.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from appliance.panel.exits import exits, outside
from appliance.panel.signs import (
    CONTRADICTED,
    OTHER_EXITS,
    ROUND_FRESH,
    SENSOR_LAG,
    SETTLE,
    SILENCE,
    WAITING,
    Cut,
    Says,
    Seen,
    Sign,
    Source,
)
from appliance.panel.tested import Learnt

DEADLINE = 9.5
"""Seconds after the order in which there is a verdict."""

GRACE = 60.0
"""Seconds for which a proof holds when signs go missing (sensor restarted, control switched off)
and nothing speaks against it."""

LEARNT_DEADLINE = 3.0
"""Seconds after which nothing is waited for but what is known to change here."""


class Proof(StrEnum):
    """What is known of the cut."""

    NONE = "none"
    """Not isolated."""
    CHECKING = "checking"
    PROVEN = "proven"
    NOT_PROVEN = "not_proven"
    FAILED = "failed"
    """The order was not carried out, as far as the box can tell."""


def signs(seen: Seen, now: float) -> tuple[Sign, ...]:
    """Give one sign from each source."""
    capture = outside if seen.cut is Cut.WAN else _capture
    return (
        Sign(what=seen.relay),
        _contact(seen),
        _probe(seen, now),
        capture(seen, now),
        _internet(seen, now),
        exits(seen, now),
    )


def verdict(
    found: tuple[Sign, ...],
    waited: float,
    proven_ago: float | None,
    cut: Cut = Cut.LAN,
    learnt: Learnt | None = None,
) -> Proof:
    """Weigh the signs *waited* seconds after the cut.

    *proven_ago* is for how many seconds the latest proof is old, None when there was none or
    something spoke against it since; *learnt* is what is known to change here.
    """
    against = {sign.source for sign in found if sign.says is Says.NO}
    if against & {Source.RELAY, Source.CONTACT}:
        return Proof.FAILED
    if against:
        return Proof.NOT_PROVEN
    if _is_proven(found, cut) or (proven_ago is not None and proven_ago <= GRACE):
        return Proof.PROVEN
    return (
        Proof.CHECKING
        if waited < DEADLINE and _waits(found, waited, learnt)
        else (Proof.NOT_PROVEN)
    )


def _is_proven(found: tuple[Sign, ...], cut: Cut) -> bool:
    yes = {sign.source for sign in found if sign.says is Says.YES}
    if any(sign.what == "exit_watched" for sign in found):
        return False
    if cut is Cut.WAN:
        return {Source.CAPTURE, Source.INTERNET} <= yes
    return bool({Source.PROBE, Source.CAPTURE} & yes)


def _waits(found: tuple[Sign, ...], waited: float, learnt: Learnt | None) -> bool:
    """Tell whether a sign that may still come is worth waiting for.

    What never changed here is not waited for once the quick ones have had their time.
    """
    if learnt is None or waited < LEARNT_DEADLINE:
        return True
    hoped = {*learnt.sources, Source.EXITS}
    return any(sign.what in WAITING and sign.source in hoped for sign in found)


def _contact(seen: Seen) -> Sign:
    return Sign(what=f"contact_{seen.contact}")


def _probe(seen: Seen, now: float) -> Sign:  # noqa: PLR0911 - a ladder, one rung each
    last = seen.round
    if seen.cut is Cut.WAN and seen.probing:
        return Sign(what="gateway_beside")
    if seen.answered_at is not None and now - seen.answered_at < CONTRADICTED:
        known = {one.mac for one in seen.before}
        imitated = bool(known) and not any(mac in one for one in seen.answered for mac in known)
        what = "gateway_imitated" if imitated else "gateway_answers"
        return Sign(what=what, detail=", ".join(seen.answered))
    if seen.unheard:
        return Sign(what="probe_unheard")
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


def _internet(seen: Seen, now: float) -> Sign:  # noqa: PLR0911 - a ladder, one rung each
    """Silence counts beside a machine here that answers, where there was no silence before."""
    last, control = seen.anchors, seen.round
    if seen.internet_at is not None and now - seen.internet_at < CONTRADICTED:
        return Sign(what="internet_answers", detail=", ".join(seen.internet))
    if seen.unheard:
        return Sign(what="internet_unheard")
    if not seen.anchored:
        return Sign(what="internet_off")
    if last is None or now - seen.anchors_at > ROUND_FRESH or control is None:
        return Sign(what="internet_waiting" if seen.probing else "internet_unsure")
    if not last.sent:
        return Sign(what="internet_unasked")
    near = control.controls or (control.answered if seen.cut is Cut.WAN else ())
    if not near or not control.sound:
        return Sign(what="internet_unsure")
    known = seen.internet_before or (
        seen.learnt is not None and Source.INTERNET in seen.learnt.sources
    )
    what = "internet_silent" if known else "internet_unlearned"
    return Sign(what=what, detail=f"{', '.join(last.sent)} ↮ {', '.join(near)}")


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
            yield f"{one.ips[0]} ({one.mac})" if one.ips else one.mac


def told(proof: Proof, against: Iterable[str]) -> str:
    """Give the key below ``[panel.proof]`` that tells *proof*; *against* are the signs that say no.

    Another way out is told as such when it is the only trouble: nothing is wrong with the cut.
    """
    found = set(against)
    if proof is Proof.NOT_PROVEN and found and found <= OTHER_EXITS:
        return "other_exit"
    return str(proof)
