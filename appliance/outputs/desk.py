"""Where what is to be told is planned, put into words and handed to the outbox."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, TypeAlias

from appliance.config import Config
from appliance.durations import HOUR
from appliance.model import Alert, AlertState, Mac, Severity
from appliance.outputs.courier import Conditions, Courier
from appliance.outputs.gathering import parts
from appliance.outputs.line import line
from appliance.outputs.message import Kind, Message
from appliance.outputs.plan import BACK, Known, heeded, names, plan
from appliance.outputs.way import Clock, State, Way
from appliance.outputs.words import Called, Wording, called
from appliance.panel.client import PanelClient, PanelUnreachable
from appliance.panel.status import PanelStatus
from appliance.panel.verify import Proof
from appliance.store import Reader, StoreTrouble
from appliance.store.outbox import Item, Outbox
from appliance.trying import Asked, asked

AGAIN = 30.0
"""Seconds after which the plan is made again though nothing changed: hours pass."""

READ = 500
"""Open alerts looked at, the latest heard of first."""

TIDY = HOUR
"""Seconds between two tidyings of the outbox."""

log = logging.getLogger(__name__)

Monthly: TypeAlias = Callable[[str, str], tuple[str, ...]]
"""Gives, for a month and in a language, what its report is called, what it comes to, and where it
can be read; nothing where there is no such report."""


def no_report(_month: str, _language: str) -> tuple[str, ...]:
    """Stand for a box without reports."""
    return ()


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
        self._danger = self._cut = False
        self._tried: Asked | None = None
        self._since: Mapping[str, float] = {}
        self._of_line: tuple[Message, ...] = ()
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
        # The uplink is looked at whatever else fails: a count-down to its cut waits for nobody.
        done = [self._could(work) for work in (self._look, self._try, self._look_at_panel)]
        return all(done)

    def _could(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except StoreTrouble as trouble:  # the next turn may find it better
            log.warning("%s", trouble)
            return False
        return True

    def _look(self) -> None:
        """Plan anew where the database has changed, and every now and then."""
        mark = self._reader.changed()
        late = self.now() - self._planned_at >= AGAIN or self.now() < self._planned_at
        if mark != self._mark or late:
            self.outbox.erase(self._reader.erasures())
            self.plan()
            self._mark, self._planned_at = mark, self.now()

    def plan(self) -> None:
        """Put into the outbox what is to be told and was not before."""
        now, outputs = self.now(), self.config.outputs
        alerts = self._reader.alerts(states={AlertState.OPEN}, limit=READ)
        ids = [alert.id for alert in alerts]
        self._danger = any(alert.severity is Severity.DANGER for alert in alerts)
        devices = self._reader.devices()
        mains = {mac: device.mac for device in devices for mac in device.also}
        self._since = self.outbox.since(names(outputs), now)
        known = Known(
            alerts=alerts,
            cases=self._reader.cases(states={AlertState.OPEN}, limit=READ),
            heeded=heeded(alerts, self._reader.decisions(), mains),
            since=self._since,
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
        items += [told_with(part, now) for one in messages for part in parts(one)]
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
        was = self._cut, self.conditions.isolated, self.conditions.state
        self._cut = status is not None and status.state == "isolated"
        # Where the cut may not hold, what is to be told may well get out.
        holds = status is None or status.proof not in {Proof.NOT_PROVEN, Proof.FAILED}
        self.conditions.isolated = self._cut and holds
        self.conditions.state = (
            State(level=status.light, danger=self._danger) if status is not None else None
        )
        if (was[0] and not self._cut) or (was[1] and not self.conditions.isolated):
            self.outbox.wake(self.now())
        if was != (self._cut, self.conditions.isolated, self.conditions.state):
            self.ring()
        if status is not None:
            self._tell_of_line(status)

    def _tell_of_line(self, status: PanelStatus) -> None:
        """Put into the outbox what there is to tell of the uplink."""
        messages = line(self.config.outputs, status, self._since, self.now())
        if messages and messages != self._of_line:  # those that are there are not put again
            alerts: dict[str, Alert] = {}
            devices: Mapping[Mac, Called] = {}
            with suppress(StoreTrouble):  # then it is told without why
                ids = {id_ for one in messages for id_ in one.alerts}
                alerts = {id_: found for id_ in ids if (found := self._reader.alert(id_))}
                devices = called(self._reader.devices())
            self._put(messages, alerts, devices)
        self._of_line = messages


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
        alert=message.alerts[0] if message.alerts and message.kind is not Kind.DIGEST else "",
        severity=message.severity,
        created=now,
        due=now,
        content=content,
    )


def told_with(message: Message, now: float) -> Item:
    """Give *message* as it is remembered when a gathered one says the same: nothing waits."""
    return Item(
        id=message.id,
        way=message.way,
        who=message.who,
        kind=message.kind,
        alert=message.alerts[0],
        severity=message.severity,
        created=now,
        due=now,
        waits=False,
    )
