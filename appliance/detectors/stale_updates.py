"""A computer was not seen fetching updates for a long time, although it could have.

What it sees
    Which hosts of updates and of antivirus programs a device fetched from,
    as the inventory adds it up, and on which days an outside host answered
    the device: it was switched on, and the way outside was open.

Why it matters
    Most break-ins use holes for which the update had been there for weeks.
    A computer that stopped fetching updates gives no sign of it by itself,
    nor does an antivirus program whose licence has run out.

How it decides
    Once a day for each device, of workstations, computers that take images,
    and servers, and of what runs Windows or macOS and is nothing else. Of
    updates of the system a download counts, from the maker or from a
    neighbour (Delivery Optimization); a mere question whether there are any
    does not. Of antivirus programs every sign of one at work does, too. What
    was last seen longer than `Limits.days` ago is a finding, when the device
    reached the outside on `Limits.present` days of that time. An antivirus
    program is missed only where one was seen before: many are managed from
    inside the practice, and Windows' own one is updated with the system.
    The box does not speak before it has watched for `Limits.days`: since it
    started, or since the first of the device's noted contacts, which outlast
    a restart, and never from before the device was there. What a restart
    loses is the days on which devices were there: they are counted anew, so
    that a finding comes up to some days late; and what was already said,
    which is then said once more and folded into the same alert. As long as
    it lasts it is repeated every `Limits.days`.

What it misses
    An update that is fetched but never installed; an antivirus program that
    still calls its maker, but gets nothing for want of a licence. A system update missed
    while others come: Windows fetches its antivirus's patterns, drivers and
    programs from the same hosts. A computer that never had an antivirus
    program. A device of which neither kind nor system is known; equipment
    with a computer inside, whose maker has to answer for it.

When it is wrong
    Updates from a server inside the practice (WSUS, a maintenance
    program's own), from a disk, by way of a VPN, or on days on which the box
    was switched off; a new antivirus program that the box does not know.
    The texts therefore say "not seen". A computer too old to get any is
    told as well. Say once that it is normal here.

Sources
    ``data/hygiene_hosts.csv``; Microsoft, Delivery Optimization reference
    (TCP 7680); MITRE ATT&CK T1203; ANSSI, guide d'hygiène informatique, rule
    on keeping software up to date.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

from appliance.detectors.base import About, Network, limit
from appliance.durations import DAY
from appliance.facts import Fact, FlowDelta, Tick
from appliance.knowledge.hosts import hosts
from appliance.knowledge.kinds import Kind
from appliance.memory import Memory
from appliance.model import Contact, Device, Finding, Mac, Severity, Table

_SILENCE = 4 * DAY
"""Longest leap of packet time that counts as watched: a long weekend in a capture that holds
little. A live box has a tick each second; there a leap is a clock that was wrong."""

_SYSTEM, _ANTIVIRUS = "system", "antivirus"
_PEERS = "lan:7680"
"""What contacts with neighbours for Delivery Optimization are noted under."""
_DOWNLOAD = "download"
_SHOWS = frozenset(("update", "installs", "active"))
"""What contacts prove that need no download to count; `appliance.knowledge.hosts.Hygiene`."""

_JUDGED = frozenset((Kind.WORKSTATION, Kind.ACQUISITION_PC, Kind.SERVER))
_OPEN = frozenset(("", "other", Kind.UNKNOWN))
"""Where nobody knows what a device is, its system decides."""
_SYSTEMS = ("Windows", "macOS")
_ANY_SYSTEM = "Windows / macOS / Linux"
"""What is said to be updated where the system is not known: names, the same in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    days: int = limit(
        14,
        "days without an update seen; a computer in use fetches something every few days, so"
        " that two weeks of nothing are odd",
        minimum=3,
        maximum=90,
    )
    present: int = limit(
        5,
        "different days of these on which the device reached the outside; fewer, and it was away",
        minimum=1,
        maximum=90,
    )
    devices: int = limit(1024, "devices remembered at once", minimum=64, maximum=65_536)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Presence:
    """A device that reaches the outside."""

    judged_at: float
    days: tuple[int, ...]
    """Days since 1970, UTC, on which it did; the last ones."""
    told: Mapping[str, float]
    """By subject, when it was last told of."""


class _Missed(NamedTuple):
    """Updates that were not seen."""

    subject: str
    what: str
    """Name of the system or of the antivirus program."""
    days: int


class StaleUpdates:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="stale_updates",
        severity=Severity.NOTICE,
        attack=("T1203",),
        limits=Limits,
        sees=(FlowDelta, Tick),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._entry = hosts().hygiene.find
        self._present: Memory[Mac, _Presence] = Memory(limits.devices)
        """The one not judged for longest first: each tick judges one at most."""
        self._since: float | None = None
        """The earliest tick since which the clock ran evenly."""
        self._now = 0.0

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding for the device whose turn it is, when it missed its updates."""
        if isinstance(fact, FlowDelta):
            if fact.packets_in:
                self._note(fact, network)
        elif isinstance(fact, Tick):
            if self._since is None or not 0 <= fact.at - self._now <= _SILENCE:
                self._since = fact.at
            self._now = fact.at
            oldest = self._present.oldest()
            if oldest is not None and not 0 <= fact.at - oldest[1].judged_at < DAY:
                return self._judge(*oldest, self._since, network)
        return ()

    def dropped(self) -> int:
        """Devices forgotten early."""
        return self._present.dropped

    def _note(self, delta: FlowDelta, network: Network) -> None:
        """Note the day when an outside host answered a device."""
        day, known = int(delta.at // DAY), self._present.get(delta.mac)
        if known is not None and known.days[-1] == day:
            return
        if not network.is_outside(delta.dst) or network.is_gateway(delta.mac):
            return
        if network.holder(delta.src) not in (None, delta.mac):
            return
        if known is None:
            self._present.put(delta.mac, _Presence(judged_at=delta.at, days=(day,), told={}))
            return
        days = (*(each for each in known.days if each < day), day)[-self._limits.days :]
        self._present.replace(delta.mac, replace(known, days=days))

    def _judge(
        self, mac: Mac, known: _Presence, since: float, network: Network
    ) -> Iterator[Finding]:
        now, span = self._now, self._limits.days * DAY
        device = network.device(mac)
        if device is None:
            self._present.pop(mac)
            return
        today = int(now // DAY)
        present = sum(today - self._limits.days < day <= today for day in known.days)
        told, news = known.told, list[_Missed]()
        if present >= self._limits.present and _is_judged(device):
            missed = [
                each for each in self._missed(device, since) if each.days >= self._limits.days
            ]
            told = {
                each.subject: known.told[each.subject]
                for each in missed
                if 0 <= now - known.told.get(each.subject, -span) < span
            }
            news = [each for each in missed if each.subject not in told]
            told |= {each.subject: now for each in news}
        self._present.put(mac, replace(known, judged_at=now, told=told))
        for each in news:
            yield Finding(
                detector=self.about.id,
                at=now,
                about=mac,
                key=(self.about.id, mac, each.subject),
                words={"what": each.what, "days": str(each.days), "present": str(present)},
            )

    def _missed(self, device: Device, since: float) -> Iterator[_Missed]:
        """Yield for how many days no update was seen, of the system and of antivirus programs."""
        noted_from = min((since, *(each.first_at for each in device.contacts)))
        watched = max(device.first_at, noted_from)
        seen = dict(self._seen(device.contacts))
        last, _ = seen.get(_SYSTEM, (0.0, ""))
        yield _Missed(_SYSTEM, _family(device.os), self._days_since(max(watched, last)))
        if _ANTIVIRUS in seen:
            last, product = seen[_ANTIVIRUS]
            yield _Missed(_ANTIVIRUS, product, self._days_since(max(watched, last)))

    def _seen(self, contacts: Iterable[Contact]) -> Iterator[tuple[str, tuple[float, str]]]:
        """Yield by subject when an update was seen, and of what, the last one last."""
        found: list[tuple[float, str, str]] = []
        for contact in contacts:
            if contact.table is not Table.HYGIENE:
                continue
            entry = self._entry(contact.host)
            if contact.host == _PEERS:
                found.append((contact.loaded_at, _SYSTEM, ""))
            elif entry is not None and entry.subject in (_SYSTEM, _ANTIVIRUS):
                if entry.proves in _SHOWS:
                    found.append((contact.last_at, entry.subject, entry.product))
                elif entry.proves == _DOWNLOAD:
                    found.append((contact.loaded_at, entry.subject, entry.product))
        for at, subject, product in sorted(found):
            yield subject, (at, product)

    def _days_since(self, at: float) -> int:
        return int((self._now - at) // DAY)


def _is_judged(device: Device) -> bool:
    """Tell whether *device* is a computer that should fetch updates by itself."""
    kind = device.given_kind or device.role or device.kind
    return kind in _JUDGED or (kind in _OPEN and device.os.startswith(_SYSTEMS))


def _family(os: str) -> str:
    """Name what is updated: the family of a system, for its release is often a guess."""
    return next((name for name in _SYSTEMS if os.startswith(name)), os or _ANY_SYSTEM)
