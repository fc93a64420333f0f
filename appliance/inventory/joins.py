"""Which hardware addresses are one device, by evidence that leaves no doubt.

DHCP's client identifier, the host name and the fingerprint (what is asked for, and the class of
client) are all there and all equal. An identifier that is a DUID (RFC 8415 section 11; in DHCP for
IPv4 by RFC 4361: type 255, four bytes for the card, the DUID) belongs to the machine and not to
its card. One that is the hardware address itself (type 1) proves nothing, other kinds are often
the same for all machines of a maker.

Machines set up from one image share all three. So two addresses are joined only once the one heard
first has been silent while the newcomer speaks: cable and wireless take turns, clones work side by
side. Whoever does that afterwards is parted for good (`Joins.worked`), whether its address is made
up or not: virtual machines have such addresses, too. A computer that keeps both its cards busy is
taken for two; people can join it.

What is remembered of an address survives a restart in its evidence: the identity as a digest, and
with whom it is not to be joined.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import combinations

from appliance.decisions import Standing, dress
from appliance.facts import DhcpAsked
from appliance.inventory.clues.clue import Clue
from appliance.inventory.entry import Entry
from appliance.inventory.roster import Roster
from appliance.inventory.whole import settle, together
from appliance.knowledge.hint import LOW
from appliance.memory import Memory
from appliance.model import Device, Mac, Trust

IDENTITY, APART = "dhcp_identity", "apart"
"""Sources of evidence: a digest of the identity; another address that worked at the same time."""

SILENT = 60.0
"""Seconds of silence after which an address may be another's former one: a machine that is on is
hardly ever silent for as long."""
PARTS = 16
"""Addresses of one identity; a computer has two or three, a telephone makes one up per network."""
WAITING = 64
"""Newcomers of whom it is not yet clear whether they are somebody known."""
BACK_WITHIN = 60.0
"""Two that begin conversations in turn, and come back so soon, work at the same time …"""
MINUTES, HOUR = 5, 60
"""… for certain when that is so in as many minutes of an hour: two cards of one machine may overlap
while one takes over from the other."""
_PAIRS = 256
_SHORTEST = 20
"""Hexadecimal digits of a DUID that holds more than its type: one made of a hardware address."""
_HEAD = 8
"""Of them, what says little of the machine: its type, and the kind of hardware or the maker."""
_BY_RFC_4361 = "ff"
_CARD = 10
"""Hexadecimal digits before the DUID there."""


class Joins:
    """See the module's text. *roster* has the addresses, one entry each."""

    def __init__(self, roster: Roster, limit: int) -> None:
        self.standing = Standing()
        """What people decided, settled: it holds for all addresses of a device."""
        self._said = Standing()
        self._roster = roster
        self._limit = limit
        self._met: Memory[str, tuple[Mac, ...]] = Memory(limit)
        """By identity its addresses, in the order they were met."""
        self._seen: dict[Mac, Mac] = {}
        """By address the device it is part of, by evidence; at most *limit*."""
        self._parts: Mapping[Mac, tuple[Mac, ...]] = {}
        """By device its parts, whoever joined them."""
        self._waiting: Memory[Mac, str] = Memory(WAITING)
        """By newcomer its identity."""
        self._apart: Memory[frozenset[Mac], None] = Memory(limit)
        self._watched: dict[Mac, str] = {}
        """Addresses of which it may turn out that they work at the same time: their identity."""
        self._worked: Memory[Mac, float] = Memory(limit)
        self._last: Memory[str, Mac] = Memory(limit)
        """By identity who began the last conversation."""
        self._overlaps: Memory[frozenset[Mac], tuple[int, ...]] = Memory(_PAIRS)

    # What people and the past say

    def heed(self, standing: Standing) -> None:
        """Apply what people decided."""
        self._said = standing
        self.settle()

    def restore(self, device: Device) -> None:
        """Take up again what was known of an address before a restart."""
        self._seen.update(dict.fromkeys(device.also[:PARTS], device.mac))
        for each in device.evidence:
            if each.source == IDENTITY:
                self._meet(each.says, device.mac)
            elif each.source == APART:
                self._apart.put(frozenset((device.mac, Mac(each.says))), None)

    def settle(self) -> None:
        """Work out anew which addresses belong together, now that something has changed."""
        seen = {part: main for part, main in self._seen.items() if self._may(part, main)}
        settled = settle(self._said, seen, self._roster)
        of_main: dict[Mac, tuple[Mac, ...]] = {}
        for part, main in settled.mains.items():
            of_main[main] = (*of_main.get(main, ()), part)
        at_home = frozenset(
            part for part, main in settled.mains.items() if self._trust(main) is Trust.LEARNT
        )
        self._parts = of_main
        self.standing = replace(settled, at_home=at_home)
        self._watch()

    def came(self, mac: Mac) -> None:
        """Note that *mac* is there now: it may be one that was already joined to another."""
        if mac in self._seen or self._said.joined:
            self.settle()

    def _may(self, part: Mac, main: Mac) -> bool:
        """Tell whether evidence may join the two: a router is nobody's second address."""
        entries = (self._roster.find(part), self._roster.find(main))
        return not any(entry and entry.gateway for entry in entries)

    def _trust(self, mac: Mac) -> Trust:
        entry = self._roster.find(mac)
        return entry.trust if entry else Trust.UNKNOWN

    # How devices look

    def device(self, mac: Mac) -> Device | None:
        """Give the device that *mac* is an address of, as people see it."""
        main = self._roster.find(self.standing.main(mac))
        if main is None:
            return None
        parts = self._parts.get(main.mac, ())
        if not parts:
            return dress(main.device(), self.standing)
        entries = filter(None, map(self._roster.find, parts))
        every = {entry.mac: entry.device() for entry in entries}
        return dress(together(self.alone(main.device()), parts, every), self.standing)

    def alone(self, device: Device) -> Device:
        """Give what is known of one address, with those that evidence says are part of it."""
        also = tuple(part for part, main in self._seen.items() if main == device.mac)
        return replace(device, also=also) if also else device

    def devices(self) -> Iterable[Device]:
        """Give all devices as people see them, in the order they appeared."""
        mains = [entry.mac for entry in self._roster if entry.mac not in self.standing.mains]
        return filter(None, map(self.device, mains))

    # Evidence

    def meet(self, fact: DhcpAsked) -> str:
        """Take in what a client says of itself, before it is a device; give its identity, if any.

        A newcomer that is somebody known is joined here.
        """
        key = identity(fact)
        if key:
            self._meet(key, fact.mac)
            if fact.mac not in self._seen and self._candidates(fact.mac, key):
                self._waiting.put(fact.mac, key)
                self._watch()
                self._consider(fact.mac, key, fact.at)
        return key

    def note(self, entry: Entry, key: str, at: float) -> None:
        """Keep the identity of *entry* in its evidence, for after a restart."""
        if entry.believe(Clue(IDENTITY, key, LOW), at):
            self._roster.note(entry.mac)

    def tick(self) -> None:
        """Look whether it has become clear who those waiting are."""
        for mac in list(self._waiting):
            entry, key = self._roster.find(mac), self._waiting.get(mac)
            if entry is not None and key is not None:
                self._consider(mac, key, entry.last_at)

    def worked(self, mac: Mac, at: float) -> Mac | None:
        """Note that *mac* began a conversation; give the address that is thereby parted, if any."""
        key = self._watched.get(mac)
        if key is None:
            return None
        other, before = self._last.get(key), self._worked.get(mac)
        self._last.put(key, mac)
        self._worked.put(mac, at)
        if other in (None, mac) or before is None or not 0 <= at - before <= BACK_WITHIN:
            return None
        pair, minute = frozenset((mac, Mac(str(other)))), int(at // 60)
        minutes = {*(self._overlaps.get(pair) or ()), minute}
        recent = tuple(each for each in minutes if 0 <= minute - each < HOUR)
        self._overlaps.put(pair, recent)
        return self._part(pair, at) if len(recent) >= MINUTES else None

    def _meet(self, key: str, mac: Mac) -> None:
        met = self._met.get(key) or ()
        if mac not in met and len(met) < PARTS:
            met = (*met, mac)
        self._met.put(key, met)

    def _candidates(self, mac: Mac, key: str) -> list[Entry]:
        """Give the devices that *mac*, with the identity *key*, may be another address of."""
        met = self._met.get(key) or ()
        if mac not in met or any(self._said.joined.get(each) == each for each in met):
            return []  # full; or people said that these are several devices
        if any(frozenset(pair) in self._apart for pair in combinations(met, 2)):
            return []
        # Who is itself waiting is not yet known to be anybody's address.
        others = (each for each in met if each != mac and each not in self._waiting)
        return [entry for each in others if (entry := self._roster.find(each))]

    def _consider(self, mac: Mac, key: str, heard_at: float) -> None:
        """Join *mac*, last heard at *heard_at*, when all others of its identity are silent."""
        met = [entry for each in self._met.get(key) or () if (entry := self._roster.find(each))]
        candidates = self._candidates(mac, key)
        if not candidates:
            self._waiting.pop(mac)
        elif all(heard_at - each.last_at >= SILENT for each in met if each.mac != mac):
            self._join(mac, candidates)

    def _join(self, mac: Mac, candidates: Sequence[Entry]) -> None:
        main = min(candidates, key=lambda entry: entry.first_at).mac
        main, part = self._seen.get(main, main), mac
        entry, met = self._roster.find(mac), self._roster.find(main)
        if entry and met and entry.first_at < met.first_at and main not in self._seen.values():
            main, part = mac, main  # who was met first stands for both
        self._waiting.pop(mac)
        if self._may(part, main) and len(self._seen) < self._limit:
            self._seen[part] = main
            self._roster.note(main)
            self.settle()

    def _part(self, pair: frozenset[Mac], at: float) -> Mac | None:
        one, other = pair
        self._apart.put(pair, None)
        self._overlaps.pop(pair)
        for mac, twin in ((one, other), (other, one)):
            self._waiting.pop(mac)
            if entry := self._roster.find(mac):
                entry.believe(Clue(APART, twin, LOW), at)
                self._roster.note(mac)
        if self._seen.get(one, one) != self._seen.get(other, other):
            self._watch()
            return None
        # Of two parts of a third the one that was joined last was joined by mistake.
        wrong = max((mac for mac in pair if mac in self._seen), key=list(self._seen).index)
        self._roster.note(self._seen.pop(wrong))
        self.settle()
        return None if wrong in self.standing.mains else wrong

    def _watch(self) -> None:
        """Note whose work is to be looked at: whoever was joined, or may be."""
        concerned = {*self._seen, *self._seen.values(), *self._waiting}
        self._watched = {
            mac: key
            for key in self._met
            if len(met := self._met.get(key) or ()) > 1 and not concerned.isdisjoint(met)
            for mac in met
        }


def identity(fact: DhcpAsked) -> str:
    """Give a digest of all that tells the machine behind *fact*; nothing when some is missing."""
    duid = fact.client_id
    if fact.version == 4:  # noqa: PLR2004 - the version of IP
        duid = duid[_CARD:] if duid.startswith(_BY_RFC_4361) else ""
    if len(duid) < _SHORTEST or len(set(duid[_HEAD:])) == 1:
        return ""
    name = fact.hostname.partition(".")[0].casefold()
    asked = ",".join(map(str, fact.parameters))
    said = (duid, name, asked, fact.vendor_class)
    if not all(said):
        return ""
    text = "\x1f".join((*said, str(fact.version)))
    return sha256(text.encode(errors="replace")).hexdigest()[:16]
