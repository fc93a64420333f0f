"""Alerts as the steps of something, and the cases that come of them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from appliance.cases import Cases
from appliance.detectors import ALL
from appliance.model import Alert, AlertState, Case, Device, Ip, Mac

PC, SERVER, NAS, BOX = (Mac(f"02:00:00:00:00:0{n}") for n in range(1, 5))
HELD = {Ip("192.168.1.2"): SERVER, Ip("192.168.1.3"): NAS, Ip("192.168.1.4"): BOX}
AT = {mac: ip for ip, mac in HELD.items()}
STRANGER = Ip("203.0.113.9")
CARDS = {kind.about.id: kind.about for kind in ALL}
MINUTE = 60.0


class Network:
    """A practice with a computer of two addresses, a server, a NAS and a gateway."""

    also: tuple[Mac, ...] = ()

    def device(self, mac: Mac) -> Device | None:
        return Device(mac=PC, also=self.also) if mac in (PC, *self.also) else None

    def holder(self, ip: Ip) -> Mac | None:
        return HELD.get(ip)

    def is_outside(self, ip: Ip) -> bool:
        return ip == STRANGER

    def is_gateway(self, mac: Mac) -> bool:
        return mac == BOX


HERE: Any = Network()


def alert(minute: float, detector: str, about: Mac = PC, **how: object) -> Alert:
    """Give the alert that *detector* raised in that *minute*."""
    at = minute * MINUTE
    made = Alert(
        id=f"{detector}-{about}-{minute:g}",
        key=(detector, about, str(minute)),
        detector=detector,
        severity=CARDS[detector].severity,
        about=about,
        first_at=at,
        last_at=at,
        count=1,
        state=AlertState.OPEN,
        words={},
    )
    return replace(made, **how)  # type: ignore[arg-type] # by name


def cases(*told: Alert, network: Any = HERE) -> list[Case]:
    """Give the cases that come of *told*, taken in that order."""
    held = Cases(CARDS.values())
    for one in told:
        held.take(one, network)
    return held.take_changed()


def after(*rounds: Iterable[Alert]) -> list[Case]:
    """Give what changed in the last of *rounds*."""
    held = Cases(CARDS.values())
    changed: list[Case] = []
    for told in rounds:
        for one in told:
            held.take(one, HERE)
        changed = held.take_changed()
    return changed
