"""The desk behind the door: understands requests, checks rights, answers, tells the watchers."""

import json
from dataclasses import replace
from typing import Any

from appliance.notify import WORKING, notify
from appliance.panel import status
from appliance.panel.clocks import Clocks
from appliance.panel.control import Control
from appliance.panel.countdown import Announcement
from appliance.panel.door import Client, Door
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.latch import Kind, Order
from appliance.panel.question import Told
from appliance.panel.request import Ask, Hush, Malformed, Request, Stop, Try, Wanted, Wish, parse
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
        before = self._control.asking.question
        try:
            request = parse(line)
            refused = self._barred(client.uid, request) or self._do(client, request)
        except Malformed:
            answer = _line({"ok": False, "error": "malformed"})
            self._door.answer(client, answer, self._steady(), last=True)
            return
        answer = _line({"ok": False, "error": refused}) if refused else self._status()
        self._door.answer(client, answer, self._steady())
        if self._control.asking.question is not before:
            self._tell()  # who asks on the network is not to hear of an order a turn later

    def _do(self, client: Client, request: Request) -> str:
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
            case Stop():
                return self._control.stop(self._rights.speaks_for(client.uid, request.who))
            case Wanted():
                who = self._rights.speaks_for(client.uid, request.who)
                return self._control.test(
                    replace(request, who=who), technician=self._rights.may_reconnect(client.uid)
                )
            case Try():
                return self._control.try_lamp(request.part)
            case Announcement() | Heartbeat() | Said() | Told():
                return self._take_in(request)
            case Ask():
                if request.watch and not client.watching:
                    self._tell()  # the answer brings this one up to date; the others must be, too
                    self._told = self._status()
                    client.watching = True
        return ""

    def _take_in(self, told: Announcement | Heartbeat | Said | Told) -> str:
        """Take in what another part of the box tells; give the key of a refusal, else nothing."""
        match told:
            case Announcement():
                return self._control.announce(told)
            case Heartbeat():
                self._control.hear(told)
            case Said():
                self._control.second.hear(told, self._steady())
            case Told():
                if self._control.asking.hear(told, self._steady()):
                    self._turn_at = 0.0  # it may be the proof of the cut
        return ""

    def _barred(self, uid: int, request: Request) -> str:
        """Give why *uid* may never ask for that; nothing where others decide, or all may."""
        rights, may, why = self._rights, True, "only_the_box"
        match request:
            case Heartbeat() | Announcement():
                may = rights.is_the_sensor(uid)
            case Said():
                may = rights.is_the_switch(uid)
            case Told():
                may = rights.is_the_probe(uid)
            case Wish(kind=Kind.ISOLATE):
                may, why = rights.may_isolate(uid), "only_announce"
            case Stop():
                may, why = rights.may_stop(uid), "only_people"
            case Try():
                may, why = rights.may_try_lamp(uid), "only_pages"
        return "" if may else why

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
