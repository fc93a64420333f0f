"""Who talked to whom, added up from the conversations of the last day.

The day files have an index on the time alone (`appliance.store.flows`), so these questions go
through the rows from the newest back, and stop after `MOST` of them: a practice of forty devices
writes a tenth of that in a day. `days.Looked` says how far back that was.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from appliance.model import Ip, Mac

MOST = 200_000
"""Rows gone through for one question: some 50 ms where a million would be a quarter of a second."""

GROUPS = 2_000
"""Pairs given for one day, the latest first: a scan of all ports makes more than anybody reads."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """All that a device and one address said to each other over one service."""

    peer: Ip
    proto: int
    """IANA protocol number."""
    dport: int
    """Port of the side that was called, or for ICMP the code."""
    began: bool
    """The device called; otherwise it was called."""
    sent: int
    """IP octets of the device."""
    got: int
    first_at: float
    last_at: float
    peer_mac: Mac
    """Hardware address at the other end: that of a gateway when *peer* is outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """All that two hardware addresses said to each other."""

    mac: Mac
    peer_mac: Mac
    octets: int
    last_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A device that talked to an address."""

    mac: Mac
    """Of the side that began."""
    peer_mac: Mac
    octets: int
    last_at: float


def floor(db: sqlite3.Connection, most: int) -> tuple[int, int]:
    """Give the id above which to look so that *most* rows are gone through, and how many are."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM flows").fetchone()
    return max(0, last - most), min(last, most)


def oldest(db: sqlite3.Connection, above: int) -> float:
    """Give when the first row that was gone through was last heard."""
    row = db.execute("SELECT last_at FROM flows WHERE id > ? ORDER BY id", (above,)).fetchone()
    return float(row["last_at"]) if row else 0.0


def of_device(
    db: sqlite3.Connection,
    macs: Collection[Mac],
    own: Collection[Ip] | None,
    since: float,
    above: int,
) -> list[Talk]:
    """Give a day's talks of the device *macs*, the latest first.

    *own* are its addresses where it is a gateway: what only passes through it is not said to it.
    """
    found = db.execute(
        _OF_DEVICE,
        {
            "macs": json.dumps(list(macs)),
            "own": None if own is None else json.dumps(list(own)),
            "since": since,
            "above": above,
            "most": GROUPS,
        },
    )
    return [Talk(**dict(row) | {"began": bool(row["began"])}) for row in found]


def pairs(db: sqlite3.Connection, since: float, above: int) -> list[Pair]:
    """Give which hardware addresses talked to each other in a day, those that said most first."""
    found = db.execute(_PAIRS, {"since": since, "above": above, "most": GROUPS})
    return [Pair(**dict(row)) for row in found]


def with_address(db: sqlite3.Connection, ip: Ip, since: float, above: int) -> list[Speaker]:
    """Give who talked to the address *ip* in a day."""
    values = {"ip": ip, "since": since, "above": above, "most": GROUPS}
    return [Speaker(**dict(row)) for row in db.execute(_WITH_ADDRESS, values)]


def added_talks(found: Iterable[Talk]) -> tuple[Talk, ...]:
    """Give talks of several days as one each, the latest first."""

    def add(one: Talk, other: Talk) -> Talk:
        return replace(
            one if one.last_at >= other.last_at else other,
            sent=one.sent + other.sent,
            got=one.got + other.got,
            first_at=min(one.first_at, other.first_at),
        )

    every = _folded(found, lambda each: (each.peer, each.proto, each.dport, each.began), add)
    return tuple(sorted(every, key=lambda each: -each.last_at))


def added_pairs(found: Iterable[Pair]) -> tuple[Pair, ...]:
    """Give pairs of several days as one each, whichever side began; those that said most first."""

    def add(one: Pair, other: Pair) -> Pair:
        octets, last_at = one.octets + other.octets, max(one.last_at, other.last_at)
        return replace(one, octets=octets, last_at=last_at)

    every = _folded(found, lambda each: frozenset((each.mac, each.peer_mac)), add)
    return tuple(sorted(every, key=lambda each: (-each.octets, each.mac, each.peer_mac)))


def added_speakers(found: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Give speakers of several days as one each, the latest first."""

    def add(one: Speaker, other: Speaker) -> Speaker:
        octets, last_at = one.octets + other.octets, max(one.last_at, other.last_at)
        return replace(one, octets=octets, last_at=last_at)

    every = _folded(found, lambda each: (each.mac, each.peer_mac), add)
    return tuple(sorted(every, key=lambda each: -each.last_at))


def _folded(
    found: Iterable[T], key: Callable[[T], object], add: Callable[[T, T], T]
) -> Iterable[T]:
    sums: dict[object, T] = {}
    for each in found:
        of = key(each)
        sums[of] = add(sums[of], each) if of in sums else each
    return sums.values()


_OURS = "mac IN (SELECT value FROM json_each(:macs))"

# The plus signs keep SQLite from the index on the time, which leads to rows one by one.
_OF_DEVICE = f"""
    SELECT iif({_OURS}, dst, src) AS peer, proto, dport, {_OURS} AS began,
        sum(iif({_OURS}, octets_out, octets_in)) AS sent,
        sum(iif({_OURS}, octets_in, octets_out)) AS got,
        min(first_at) AS first_at, max(last_at) AS last_at, iif({_OURS}, peer_mac, mac) AS peer_mac
    FROM flows
    WHERE id > :above AND +last_at >= :since
        AND ({_OURS} OR (peer_mac IN (SELECT value FROM json_each(:macs))
            AND (:own IS NULL OR dst IN (SELECT value FROM json_each(:own)))))
    GROUP BY 1, 2, 3, 4 ORDER BY 8 DESC LIMIT :most
"""  # noqa: S608 - our own words

_PAIRS = """
    SELECT mac, peer_mac, sum(octets_out + octets_in) AS octets, max(last_at) AS last_at
    FROM flows WHERE id > :above AND +last_at >= :since
    GROUP BY mac, peer_mac ORDER BY 3 DESC LIMIT :most
"""

_WITH_ADDRESS = """
    SELECT mac, peer_mac, sum(octets_out + octets_in) AS octets, max(last_at) AS last_at
    FROM flows WHERE id > :above AND +last_at >= :since AND (dst = :ip OR src = :ip)
    GROUP BY mac, peer_mac ORDER BY 4 DESC LIMIT :most
"""
