"""Signs of ways out: of traffic from outside since the cut, and of whoever offers to be a router.

A frame from an address of the internet, after the cut, came in somewhere. Whoever passed it on
is another way out: a second router, a telephone that shares its connection, a fail-over. Such
frames can be made up, and then they only cast doubt. Where the line is cut beyond the router, the
same frames tell whether the router is still joined.

What passes no switch of the practice, such as a computer on its own telephone, is not seen.
"""

from collections.abc import Iterator

from appliance.durations import DAY
from appliance.panel.heartbeat import Exit, Offer
from appliance.panel.signs import CONTRADICTED, SENSOR_LAG, SETTLE, SILENCE, Cut, Seen, Sign

SECOND = 1.0
"""The sensor adds up whole seconds: a frame passed at most that long after the time it tells."""

HELD = 600.0
"""Seconds for which a way out speaks against the cut after its latest frame: a program that
reports to its master calls seldom."""

USED_BEFORE = DAY
"""Seconds before the cut in which another way out was used that is watched after it."""

WATCHED = 1.5
"""Seconds of traffic after the cut that are looked at before such a way is called silent."""


def exits(seen: Seen, now: float) -> Sign:
    """Give what is known of other ways out."""
    settled = seen.cut_at + SETTLE
    others = tuple(_others(seen))
    news = others if seen.cut is Cut.WAN else seen.exits
    fresh = [one.mac for one in news if _is_new(one, seen, settled) and now - one.at < HELD]
    if fresh:
        return Sign(what="exit_seen", detail=", ".join(sorted(set(fresh))))
    offered = tuple(dict.fromkeys(_offered(seen, settled, now)))
    if offered:
        return Sign(what="exit_offered", detail=", ".join(offered))
    told_of = seen.heard_at - SENSOR_LAG
    suspects = sorted({one.mac for one in others if seen.cut_at - one.at < USED_BEFORE})
    blind = seen.heartbeat is None or not seen.heartbeat.seeing
    if suspects and (blind or told_of < settled + WATCHED):
        return Sign(what="exit_watched", detail=", ".join(suspects))
    return Sign(what="exits_unknown" if blind else "exits_none")


def outside(seen: Seen, now: float) -> Sign:
    """Give what the capture says of a cut beyond the router."""
    settled = seen.cut_at + SETTLE
    alive = [
        one.mac for one in seen.exits if _is_new(one, seen, settled) and now - one.at < CONTRADICTED
    ]
    if alive:
        return Sign(what="outside_seen", detail=", ".join(sorted(alive)))
    beat = seen.heartbeat
    if beat is None or not beat.seeing:
        return Sign(what="sensor_silent" if beat is None else "sensor_blind")
    told_of = seen.heard_at - SENSOR_LAG
    news = [one.at + SECOND for one in seen.exits if one not in seen.exits_before]
    if told_of - max(settled, *news, settled) < SILENCE:
        return Sign(what="outside_waiting")
    called = beat.calls_out_at is not None and beat.calls_out_at > settled
    return Sign(what="outside_unseen" if called else "nobody_calls")


def _is_new(one: Exit, seen: Seen, settled: float) -> bool:
    return one.at > settled and one not in seen.exits_before


def _others(seen: Seen) -> Iterator[Exit]:
    """Give the ways out other than the gateways'; of those `outside` tells."""
    gateways = {one.mac for one in (*seen.gateways, *seen.before)}
    return (one for one in seen.exits if one.mac not in gateways)


def _offered(seen: Seen, settled: float, now: float) -> Iterator[str]:
    """Give who offers to be a router since the cut, and never did before."""
    macs = {one.mac for one in (*seen.before, *seen.gateways)}
    ips = {ip for one in (*seen.before, *seen.gateways) for ip in one.ips}
    known = {(one.mac, one.ip) for one in seen.offers_before}
    for one in seen.offers:
        new = one.at > settled and now - one.at < HELD and one not in seen.offers_before
        if new and (one.mac, one.ip) not in known and not _is_gateway(one, macs, ips):
            yield f"{one.ip} ({one.mac})"


def _is_gateway(one: Offer, macs: set[str], ips: set[str]) -> bool:
    """Tell whether the offer is the gateway's own, or names it."""
    return one.mac in macs or one.ip in ips
