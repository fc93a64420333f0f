"""The desk behind the door: understands requests, checks rights, answers, tells the watchers."""

import json
from dataclasses import replace
from typing import Any

from appliance.notify import WORKING, notify
from appliance.panel import status
from appliance.panel.clocks import Clocks
from appliance.panel.control import Control
from appliance.panel.door import Client, Door
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.latch import Order
from appliance.panel.request import Ask, Hush, Malformed, Wanted, Wish, parse
from appliance.panel.rights import Rights
from appliance.panel.second import Said
from appliance.panel.status import PanelStatus

TURN = 0.05
"""Longest time between two turns of the panel, in seconds."""

ALIVE = 5.0
"""Seconds between two signs of life to systemd."""


class Desk:
    """Takes what comes through the door to the control, and answers."""

    def __init__(self, control: Control, door: Door, rights: Rights, clocks: Clocks) -> None:
        self._control = control
        self._door = door
        self._rights = rights
        self._now = clocks.now
        self._steady = clocks.steady
        self._turn_at = 0.0
        self._alive_at = 0.0
        self._latest: PanelStatus | None = None
        self._line = b""
        """`_latest` as it goes out."""
        self._told = b""
        """What the watchers were told last."""

    def turn(self) -> None:
        """Wait for requests until the panel's next turn is due, and do what is due."""
        left = max(0.0, self._turn_at - self._steady())
        for client, line in self._door.wait(left, self._steady()):
            self._hear(client, line)
        if self._steady() >= self._turn_at:
            self._turn_at = self._steady() + TURN
            self._control.turn()
            self._tell()
        if self._steady() >= self._alive_at:
            self._alive_at = self._steady() + ALIVE
            notify(WORKING)

    def close(self) -> None:
        """Send everybody away; the relay stays where it is."""
        self._door.close()
        self._control.close()

    def _hear(self, client: Client, line: bytes) -> None:
        try:
            refused = self._do(client, parse(line))
        except Malformed:
            answer = _line({"ok": False, "error": "malformed"})
            self._door.answer(client, answer, self._steady(), last=True)
            return
        answer = _line({"ok": False, "error": refused}) if refused else self._status()
        self._door.answer(client, answer, self._steady())

    def _do(self, client: Client, request: Wish | Ask | Hush | Wanted | Heartbeat | Said) -> str:
        """Do what is asked; give the key of the reason when it is refused, else nothing."""
        match request:
            case Wish():
                return self._control.order(
                    Order(
                        kind=request.kind,
                        at=self._now(),
                        who=self._rights.speaks_for(client.uid, request.who),
                        why=request.why,
                        technician=self._rights.may_reconnect(client.uid),
                    )
                )
            case Hush():
                self._control.hush(self._rights.speaks_for(client.uid, request.who))
            case Wanted():
                who = self._rights.speaks_for(client.uid, request.who)
                return self._control.test(
                    replace(request, who=who), technician=self._rights.may_reconnect(client.uid)
                )
            case Heartbeat():
                if not self._rights.is_the_sensor(client.uid):
                    return "only_the_box"
                self._control.hear(request)
            case Said():
                if not self._rights.is_the_switch(client.uid):
                    return "only_the_box"
                self._control.second.hear(request, self._steady())
            case Ask():
                if request.watch and not client.watching:
                    self._tell()  # the answer brings this one up to date; the others must be, too
                    self._told = self._status()
                    client.watching = True
        return ""

    def _tell(self) -> None:
        """Send the status to the watchers when it has changed."""
        watchers = self._door.watchers()
        if watchers and self._status() != self._told:
            self._told = self._status()
            for client in watchers:
                self._door.tell(client, self._told)

    def _status(self) -> bytes:
        now = self._control.status()
        if now != self._latest:
            self._latest = now
            self._line = _line({"ok": True, "status": status.to_json(now)})
        return self._line


def _line(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode() + b"\n"
