"""Which calls are worth watching: those of a device to a host that is rare in this practice."""

from collections import deque

from appliance.detectors.base import Network
from appliance.detectors.calling import COMPANIONS, Pair
from appliance.detectors.listening import Listening
from appliance.facts import FlowDelta
from appliance.knowledge.calls import calls, is_ordinary
from appliance.knowledge.uploads import HIDDEN, uploads
from appliance.memory import Memory
from appliance.model import Mac

_TCP = 6
_SYN = 2
_KEPT_ALIVE = 1
"""Octets that a TCP keep-alive carries on some systems (RFC 9293, section 3.8.4): no exchange."""
_COMPANY = 5.0
"""Seconds around a first call in which others are its company; a page fetches its parts in two
or three."""
_NEVER = frozenset(("dns", "time", "vpn", "calls", "push", "chat", "video", "remote_tool", "ipv6"))
"""What calls by the clock on its ports, with or without a name."""
_NAMED = frozenset(("mail", "ftp", "ftp_ssh"))
"""What does when its host has a name."""
_LONELY = frozenset(("dns", "time"))
"""What every machine does at any moment: no company for a page."""


class Rarity:
    """Keeps the pairs of device and rare host, and what makes the others ordinary."""

    def __init__(self, *, pairs: int, familiar: int, callers: int, relearn: float) -> None:
        self._most = callers
        self._relearn = relearn
        self.pairs: Memory[tuple[Mac, str], Pair] = Memory(pairs)
        self._familiar: Memory[tuple[Mac, str], bool] = Memory(familiar)
        self._callers: Memory[str, tuple[Mac, ...]] = Memory(familiar)
        self._recent: Memory[Mac, deque[tuple[float, str]]] = Memory(pairs)
        """By device when it last called anybody, and whom."""
        self._met: Memory[Mac, deque[tuple[float, str, Pair]]] = Memory(pairs)
        """Those of them that were the first call of a pair."""
        self._services = calls().ports
        self._listening = Listening()
        self.turn = self._listening.turn
        """Take note of the time."""

    def watched(self, delta: FlowDelta, host: str, network: Network) -> Pair | None:
        """Give the pair that *delta* is of, or None when nothing of it can be a beacon."""
        if _opens(delta) and self._services.get((delta.proto, delta.dport)) not in _LONELY:
            self._note(delta, host)
        if delta.payload_out <= _KEPT_ALIVE or not delta.packets_in:
            return None
        pair = self.pairs.get((delta.mac, host))
        return self._meet(delta, host, network) if pair is None else pair

    def is_rare(self, pair: Pair, host: str) -> bool:
        """Tell whether hardly anybody calls *host*; what has no name of its own is always rare."""
        return pair.nameless or len(self._callers.get(host) or ()) < self._most

    def _note(self, delta: FlowDelta, host: str) -> None:
        """Note that a device calls *host* now: it may be the company of another call."""
        recent = self._recent.get(delta.mac)
        if recent is None:
            recent = deque(maxlen=COMPANIONS)
        recent.append((delta.first_at, host))
        self._recent.put(delta.mac, recent)
        for at, other, pair in self._met.get(delta.mac) or ():
            if other != host and abs(delta.first_at - at) <= _COMPANY:
                _join(pair, host)

    def _meet(self, delta: FlowDelta, host: str, network: Network) -> Pair | None:
        mac, key = delta.mac, (delta.mac, host)
        if key in self._familiar:
            return None
        recent = self._recent.get(mac)
        if recent is None or all(at != delta.first_at for at, _ in reversed(recent)):
            return None  # a conversation from before the box listened: its name was not heard
        service = self._services.get((delta.proto, delta.dport))
        nameless = host == delta.dst or uploads().find(host) in HIDDEN
        if service in _NEVER or (not nameless and (service in _NAMED or is_ordinary(host))):
            return None
        callers = self._callers.get(host) or ()
        if mac not in callers and len(callers) < self._most:
            callers = (*callers, mac)
            self._callers.put(host, callers)
        if network.is_gateway(mac) or (not nameless and len(callers) >= self._most):
            return None
        if network.learning or self._listening.relearns(mac, self._relearn, network):
            self._familiar.put(key, True)
            return None
        pair = Pair(nameless=nameless, odd=nameless or service is None)
        for at, other in recent:
            if other != host and abs(delta.first_at - at) <= _COMPANY:
                _join(pair, other)
        met = self._met.get(mac) or deque(maxlen=COMPANIONS)
        met.append((delta.first_at, host, pair))
        self._met.put(mac, met)
        return pair


def _opens(delta: FlowDelta) -> bool:
    """Tell whether *delta* has the beginning of its conversation."""
    return delta.opened and (delta.proto != _TCP or bool(delta.flags_out & _SYN))


def _join(pair: Pair, host: str) -> None:
    if len(pair.company) < COMPANIONS:
        pair.company.add(host)
