"""A known hardware address suddenly looks like another machine.

What it sees
    Four kinds of sign of what a machine is, as far as it sends them: what its
    DHCP client asks for and calls itself; its host name (DHCP, NetBIOS,
    Windows logons); how it opens TCP conversations (time to live and order of
    the options); the version of Windows it says in file sharing.

Why it matters
    What people approved is a hardware address, and anybody can set theirs.
    Who unplugs the printer and takes over its address is a known device to
    every list, with the rights that a network gives to the printer.

How it decides
    Like is compared with like: lists by version and kind of DHCP message,
    shapes and names by the address they came from. What was heard while
    learning, and in the first `Limits.settle` after a device appeared, is its
    own. Later, something else is odd. One odd kind of sign alone is an update
    or another driver: when it is heard again after `Limits.together` with
    nothing else odd, it is the device's own. Two kinds that turn odd within
    `Limits.together` are a finding. It is found again when the device's own
    signs come back in between: a machine beside it, or one that takes turns.
    A computer with two systems to choose from does that too, and looks like
    two machines; say once that this is normal. Start-up programs and
    installers (PXE, UEFI, iPXE, udhcp and others, by their class) are
    another machine's look for a while: for `Limits.boot` after one of their
    messages nothing odd counts. Left out: gateways and whatever a router has
    passed on, answers (they depend on the question), options that single
    programs set, scanners' bare packets, addresses that are not held by the
    sender, what varies all the time (a repeater for Wi-Fi asks in the name of
    all behind it), and made-up hardware addresses that nobody approved.

What it misses
    A clone with the same system and the same name, or one that only listens;
    one that asks for no address by DHCP and uses another than its victim's; one
    that begins as an installer. A restart of the box keeps names, lists and
    versions (the device's evidence); shapes and classes are learnt anew, and
    what was heard while the box was off is taken for the device's own.

When it is wrong
    A machine that was set up anew with another system and name; a docking
    station or a network adapter that goes round between different computers;
    management chips (Intel AMT) that ask for an address of their own under
    the computer's hardware address; a guest system that uses the Wi-Fi card
    of its host under the same address.

Sources
    RFC 2132 sections 9.8, 9.13; RFC 9293 section 3.1; p0f 3 (its idea);
    MITRE ATT&CK T1036, T1557.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, TypeVar

from appliance.detectors.base import About, Network, limit
from appliance.durations import DAY
from appliance.facts import DhcpAsked, Fact, NetbiosTold, NtlmHeard, TcpShape
from appliance.inventory.looks import Key, Told, add, is_starting, past, signs
from appliance.memory import Memory
from appliance.model import Device, Finding, Mac, Severity, Trust
from appliance.stages import Stage

_SEVERAL = 3
"""Who says so many different things of its own passes on what others say: a repeater for Wi-Fi."""
_KEYS = 24
"""Places where a device was heard to say something of itself: a few messages and addresses."""
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    together: float = limit(
        900.0,
        "seconds within which two kinds of sign turn odd; a start takes a few minutes",
        minimum=10.0,
        maximum=DAY,
    )
    settle: float = limit(
        3600.0,
        "seconds after a device appeared in which whatever it says is its own",
        minimum=0.0,
        maximum=604_800.0,
    )
    boot: float = limit(
        1800.0,
        "seconds after a start-up program or an installer was heard in which nothing is odd",
        minimum=0.0,
        maximum=DAY,
    )
    again: float = limit(
        600.0,
        "seconds after which a change back and forth is found again",
        minimum=1.0,
        maximum=DAY,
    )
    devices: int = limit(2048, "devices remembered at once", minimum=64, maximum=65_536)


class _Odd(NamedTuple):
    """Something that a device never said before."""

    value: str
    first_at: float
    at: float


class _Face:
    """What a device looks like."""

    __slots__ = ("back", "booted_at", "odd", "own", "past", "since", "told", "told_at")

    def __init__(self, device: Device, at: float) -> None:
        self.since = device.first_at
        self.own: dict[Key, tuple[str, ...]] = {}
        self.past = past(device, at)
        self.odd: dict[Key, _Odd] = {}
        self.told: dict[Key, tuple[str, ...]] = {}
        """What was odd in findings."""
        self.told_at = 0.0
        self.back = False
        """Since then the device's own look has come back."""
        self.booted_at: float | None = None

    def keep(self, key: Key, value: str) -> None:
        """Take *value* for the device's own."""
        self.odd.pop(key, None)
        _note(self.own, key, value)


class DeviceChanged:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="device_changed",
        severity=Severity.WARNING,
        attack=("T1036", "T1557"),
        stage=Stage.ARRIVAL,
        limits=Limits,
        sees=(DhcpAsked, TcpShape, NetbiosTold, NtlmHeard),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._faces: Memory[Mac, _Face] = Memory(limits.devices)

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when *fact* completes the look of another machine."""
        if not isinstance(fact, DhcpAsked | TcpShape | NetbiosTold | NtlmHeard):
            return
        if isinstance(fact, DhcpAsked) and is_starting(fact):
            if face := self._face(fact, network):
                face.booted_at = fact.at
            return
        for key, value in _signs(fact, network):
            face = self._face(fact, network)
            if face is None:
                return
            if value in face.own.get(key, ()):
                face.back = face.back or key in face.told
            elif self._is_odd(face, key, value, fact, network):
                yield from self._judge(face, key, value, fact)

    def dropped(self) -> int:
        """Devices forgotten early."""
        return self._faces.dropped

    def _face(self, fact: Told, network: Network) -> _Face | None:
        face = self._faces.get(fact.mac)
        if face is None and (device := network.device(fact.mac)):
            face = _Face(device, fact.at)
            self._faces.put(fact.mac, face)
        return face

    def _is_odd(
        self,
        face: _Face,
        key: Key,
        value: str,
        fact: Told,
        network: Network,
    ) -> bool:
        """Tell whether *value* is none of the device's; what is the first of its kind is."""
        past, own = face.past.get(key[:2]), face.own.get(key, ())
        first = not own and (not past or value in past)
        if (
            first
            or len(own) >= _SEVERAL
            or network.learning
            or fact.at - face.since < self._limits.settle
        ):
            face.keep(key, value)
            return False
        booted_at = face.booted_at
        if booted_at is not None and 0 <= fact.at - booted_at < self._limits.boot:
            return False
        device = network.device(fact.mac)
        return device is not None and not (
            device.gateway or (device.randomised and device.trust is Trust.UNKNOWN)
        )

    def _judge(self, face: _Face, key: Key, value: str, fact: Told) -> Iterator[Finding]:
        at, together = fact.at, self._limits.together
        told, before = value in face.told.get(key, ()), face.odd.get(key)
        first_at = at
        if before is not None and before.value == value:
            if not told and at - before.first_at > together:
                face.keep(key, value)
                return
            if at - before.at <= together:
                first_at = before.first_at
        face.odd[key] = _Odd(value, first_at, at)
        _bound(face.odd)
        odd = {each: it for each, it in face.odd.items() if 0 <= at - it.first_at <= together}
        if len({each[0] for each in odd}) < 2 or not self._is_news(face, odd, at):  # noqa: PLR2004 - "two kinds", above
            return
        face.told_at, face.back = at, False
        for each, it in odd.items():
            _note(face.told, each, it.value)
        yield Finding(
            detector=self.about.id,
            at=at,
            about=fact.mac,
            key=(self.about.id, fact.mac),
            words={
                "before": _spell(
                    {each: face.own.get(each) or face.past.get(each[:2], ()) for each in odd}
                ),
                "now": _spell({each: (it.value,) for each, it in odd.items()}),
            },
            src_ip=None if isinstance(fact, DhcpAsked) else fact.src,
        )

    def _is_news(self, face: _Face, odd: dict[Key, _Odd], at: float) -> bool:
        """Tell whether this was not told yet, or the device's own look was back meanwhile."""
        if any(it.value not in face.told.get(each, ()) for each, it in odd.items()):
            return True
        return face.back and not 0 <= at - face.told_at < self._limits.again


def _signs(fact: Told, network: Network) -> Iterable[tuple[Key, str]]:
    """Give what *fact* says of its sender; nothing where it may be another's."""
    own = isinstance(fact, DhcpAsked) or (
        network.holder(fact.src) == fact.mac and not network.is_gateway(fact.mac)
    )
    return signs(fact) if own else ()


def _note(to: dict[Key, tuple[str, ...]], key: Key, value: str) -> None:
    add(to, key, value)
    _bound(to)


def _bound(by_key: dict[Key, V]) -> None:
    """Let the key that was first heard of leave when there are too many."""
    if len(by_key) > _KEYS:
        del by_key[next(iter(by_key))]


def _spell(signs: dict[Key, tuple[str, ...]]) -> str:
    said = (f"{kind} {', '.join(values)}" for (kind, *_), values in signs.items() if values)
    return " · ".join(dict.fromkeys(said))
