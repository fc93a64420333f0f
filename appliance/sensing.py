"""One sensor at work: a pipeline with a memory on disk and a voice on the panel."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from ipaddress import ip_network

from appliance import hours
from appliance.announcing import Announcing
from appliance.beat import beat
from appliance.config import Config
from appliance.decisions import Decision, standing
from appliance.durations import DAY, HOUR, MINUTE
from appliance.erasures import HEARD, LEARNT
from appliance.facts import FlowDelta
from appliance.failing import failing
from appliance.handing_over import HandingOver
from appliance.lists.entry import ListError
from appliance.lists.index import Lists
from appliance.lists.taking_up import kept, load, mark, shipped
from appliance.model import Health, Mac
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.pipeline import Pipeline, Setting
from appliance.sensor.columns import Block
from appliance.sensor.health import Mirror
from appliance.sensor.source import Source
from appliance.store import StoreTrouble, Watch
from appliance.ways_out import WaysOut, inside

log = logging.getLogger(__name__)

MIB = 1 << 20
LISTS_EVERY = 5.0
"""Seconds after which it is looked whether a list was added."""
PACKETS_EVERY = 20.0
"""Seconds after which packets are forgotten that are too old."""
PANEL_PATIENCE = 0.3
"""Seconds the panel has to take a heartbeat; packets wait meanwhile."""


class Sensing:
    """See the module's text."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of the box that it works with
        self,
        config: Config,
        source: Source,
        watch: Watch,
        own: frozenset[Mac],
        now: float,
        clock_unset: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """*clock_unset* gives for how long the clock is waited for; 0: it is believed."""
        self._source = source
        self._watch = watch
        self._run = config.run
        self._lists = config.state / "lists"
        self._lists_mark: object = None
        self._lists_fault = ""
        self._panel = PanelClient(config.run / "panel.sock", answer=PANEL_PATIENCE)
        self._panel_silent = False
        self._clock_unset = clock_unset
        # What a file holds happened long ago, and elsewhere.
        named = () if source.note else config.automatic.detectors
        self._announcing = Announcing(named, self._panel, watch.open_alerts)
        self._packets_for = config.packets.minutes * MINUTE
        self._handing_over = HandingOver(config.state, self._packets_for)
        self._mirror = Mirror(own, now)
        self._ways_out = WaysOut()
        self._inside = inside(ip_network(each) for each in config.home.networks)
        self._due = dict.fromkeys((1.0, LISTS_EVERY, PACKETS_EVERY, MINUTE, HOUR), now)
        self._decisions: list[Decision] = list(watch.decisions())
        self._faults: set[str] = set()
        self._outdated = False
        """The pipeline knows what was deleted."""
        self._setting = replace(
            configured(config, Lists(shipped())),
            own=own,
            learn_until=_learn_until(watch.first_started_at, config.home.learning_days),
        )
        self.pipeline = self._taken_up(now)
        self._read_lists()

    def _taken_up(self, now: float) -> Pipeline:
        """Give a pipeline that goes on with what is on the card."""
        pipeline = Pipeline(self._setting)
        devices, alerts, cases = (
            self._watch.known_devices(),
            self._watch.open_alerts(),
            self._watch.open_cases(),
        )
        pipeline.restore(devices, alerts, cases)
        pipeline.now = now
        pipeline.triage.timed = not self._clock_unset()
        pipeline.heed(standing(self._decisions))
        return pipeline

    def _erase(self, now: float) -> None:
        """Delete what people had deleted: here by forgetting all, and taking up what is left."""
        if (begun := self._watch.begin_erasing()) is not None:
            self._outdated |= begun.what in LEARNT
            if begun.what in HEARD and self.pipeline.meter.recent is not None:
                self.pipeline.meter.recent.forget(begun.at)
        if self._outdated:
            before = self.pipeline
            try:
                self._decisions = list(self._watch.decisions())
                self.pipeline = self._taken_up(now)
            except StoreTrouble as trouble:  # the next second tries again
                log.warning("What is left cannot be taken up yet. %s", trouble)
                return
            self.pipeline.meter, self.pipeline.decoder = before.meter, before.decoder
            self._ways_out, self._lists_mark = WaysOut(), None
            self._outdated = False
            self._read_lists()
        self._watch.go_on_erasing(now)

    def feed(self, block: Block) -> None:
        """Take in *block*, and save at once what was found in it."""
        self._save(self.pipeline.feed(block))

    def finish(self) -> None:
        """Take in what is still held back of the running second, and save all; nothing more comes.

        The silence after a capture's end is not heard: the next start goes on from here.
        """
        self._save(self.pipeline.finish(silence=0))
        self._watch.save_devices(self.pipeline.inventory.learnt())
        self._handing_over.finish()

    def chores(self, now: float) -> bool:
        """Do what is due once a second, and more seldom; tell whether that second was due."""
        if not self._is_due(1.0, now):
            return False
        self._erase(now)
        inventory = self.pipeline.inventory
        self._heed()
        if self._is_due(LISTS_EVERY, now):
            self._read_lists()
        self._watch.save_devices(inventory.take_changed())
        if self._is_due(MINUTE, now):
            self._watch.save_devices(inventory.learnt())
        self.pipeline.meter.watched.watch(inventory.gateways.all(), self._inside)
        health = self._health(now)
        self.pipeline.triage.timed = not health.clock_unset
        self._watch.save_health(health)
        self._watch.flush(now)
        if self._is_due(HOUR, now):
            self._watch.tidy(now)
        incident = self._watch.incident_open()
        self._beat(health, incident)
        self._look_after_packets(incident, now)
        self._announcing.go_on()
        return True

    def _look_after_packets(self, incident: str, now: float) -> None:
        """Hand over what is asked for the *incident*, and forget what is too old."""
        recent = self.pipeline.meter.recent
        if recent is None:
            return
        if self._is_due(PACKETS_EVERY, now):
            recent.forget(now - self._packets_for, now + MINUTE)
        self._handing_over.go_on(recent, incident, now)

    def _is_due(self, every: float, now: float) -> bool:
        """Tell whether it is time again; a clock that was set back is not waited for."""
        due = self._due[every]
        if due - every <= now < due:
            return False
        self._due[every] = now + every
        return True

    def _save(self, deltas: Iterable[FlowDelta]) -> None:
        place = self.pipeline.inventory.place
        self._mirror.note(deltas, place)
        self._ways_out.note(deltas, self.pipeline.inventory)
        self._watch.count_traffic(deltas, place)
        self._save_alerts()

    def _save_alerts(self) -> None:
        alerts, cases = self.pipeline.triage.take_changed(), self.pipeline.cases.take_changed()
        if alerts or cases:
            self._watch.save_alerts(alerts, cases)
            self._announcing.hear(alerts)

    def _heed(self) -> None:
        """Take up what people decided meanwhile; alerts that end by it are saved."""
        self._decisions += self._watch.decisions_after(
            self._decisions[-1].id if self._decisions else 0
        )
        self.pipeline.heed(standing(self._decisions))
        self._save_alerts()

    def _read_lists(self) -> None:
        """Take lists up that were added since; one that cannot be used leaves those in use."""
        try:
            if (now := mark(self._lists)) == self._lists_mark:
                return
            self._lists_mark = now
            self.pipeline.use_lists(load(self._lists))
            self._lists_fault = "health.lists_kept" if kept(self._lists) else ""
        except (ListError, OSError) as refused:
            log.warning("%s", refused)
            self._lists_fault = "health.lists_refused"

    def _health(self, now: float) -> Health:
        counters = self.pipeline.meter.counters
        lost = self._source.dropped
        self._mirror.count(now, counters.packets, lost)
        why = self._source.why or ("" if self._source.note else self._mirror.why(now))
        return Health(
            at=now,
            seeing=not why,
            why=why,
            source=self._source.source,
            learning=self.pipeline.inventory.learning,
            packets=counters.packets,
            octets=counters.octets,
            dropped_by_kernel=lost,
            dropped_by_us={
                **counters.dropped,
                **self.pipeline.dropped(),
                **{name: count for name, count in self._watch.dropped.items() if count},
            },
            malformed=counters.malformed + self.pipeline.decoder.malformed,
            duplicates=counters.duplicates,
            fragments=counters.fragments,
            frames_read=self.pipeline.decoder.read_frames,
            conversations=counters.conversations,
            faults=self._all_faults(now),
            clock_unset=self._clock_unset(),
            unrecorded=counters.unrecorded,
            **self._mirror.signs(now),
        )

    def _all_faults(self, now: float) -> tuple[str, ...]:
        for detector in self.pipeline.faults.keys() - self._faults:
            log.error("Detector %s failed.\n%s", detector, self.pipeline.faults[detector])
            self._faults.add(detector)
        faults = [self._source.note] if self._source.note else []
        faults += self._watch.faults
        if self._faults:
            faults.append("health.detector_failed")
        if self._lists_fault:
            faults.append(self._lists_fault)
        if failing(self._run, now):
            faults.append("health.part_failing")
        return tuple(faults)

    def _beat(self, health: Health, incident: str) -> None:
        """Tell the panel how things are, and whether an *incident* is open."""
        for mac in (passed_on := self.pipeline.meter.watched.passed_on):
            self._ways_out.saw(mac, passed_on.get(mac) or 0.0)
        told = beat(
            self.pipeline, health, self._ways_out, self._source.note, incident=bool(incident)
        )
        try:
            self._panel.heartbeat(told)
            self._panel_silent = False
        except (PanelUnreachable, PanelRefused) as silent:
            if not self._panel_silent:
                log.warning("%s", silent)
            self._panel_silent = True


def configured(config: Config, lists: Lists) -> Setting:
    """Give what *config* sets of a pipeline that uses *lists*."""
    return Setting(
        home=tuple(ip_network(each) for each in config.home.networks),
        unrecorded=tuple(ip_network(each) for each in config.home.unrecorded),
        unrecorded_vlans=frozenset(config.home.unrecorded_vlans),
        recent_octets=config.packets.mib * MIB if config.packets.keep else 0,
        conversations=config.capture.conversations,
        devices=config.keep.devices,
        limits=config.detectors,
        lists=lists,
        remote_tools=frozenset(config.practice.remote_tools),
        hours=hours.read(config.practice.hours, config.practice.timezone),
    )


def _learn_until(began: float, days: float) -> float:
    """Give the packet time until which newcomers are learnt; without days, nothing ever is."""
    return began + days * DAY if days else 0.0
