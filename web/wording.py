"""What people decided and what detectors found, in sentences that name devices, not addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from appliance import case_words
from appliance.decisions import Decision, Verdict
from appliance.exchange.sheet import kind_words
from appliance.model import NO_MAC, Alert, Case, Device, Mac
from appliance.texts import say, say_part, sentences
from web.format import day, moment

MAC = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert or a case in words."""

    title: str
    body: str
    advice: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the devices are called, by hardware address and by network address."""

    by_address: Mapping[str, str]

    @classmethod
    def of(cls, devices: Iterable[Device]) -> "Names":
        """Give the names of *devices*; a network address is that of its latest user."""
        found: dict[str, str] = {}
        for device in sorted(devices, key=lambda one: one.last_at):
            found.update(dict.fromkeys(device.addresses, device.name))
            found.update(dict.fromkeys((device.mac, *device.also), device.name))
        return cls(found)

    def name(self, address: str) -> str:
        """Give the name behind *address*, or *address* itself."""
        return self.by_address.get(address, address)

    def device(self, mac: Mac) -> str:
        """Give the name of the device with this hardware address, or the address."""
        return self.name(mac)


NOBODY = Names({})
"""Every address goes by itself."""


def who(alert: Alert, names: Names) -> str:
    """Give what the device is called that *alert* is about; a guest's by its network address."""
    return alert.src_ip if alert.about == NO_MAC and alert.src_ip else names.device(alert.about)


def tell(language: str, alert: Alert, names: Names) -> Told:
    """Give *alert* in words.

    Hardware addresses give way to names; network addresses stay, as some sentences are about
    them. An alert of an earlier version whose words no longer fill today's text is told plainly.
    """
    words = {key: _named(value, names) for key, value in alert.words.items()}
    words["about"] = who(alert, names)
    words["src_ip"] = alert.src_ip or ""
    words["dest_ip"] = alert.dest_ip or ""
    try:
        told = _told(language, alert.detector, words)
    except KeyError:
        told = _told(language, "alert.untold", words | {"detector": alert.detector})
    if alert.again:
        title = say(language, "alerts.again", title=told.title[:1].lower() + told.title[1:])
        told = replace(told, title=title)
    if alert.at_night:
        told = replace(told, body=f"{told.body} {say(language, 'alert.at_night')}")
    if not alert.timed:
        told = replace(told, body=f"{told.body} {say(language, 'clock.untimed')}")
    return told


def tell_case(language: str, case: Case, names: Names) -> Told:
    """Give *case* in words."""
    return Told(**case_words.tell(language, case, names.device))


def decided(language: str, decision: Decision, now: float, names: Names = NOBODY) -> str:
    """Give *decision* in words."""
    match decision.verdict:
        case Verdict.DESCRIBE:
            what = ", ".join(_described(language, decision))
            return say(language, f"decision.describe{'' if what else '_nothing'}", what=what)
        case Verdict.JOIN | Verdict.PART as verdict:
            key = f"decision.{verdict.value}{'_reason' if decision.reason else ''}"
            one, other = names.device(decision.mac), names.name(decision.other)
            return say(language, key, one=one, other=other, reason=decision.reason)
        case Verdict.NORMAL:
            key = f"decision.normal{'_with' if decision.peer else ''}"
            words = {
                "title": titled(language, decision.detector),
                "reason": decision.reason,
                "peer": names.name(decision.peer),
            }
            if decision.until is None:
                return say(language, key, **words)
            until = moment(language, decision.until, now)
            return say(language, f"{key}_until", until=until, **words)
        case Verdict.CLOSE if decision.reason:
            return say(language, "decision.close_reason", reason=decision.reason)
        case verdict:
            return say(language, f"decision.{verdict.value}")


def bought_words(language: str, bought_on: str) -> str:
    """Write the day something was bought; one that makes no sense stays as it is."""
    try:
        return day(language, date.fromisoformat(bought_on))
    except ValueError:
        return bought_on


def _described(language: str, decision: Decision) -> Iterator[str]:
    kind = kind_words(language, decision.kind) if decision.kind else ""
    role = kind_words(language, decision.role) if decision.role else ""
    yield from dict.fromkeys(filter(None, (decision.name, kind, role, decision.place)))
    if decision.socket:
        yield say(language, "fleet.socket", socket=decision.socket)
    if decision.bought_on:
        bought = bought_words(language, decision.bought_on)
        yield say(language, "decision.bought_on", day=bought)
    yield from decision.hosts


def titled(language: str, detector: str) -> str:
    """Give the title of a detector's alerts, or its id where there is none."""
    return sentences(language).get(f"{detector}.title", detector)


def known(language: str, key: str, otherwise: str = "") -> str:
    """Give the text *key*, or *otherwise* when there is no such text."""
    return sentences(language).get(key, otherwise)


def _named(value: str, names: Names) -> str:
    return names.name(value) if _is_mac(value) else value


def _is_mac(value: str) -> bool:
    return MAC.fullmatch(value) is not None


def _told(language: str, table: str, words: Mapping[str, str]) -> Told:
    return Told(
        title=say_part(language, table, "title", words),
        body=say_part(language, table, "body", words),
        advice=say_part(language, table, "advice", words),
    )
