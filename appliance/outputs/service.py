"""The process of the outputs: alerts and what people decided -> plan -> outbox -> couriers.

It reads the box's database and writes only its own. Killed at any moment, it goes on where it was:
what is planned is the same again, and what was sent is marked.
"""

import logging
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from threading import Event
from typing import Any, TypeAlias

from appliance.config import Config
from appliance.hours import zone_of
from appliance.model import Alert, AlertState, Mac, Severity
from appliance.notify import READY, WORKING, notify
from appliance.outputs.courier import Conditions, Courier
from appliance.outputs.message import Kind, Message
from appliance.outputs.plan import BACK, Known, heeded, names, plan
from appliance.outputs.way import Clock, State, Way
from appliance.outputs.ways import build
from appliance.outputs.words import Called, Wording, called
from appliance.panel.client import PanelClient, PanelUnreachable
from appliance.panel.status import PanelStatus
from appliance.store import Reader, StoreTrouble
from appliance.store.outbox import Item, Outbox
from appliance.trying import Asked, asked

TURN = 0.5
"""Seconds between two looks: a danger is to be out within 2."""

AGAIN = 30.0
"""Seconds after which the plan is made again though nothing changed: hours pass."""

READ = 500
"""Open alerts looked at, the latest heard of first."""

TIDY = 3600.0
"""Seconds between two tidyings of the outbox."""

GOODBYE = 5.0
"""Seconds that couriers have to finish what they are about."""

log = logging.getLogger(__name__)

Monthly: TypeAlias = Callable[[str, str], tuple[str, ...]]
"""Gives, for a month and in a language, what its report is called, what it comes to, and where it
can be read; nothing where there is no such report."""


def no_report(_month: str, _language: str) -> tuple[str, ...]:
    """Stand for a box without reports."""
    return ()


def serve(config: Config, now: Clock = time.time, monthly: Monthly = no_report) -> int:
    """Tell people until told to stop; gives the exit status. Raises CannotSend and StoreTrouble.

    It ends, to be started again, when a courier has died of a mistake of ours.
    """
    logging.basicConfig(format="vigie outputs: %(message)s", level=logging.INFO)
    asked = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    desk = Desk(config, build(config, now), now, zone_of(config.practice.timezone), monthly)
    threads = [courier.thread() for courier in desk.couriers]
    desk.turn()  # whether the uplink is cut is known before anything is tried
    for thread in threads:
        thread.start()
    notify(READY)
    try:
        while not asked.wait(TURN) and all(thread.is_alive() for thread in threads):
            if desk.turn():
                notify(WORKING)
    finally:
        desk.conditions.over = True
        desk.ring()
        until = time.monotonic() + GOODBYE
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
    if any(thread.is_alive() for thread in threads):
        return 0  # one hangs; what it sends now is sent again, under the same id
    desk.close()
    return 0 if asked.is_set() else 1


@dataclass
class Desk:
    """Plans what is to be told, and puts it into the outbox."""

    config: Config
    ways: Mapping[str, Way]
    now: Clock
    zone: tzinfo | None = None
    monthly: Monthly = no_report
    conditions: Conditions = field(init=False)
    couriers: list[Courier] = field(init=False)

    def __post_init__(self) -> None:
        config = self.config
        self.conditions = Conditions()
        self.outbox = Outbox(config.state, self.now)
        self._reader = Reader(config.state)
        self._panel = PanelClient(config.run / "panel.sock")
        self._mark: str | None = None
        self._planned_at = self._tidied_at = 0.0
        self._danger = False
        self._tried: Asked | None = None
        self.couriers = [
            Courier(
                name=name,
                way=way,
                outbox=self.outbox,
                conditions=self.conditions,
                now=self.now,
            )
            for name, way in self.ways.items()
        ]

    def close(self) -> None:
        """Close the databases."""
        self._reader.close()
        self.outbox.close()

    def ring(self) -> None:
        """Call all couriers."""
        for courier in self.couriers:
            courier.bell.set()

    def turn(self) -> bool:
        """Look whether anything has changed, and do what follows; tell whether that could be."""
        try:
            mark = self._reader.changed()
            late = self.now() - self._planned_at >= AGAIN or self.now() < self._planned_at
            if mark != self._mark or late:
                self.outbox.erase(self._reader.erasures())
                self.plan()
                self._mark, self._planned_at = mark, self.now()
            self._try()
            self._look_at_panel()
        except StoreTrouble as trouble:  # the next turn may find it better
            log.warning("%s", trouble)
            return False
        return True

    def plan(self) -> None:
        """Put into the outbox what is to be told and was not before."""
        now, outputs = self.now(), self.config.outputs
        alerts = self._reader.alerts(states={AlertState.OPEN}, limit=READ)
        ids = [alert.id for alert in alerts]
        self._danger = any(alert.severity is Severity.DANGER for alert in alerts)
        devices = self._reader.devices()
        mains = {mac: device.mac for device in devices for mac in device.also}
        known = Known(
            alerts=alerts,
            heeded=heeded(alerts, self._reader.decisions(), mains),
            since=self.outbox.since(names(outputs), now),
            made=self.outbox.made(ids, now - BACK),
        )
        messages = plan(outputs, known, now, self.zone)
        if messages:
            self._put(messages, {alert.id: alert for alert in alerts}, called(devices))
        if not 0 <= now - self._tidied_at < TIDY:
            self.outbox.tidy(ids, now)
            self._tidied_at = now

    def _try(self) -> None:
        """Put the test messages that somebody asks for on the pages into the outbox."""
        found = asked(self.config, self.now())
        if found is None or found == self._tried:
            return
        messages = tuple(
            Message(kind=Kind.TEST, way=way, who=name, day=f"{found.at:.3f}")
            for name in found.people
            if (person := self.config.outputs.person.get(name))
            for way in dict.fromkeys((*person.danger, *person.warning, *person.notice))
        )
        if messages:  # those that are there already are not put again
            self._put(messages, {}, {})
        self._tried = found

    def _put(
        self,
        messages: tuple[Message, ...],
        alerts: Mapping[str, Alert],
        devices: Mapping[Mac, Called],
    ) -> None:
        now = self.now()
        items = [
            item(self.config, one, alerts, devices, now, self.zone, report)
            for one in messages
            if (report := self._report(one)) or one.kind is not Kind.REPORT
        ]
        if dropped := self.outbox.put(items):
            log.warning("%d messages let go: too many wait", dropped)
        self.ring()

    def _report(self, message: Message) -> tuple[str, ...]:
        if message.kind is not Kind.REPORT:
            return ()
        language = self.config.outputs.person[message.who].language
        return self.monthly(message.day, language or self.config.practice.language)

    def _look_at_panel(self) -> None:
        status: PanelStatus | None = None
        with suppress(PanelUnreachable):  # then everything is tried, which does no harm
            status = self._panel.status()
        was = self.conditions.isolated, self.conditions.state
        self.conditions.isolated = status is not None and status.state == "isolated"
        self.conditions.state = (
            State(level=status.light, danger=self._danger) if status is not None else None
        )
        if was[0] and not self.conditions.isolated:
            self.outbox.wake(self.now())
        if was != (self.conditions.isolated, self.conditions.state):
            self.ring()


def item(  # noqa: PLR0913, PLR0917 - a message, and all that gives it words
    config: Config,
    message: Message,
    alerts: Mapping[str, Alert],
    devices: Mapping[Mac, Called],
    now: float,
    zone: tzinfo | None = None,
    report: tuple[str, ...] = (),
) -> Item:
    """Put *message* into words, as it goes into the outbox."""
    outputs = config.outputs
    person = outputs.person.get(message.who)
    machine = outputs.machines.get(message.way)
    wording = Wording(
        language=(person and person.language) or config.practice.language,
        practice=config.practice.name,
        details=bool((person and person.details) or (machine and machine.details)),
        zone=zone,
        devices=devices,
        report=report,
    )
    content: dict[str, Any] = wording.content(message, alerts, person.mail if person else "")
    return Item(
        id=message.id,
        way=message.way,
        who=message.who,
        kind=message.kind,
        alert=message.alerts[0] if message.kind in {Kind.ALERT, Kind.UNHEEDED} else "",
        severity=message.severity,
        created=now,
        due=now,
        content=content,
    )
