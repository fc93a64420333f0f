"""What the box knows of each field that somebody asks for, from the evidence alone.

Each is said in words also where the box knows nothing: "nothing seen" is an answer, and it says
what it leaves open. What only people know is not guessed; at most there is a hint.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from appliance.addresses import Home, Place
from appliance.dossier import words
from appliance.dossier.evidence import Evidence
from appliance.dossier.scope import Scope
from appliance.exchange.portrait import portray
from appliance.exchange.sheet import kind_words, plain
from appliance.incidents import LEAD, Incident, Wrote, encrypts
from appliance.model import Alert, Device, Ip, Mac
from appliance.texts import say

LISTED = 40
"""Lines of one list in a field; all of it is in the files of the ZIP."""

LEAKS = frozenset({"exfiltration", "dns_tunnel", "icmp_tunnel", "patient_data_outside"})
"""Detectors that see data leave."""

INDICATORS = {
    "host": "host",
    "domain": "host",
    "list": "list",
    "port": "port",
    "endings": "extension",
    "tool": "tool",
}
"""What of an alert's words others can look for: the word, and its sort."""

SEVERAL = "endings"
"""The word that holds several, apart by blanks."""

NO_MEASURES = frozenset({"photo", "known", "complaint", "notify", "back", "lessons"})
"""Steps that stop nothing: fields of their own, or nobody's, ask for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Something that others can look for in their own records; hostile text."""

    sort: str
    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What one device sent to the internet."""

    mac: Mac
    name: str
    octets: int
    since: float
    hosts: tuple[tuple[str, int], ...]
    """Where to, the most first."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the evidence says, in one language."""

    language: str
    incident: Incident
    evidence: Evidence
    hashes: Mapping[str, str]
    home: Home

    @cached_property
    def scope(self) -> Scope:
        """What belongs to the incident."""
        return self.evidence.scope(self.incident)

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What devices are called, by address."""
        return words.names(self.evidence.devices)

    @cached_property
    def devices(self) -> tuple[Device, ...]:
        """The devices concerned."""
        known = {mac: each for each in self.evidence.devices for mac in (each.mac, *each.also)}
        return tuple(dict.fromkeys(known[mac] for mac in self.scope.devices if mac in known))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """What others can look for, each once."""
        found: dict[tuple[str, str], Indicator] = {}
        for alert in self.scope.alerts:
            for sort, value in self._traces(alert):
                one = Indicator(sort=sort, value=plain(value), source=alert.detector)
                found.setdefault((sort, value), one)
        return tuple(found.values())

    @cached_property
    def volumes(self) -> tuple[Volume, ...]:
        """What the devices concerned sent to the internet."""
        return tuple(each for each in map(self._volume, self.devices) if each.octets)

    def value(self, field: str) -> str | None:
        """Give what the box says of *field*; None for a field that only people know."""
        say_it = _FIELDS.get(field)
        return None if say_it is None else say_it(self)

    def hint(self, field: str) -> str:
        """Give what the box has seen that helps a person with *field*; or nothing."""
        alerts = self.scope.alerts
        seen = []
        if field == "first_knowledge_at" and alerts:
            at = words.moment(self.language, alerts[0].first_at)
            seen.append(self._say("hint_first_alert", at=at))
        if field == "incident_type":
            if encrypts(alerts):
                seen.append(self._say("type_availability"))
            if self._leaked:
                seen.append(self._say("type_confidentiality"))
        return self._say("hint", what="; ".join(seen)) if seen else ""

    @property
    def _leaked(self) -> bool:
        return any(alert.detector in LEAKS for alert in self.scope.alerts)

    @property
    def _called_out(self) -> bool:
        """An alert tells of a call to the outside, whether or not it is counted yet."""
        return any(
            alert.dest_ip and self.home.place(alert.dest_ip) is Place.OUTSIDE
            for alert in self.scope.alerts
        )

    def _say(self, key: str, **blanks: object) -> str:
        return say(self.language, f"incident_fact.{key}", **blanks)

    def _at(self, at: float) -> str:
        return words.moment(self.language, at)

    def _traces(self, alert: Alert) -> Iterator[tuple[str, str]]:
        for key, sort in INDICATORS.items():
            said = alert.words.get(key, "")
            for value in said.split() if key == SEVERAL else (said,):
                if value and not words.MAC.fullmatch(value):
                    yield sort, value
        for ip in (alert.src_ip, alert.dest_ip):
            if ip and self.home.place(ip) is Place.OUTSIDE:
                yield "address", ip

    def _volume(self, device: Device) -> Volume:
        mine = {device.mac, *device.also}
        sums = [each for each in self.evidence.traffic if each.mac in mine]
        hosts: Counter[str] = Counter()
        for each in self.evidence.conversations:
            if each.mac in mine and self.home.place(each.dst) is Place.OUTSIDE:
                hosts[self._named(each.dst)] += each.octets_out
            elif each.peer_mac in mine and self.home.place(each.src) is Place.OUTSIDE:
                hosts[self._named(each.src)] += each.octets_in
        return Volume(
            mac=device.mac,
            name=plain(device.name),
            octets=sum(each.outside.octets_out for each in sums),
            since=min((each.at for each in sums), default=0),
            hosts=tuple(hosts.most_common(LISTED)),
        )

    def _named(self, ip: Ip) -> str:
        """Give the address *ip*, with the name of its host where an alert has one."""
        for alert in self.scope.alerts:
            if alert.dest_ip == ip and alert.words.get("host", ip) != ip:
                return f"{plain(alert.words['host'])} ({ip})"
        return ip

    def first_alert(self) -> str:
        """Say when the first alert was, and which."""
        if not self.scope.alerts:
            return self._say("no_alert")
        first = self.scope.alerts[0]
        title = words.titled(self.language, first, self.called).rstrip(".")
        return self._say("first_alert", at=self._at(first.first_at), title=title)

    def start(self) -> str:
        """Say when it began, as far as the network shows."""
        if not self.scope.alerts:
            return self._say("start_none", at=self._at(self.incident.opened_at))
        return self._say("start", at=self._at(self.scope.alerts[0].first_at))

    def description(self) -> str:
        """Draft what happened."""
        lines = [self._say("draft")]
        for alert in self.scope.alerts[:LISTED]:
            told = words.titled(self.language, alert, self.called)
            lines.append(self._say("line", when=self._at(alert.first_at), what=told))
        if not self.scope.alerts:
            lines.append(self._say("no_alert"))
        if self.incident.why:
            when = self._at(self.incident.opened_at)
            lines.append(self._say("line", when=when, what=plain(self.incident.why)))
        return "\n".join(lines)

    def systems(self) -> str:
        """List the devices concerned."""
        lines = [self._say("device", **self.described(each)) for each in self.devices]
        return "\n".join(lines) or self._say("systems_none")

    def described(self, device: Device) -> dict[str, str]:
        """Give what *device* is, in words."""
        told = portray(device)
        return {
            "name": plain(device.name),
            "kind": kind_words(self.language, told.kind),
            "os": plain(told.seen.os.value) or self._say("unknown"),
            "addresses": ", ".join((*device.addresses, device.mac, *device.also)),
            "place": plain(device.place) or self._say("unplaced"),
        }

    def volume_out(self) -> str:
        """Say what left, where to, and what cannot be excluded."""
        lines = []
        for each in self.volumes:
            size = words.octets(self.language, each.octets)
            since = self._at(each.since)
            lines.append(self._say("out_of", name=each.name, octets=size, since=since))
            for host, sent in each.hosts[:LISTED]:
                size = words.octets(self.language, sent)
                lines.append(self._say("out_to", host=host, octets=size))
        lines = lines or [self._say("out_uncounted" if self._called_out else "out_none")]
        lines.append(self._say("out_seen" if self._leaked else "out_unseen"))
        health = self.evidence.health
        if health is None or not (health.seeing and health.internet_side):
            lines.append(self._say("out_blind"))
        return "\n".join(lines)

    def indicated(self) -> str:
        """List what others can look for."""
        lines = [
            self._say(
                "line", when=say(self.language, f"incident_sort.{each.sort}"), what=each.value
            )
            for each in self.indicators[:LISTED]
        ]
        return "\n".join(lines) or self._say("indicators_none")

    def measures(self) -> str:
        """List what was done: by the panel, and ticked by people."""
        done = [
            (entry.at, self.panel_words(entry.what), entry.who)
            for entry in self.evidence.journal
            if entry.at >= self.incident.opened_at - LEAD and not entry.what.startswith("started")
        ]
        done += [
            (entry.at, say(self.language, "incident_wrote.done", step=step), entry.who)
            for entry in self.incident.entries
            if entry.what is Wrote.DONE and entry.key not in NO_MEASURES
            for step in [self.step_words(entry.key)]
        ]
        lines = [
            self._say("measure_cut", at=self._at(at), what=what, who=self.person(who))
            for at, what, who in sorted(done, key=lambda each: each[0])
        ]
        return "\n".join(lines) or self._say("measures_none")

    def kept(self) -> str:
        """List the evidence with its hashes."""
        hashes = sorted(self.hashes.items())
        lines = [self._say("evidence", name=name, hash=digest) for name, digest in hashes]
        if not self.evidence.kept.packets_said:
            lines.append(say(self.language, "packets.missing"))
        return "\n".join(lines) or self._say("evidence_none")

    def panel_words(self, what: str) -> str:
        """Say what the panel did."""
        return words.known(self.language, f"panel.log.{what}", what)

    def step_words(self, key: str) -> str:
        """Say which step *key* is."""
        point = key.removeprefix("back_")
        otherwise = words.known(self.language, f"incident_back.{point}", key)
        return words.known(self.language, f"incident_step.{key}.title", otherwise)

    def person(self, who: str) -> str:
        """Say who it was."""
        return words.known(self.language, f"panel.who.{who.removeprefix('@')}", plain(who))


_FIELDS: Mapping[str, Callable[[Facts], str]] = {
    "first_alert_at": Facts.first_alert,
    "estimated_start": Facts.start,
    "description": Facts.description,
    "systems": Facts.systems,
    "volume_out": Facts.volume_out,
    "indicators": Facts.indicated,
    "measures": Facts.measures,
    "evidence_list": Facts.kept,
}
"""How the box fills each field that is its to fill."""
