"""The few objects of a switch that count: one port's state, and behind which port a machine is.

========================= ==================================================================
RFC 2863 (IF-MIB)         ifDescr, ifName, ifAlias, ifAdminStatus (written), ifOperStatus
RFC 4188 (BRIDGE-MIB)     dot1dBasePortIfIndex, dot1dTpFdbPort
RFC 4363 (Q-BRIDGE-MIB)   dot1qTpFdbPort, of switches with virtual networks
========================= ==================================================================
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from appliance.switch.agent import Oid, Value

UP, DOWN = 1, 2
"""ifAdminStatus and ifOperStatus."""

_INTERFACE = (1, 3, 6, 1, 2, 1, 2, 2, 1)
DESCR, ADMIN, OPER = (*_INTERFACE, 2), (*_INTERFACE, 7), (*_INTERFACE, 8)
_MORE = (1, 3, 6, 1, 2, 1, 31, 1, 1, 1)
NAME, ALIAS = (*_MORE, 1), (*_MORE, 18)
_BRIDGE = (1, 3, 6, 1, 2, 1, 17)
BASE_PORT = (*_BRIDGE, 1, 4, 1, 2)
PORT_OF = (*_BRIDGE, 4, 3, 1, 2)
PORT_OF_Q = (*_BRIDGE, 7, 1, 2, 2, 1, 2)

_MAC = 6
SHOWN = 40
"""Characters kept of a port's name."""


class Asked(Protocol):
    """What questions are put to (`agent.Agent`)."""

    def get(self, *oids: Oid) -> list[Value]:
        """Give what the objects hold."""

    def set(self, oid: Oid, number: int) -> None:
        """Write *number*."""

    def column(self, oid: Oid) -> Iterable[tuple[Oid, Value]]:
        """Give the rows of a column."""


class NoPort(Exception):  # noqa: N818 - says what is
    """The switch has no port of that number or name, or several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A port as the switch tells of it."""

    number: int
    name: str
    admin: int
    """What was ordered of it."""
    oper: int
    """What it does."""

    def __str__(self) -> str:
        name = f" {self.name}" if self.name else ""
        return f"{self.number}{name}: admin {_word(self.admin)}, oper {_word(self.oper)}"


class Bridge:
    """The switch behind *asked*."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def find(self, uplink: str) -> int:
        """Give the number of the port *uplink*, which is a number or a name; raises NoPort."""
        for column in (NAME, DESCR, ALIAS):
            found = [index[0] for index, name in self._asked.column(column) if _is(name, uplink)]
            if len(found) == 1:
                return found[0]
            if found:
                raise NoPort(f"{uplink} ({len(found)})")
        if not uplink.isdecimal():
            raise NoPort(uplink)
        return self.port(int(uplink)).number

    def port(self, number: int) -> Port:
        """Give the port *number*; raises NoPort."""
        admin, oper, name, descr = self._asked.get(
            *((*column, number) for column in (ADMIN, OPER, NAME, DESCR))
        )
        if not isinstance(admin, int) or not isinstance(oper, int):
            raise NoPort(str(number))
        return Port(number=number, name=_text(name) or _text(descr), admin=admin, oper=oper)

    def set(self, number: int, *, up: bool) -> None:
        """Open or shut the port *number*."""
        self._asked.set((*ADMIN, number), UP if up else DOWN)

    def behind(self, macs: Iterable[str]) -> Mapping[str, int]:
        """Give behind which port each of *macs* is, of those that the switch has learnt."""
        wanted = {_octets(mac): mac for mac in macs}
        found: dict[str, int] = {}
        if not wanted:
            return found
        plain = self._asked.get(*((*PORT_OF, *octets) for octets in wanted))
        found.update(
            (mac, port)
            for mac, port in zip(wanted.values(), plain, strict=True)
            if isinstance(port, int) and port > 0
        )
        if not found:
            for index, port in self._asked.column(PORT_OF_Q):
                mac = wanted.get(index[-_MAC:], "")
                if mac and isinstance(port, int) and port > 0:
                    found[mac] = port
        return {mac: number for mac, port in found.items() if (number := self._interface(port))}

    def _interface(self, port: int) -> int:
        """Give the number of the interface that is the bridge's *port*; 0 when that is not told."""
        (number,) = self._asked.get((*BASE_PORT, port))
        return number if isinstance(number, int) else 0


def _octets(mac: str) -> Oid:
    return tuple(bytes.fromhex(mac.replace(":", "")))


def _is(name: Value, uplink: str) -> bool:
    return isinstance(name, bytes) and name.decode("utf-8", "replace").strip() == uplink


def _text(name: Value) -> str:
    words = name.decode("utf-8", "replace") if isinstance(name, bytes) else ""
    return "".join(sign if sign.isprintable() else " " for sign in words[:SHOWN]).strip()


def _word(state: int) -> str:
    return {UP: "up", DOWN: "down"}.get(state, str(state))
