"""Logons that a protocol hides, judged by how much the conversation around each says."""

from typing import TypeAlias

from appliance.facts import BannerHeard, FlowDelta, RdpAnswered
from appliance.memory import Memory
from appliance.model import Ip

SSH, RDP = "ssh", "rdp"

_PORTS = {22: SSH, 3389: RDP}
_TCP, _FIN, _SYN, _RST = 6, 1, 2, 4
_TRIED, _SMALL, _LARGE = 1500, 10_000, 20_000
"""Bytes above TCP, both ways: with keys exchanged, so that a password can have been tried; not
worth calling a session; surely one. Measured: six passwords by SSH 4 kB."""

Ends: TypeAlias = tuple[Ip, Ip, int, int]


class HiddenLogons:
    """The conversations that are going on, and where such are held."""

    def __init__(self, limit: int) -> None:
        self._services: Memory[tuple[Ip, int], str] = Memory(limit)
        """By address and port, heard there, wherever that is."""
        self._said: Memory[Ends, int] = Memory(limit)

    @property
    def dropped(self) -> int:
        """Services and conversations that had to leave early."""
        return self._services.dropped + self._said.dropped

    def note(self, fact: BannerHeard | RdpAnswered) -> None:
        """Note where somebody serves SSH or remote desktops."""
        if isinstance(fact, RdpAnswered):
            self._services.put((fact.src, fact.sport), RDP)
        elif fact.server and fact.protocol == SSH:
            self._services.put((fact.src, fact.sport), SSH)

    def protocol(self, delta: FlowDelta) -> str | None:
        """Give which of the two *delta* is of; None: of neither."""
        if delta.proto != _TCP:
            return None
        return _PORTS.get(delta.dport) or self._services.get((delta.dst, delta.dport))

    def weigh(self, delta: FlowDelta) -> bool | None:
        """Tell whether somebody got in: True once it is a session, False when it ended small."""
        key = (delta.src, delta.dst, delta.sport, delta.dport)
        before = self._said.get(key)
        if before is None:
            if not (delta.opened and delta.flags_out & _SYN):
                return None
            before = 0
        said = before + delta.payload_out + delta.payload_in
        self._said.put(key, said)
        ended = (delta.flags_out | delta.flags_in) & (_FIN | _RST)
        if ended:
            self._said.pop(key)
        if before < _LARGE <= said:
            return True
        return False if ended and _TRIED <= said < _SMALL else None
