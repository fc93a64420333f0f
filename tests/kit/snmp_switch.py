"""A small managed switch for tests: an SNMP agent (version 2c) on loopback, built on scapy.

It knows the objects that `appliance.switch.bridge` reads, and can be deaf, refuse writes, or take
them without doing anything.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance.config_switch import Switch
from tests.kit.scapy_layers import layer

COMMUNITY = "mot"
INTERFACE, MORE, BRIDGE = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1", "1.3.6.1.2.1.17"
NO_ACCESS = 6
UPLINK, OTHER = 49, 5
GATEWAY, BOX = "02:00:00:00:00:01", "02:00:00:00:00:05"


def octets(mac: str) -> str:
    """Spell a hardware address as the end of an object's name."""
    return ".".join(str(byte) for byte in bytes.fromhex(mac.replace(":", "")))


@dataclass
class SnmpSwitch:
    """See the module's text; objects by their names."""

    objects: dict[str, int | bytes] = field(default_factory=dict)
    deaf: bool = False
    locked: bool = False
    """Writing is not allowed."""
    lazy: bool = False
    """Writing is taken, and does nothing."""
    asked: list[str] = field(default_factory=list)
    """The kind of each question."""
    port: int = 0

    def __post_init__(self) -> None:
        for number, name in ((OTHER, b"g5"), (UPLINK, b"te1")):
            self.objects |= {
                f"{INTERFACE}.2.{number}": b"port " + name,
                f"{MORE}.1.{number}": name,
                f"{INTERFACE}.7.{number}": 1,
                f"{INTERFACE}.8.{number}": 1,
                f"{BRIDGE}.1.4.1.2.{number + 1}": number,
            }

    def learn(self, mac: str, number: int, vlan: int | None = None) -> None:
        """Put *mac* behind the port *number*, in the plain table or in that of a VLAN."""
        table = f"{BRIDGE}.4.3.1.2" if vlan is None else f"{BRIDGE}.7.1.2.2.1.2.{vlan}"
        self.objects[f"{table}.{octets(mac)}"] = number + 1

    def admin(self, number: int = UPLINK) -> int:
        found = self.objects[f"{INTERFACE}.7.{number}"]
        assert isinstance(found, int)
        return found

    def move(self, up: bool, number: int = UPLINK) -> None:
        """Open or shut a port, as somebody does by hand."""
        for column in (7, 8):
            self.objects[f"{INTERFACE}.{column}.{number}"] = 1 if up else 2

    def answer(self, data: bytes) -> bytes | None:
        """Give the answer to the message *data*."""
        snmp = layer("snmp")
        message = snmp.SNMP(data)
        if self.deaf or message.community.val != COMMUNITY.encode():
            return None
        asked, error = message.PDU, 0
        self.asked.append(type(asked).__name__)
        names = [str(one.oid.val).lstrip(".") for one in asked.varbindlist]
        if isinstance(asked, snmp.SNMPset):
            error = self._written(names[0], int(asked.varbindlist[0].value.val))
            found = [(names[0], int(asked.varbindlist[0].value.val))]
        elif isinstance(asked, snmp.SNMPbulk):
            found = list(self._after(names[0], int(asked.max_repetitions.val)))
        else:
            found = [(name, self.objects.get(name)) for name in names]
        return bytes(
            snmp.SNMP(
                version=1,
                community=COMMUNITY,
                PDU=snmp.SNMPresponse(
                    id=asked.id.val,
                    error=error,
                    error_index=1 if error else 0,
                    varbindlist=[_bound(snmp, name, value) for name, value in found],
                ),
            )
        )

    def _written(self, name: str, number: int) -> int:
        if self.locked or not name.startswith(f"{INTERFACE}.7."):
            return NO_ACCESS
        if not self.lazy:
            self.move(number == 1, int(name.rpartition(".")[2]))
        return 0

    def _after(self, name: str, rows: int) -> Iterator[tuple[str, Any]]:
        def order(one: str) -> list[int]:
            return [int(part) for part in one.split(".")]

        later = sorted((one for one in self.objects if order(one) > order(name)), key=order)
        for one in later[:rows]:
            yield one, self.objects[one]
        if not later:
            yield name, "end"


def _bound(snmp: Any, name: str, value: Any) -> Any:
    if value is None:
        return snmp.SNMPvarbind(oid=name, value=None, noSuchInstance=0)
    if value == "end":
        return snmp.SNMPvarbind(oid=name, value=None, endOfMibView=0)
    like = snmp.SNMP(bytes(snmp.SNMP()))
    kind = type(like.version if isinstance(value, int) else like.community)
    return snmp.SNMPvarbind(oid=name, value=kind(value))


@contextmanager
def snmp_switch(**how: Any) -> Iterator[SnmpSwitch]:
    """Have such a switch answer at 127.0.0.1 and its `port`."""
    switch = SnmpSwitch(**how)
    layer("snmp")  # loaded now: whoever asks waits a second only
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        switch.port = door.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(switch, door))
        thread.start()
        try:
            yield switch
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", ("127.0.0.1", switch.port))
            thread.join()


def _serve(switch: SnmpSwitch, door: socket.socket) -> None:
    while True:
        data, sender = door.recvfrom(65_535)
        if not data:
            return
        answer = switch.answer(data)
        if answer is not None:
            door.sendto(answer, sender)


def settings(switch: SnmpSwitch, folder: Path, uplink: str = "te1") -> Switch:
    """Give the settings by which *switch* is asked; its community is kept in *folder*."""
    word = folder / "community"
    word.write_text(COMMUNITY)
    return Switch(
        address="127.0.0.1",
        port=switch.port,
        uplink=uplink,
        version="2c",
        community_file=str(word),
    )
