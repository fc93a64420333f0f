"""Signs that one machine takes hold of another: it has it run, or hand over, something."""

from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from appliance.detectors.windows import Distinct
from appliance.facts import FileTouched, HttpAnswered, RpcCalled, ShareOpened, TlsHello
from appliance.knowledge.procedures import Deed, deed
from appliance.memory import Memory
from appliance.model import Ip, Mac

Told: TypeAlias = RpcCalled | FileTouched | ShareOpened | HttpAnswered | TlsHello
"""What shows it."""

_WINRM: Final = 5985
_WINRM_TLS: Final = 5986
"""Registered with IANA as wsman and wsmans."""
_ANSWERS: Final = range(200, 300)
_COUNTED: Final = 64
"""Machines counted whose shares one client lists."""


class Way(StrEnum):
    """Ways that are no procedures."""

    PROGRAM = "program"
    """A program is written over a share that only administrators open."""
    WINRM = "winrm"
    """Windows Remote Management answers."""
    WINRM_TLS = "winrm_tls"
    """It is called in TLS, in which nobody sees what is answered."""


class Sign(NamedTuple):
    """What one machine does to another."""

    at: float
    what: str
    """A `Deed`, a `Way`, or what others add."""
    client: Ip
    target: Ip
    mac: Mac | None
    """Who sent the client's frame; None where only the answer was seen."""


class Grasp:
    """Tells signs; remembers what only together is one."""

    def __init__(self, *, hosts: int, seconds: float, together: float, pairs: int) -> None:
        self._hosts = hosts
        self._together = together
        self._administered: Memory[tuple[Ip, Ip, int, int], bool] = Memory(pairs)
        """Conversations in which an administrator's share was opened."""
        self._prepared: Memory[tuple[Ip, Ip], float] = Memory(pairs)
        """When somebody last wrote a program, or changed a service, on another machine."""
        self._listed: Distinct[Ip, Ip] = Distinct(seconds=seconds, keys=pairs, values=_COUNTED)

    @property
    def dropped(self) -> int:
        """Machines and conversations that had to leave early."""
        return self._administered.dropped + self._prepared.dropped + self._listed.dropped

    def sign(self, fact: Told) -> Sign | None:
        """Give the sign that *fact* is, or completes."""
        match fact:
            case RpcCalled():
                what = self._called(fact)
                return Sign(fact.at, what, fact.src, fact.dst, fact.mac) if what else None
            case FileTouched():
                return self._file(fact)
            case ShareOpened():
                if fact.role == "admin":
                    self._administered.put((fact.src, fact.dst, fact.sport, fact.dport), True)
            case HttpAnswered():
                if fact.sport == _WINRM and fact.status in _ANSWERS:
                    return Sign(fact.at, Way.WINRM, fact.dst, fact.src, None)
            case TlsHello():
                if fact.dport == _WINRM_TLS:
                    return Sign(fact.at, Way.WINRM_TLS, fact.src, fact.dst, fact.mac)
        return None

    def _file(self, fact: FileTouched) -> Sign | None:
        if fact.begins != "program" or fact.action != "writes":
            return None
        if (fact.src, fact.dst, fact.sport, fact.dport) not in self._administered:
            return None
        self._prepared.put((fact.src, fact.dst), fact.at)
        return Sign(fact.at, Way.PROGRAM, fact.src, fact.dst, fact.mac)

    def _called(self, fact: RpcCalled) -> Deed | None:
        what, pair = deed(fact.interface, fact.operation), (fact.src, fact.dst)
        if what is Deed.CHANGE:
            self._prepared.put(pair, fact.at)
            return None
        if what is Deed.START:
            prepared = self._prepared.get(pair)
            ready = prepared is not None and 0 <= fact.at - prepared <= self._together
            return Deed.SERVICE if ready else None
        if what is Deed.SHARES:
            hosts, _ = self._listed.add(fact.src, fact.dst, fact.at)
            return what if hosts >= self._hosts else None
        return what
