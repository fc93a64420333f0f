"""Searching everything the box knows: devices, alerts, cases, incidents, outside hosts.

Every part is bounded: devices and their hosts are in memory (`web.roster`), alerts and
conversations are looked through from the newest back (`appliance.store.search` and `talks`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from appliance.durations import DAY
from appliance.incidents import Incident
from appliance.model import Alert, Case, Device, Ip, Mac
from appliance.store import Term
from appliance.texts import say, sentences
from web.box import here
from web.roster import Entry, Roster, terms
from web.wording import Names, Told, tell, tell_case

FEWEST = 2
"""Signs of a search; one would find everything."""

LONGEST = 80
"""Signs of a search that are read."""

SHOWN = 10
"""Devices, hosts and alerts of one answer; the list of devices shows all."""

MEANT = 500
"""Devices that one word may mean in alerts: beyond that it says nothing."""

CASES = 100
INCIDENTS = 50
"""The latest that are looked through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host of the internet, and who talked to it."""

    name: str
    devices: tuple[Device, ...]
    last_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found."""

    devices: tuple[Entry, ...] = ()
    more_devices: int = 0
    hosts: tuple[Host, ...] = ()
    alerts: tuple[tuple[Alert, Told], ...] = ()
    cases: tuple[tuple[Case, Told], ...] = ()
    incidents: tuple[Incident, ...] = ()

    @property
    def nothing(self) -> bool:
        """Nothing at all was found."""
        return not (self.devices or self.hosts or self.alerts or self.cases or self.incidents)


def search(words: str, every: Roster, language: str, named: Names) -> Found:
    """Give what *words* are found in, among *every* device and all else."""
    asked = terms(words)
    found = [each for each in every.entries if all(word in each.text for word in asked)]
    found.sort(key=lambda each: (not _called(each.device, words), each.device.name.casefold()))
    meant = {each.device.mac for each in found[:MEANT]}
    alerts = here().reader.find_alerts([term(word, every, language) for word in asked], SHOWN)
    return Found(
        devices=tuple(found[:SHOWN]),
        more_devices=max(0, len(found) - SHOWN),
        hosts=_hosts(asked, every, found),
        alerts=tuple((alert, tell(language, alert, named)) for alert in alerts),
        cases=_cases(asked, meant, language, named),
        incidents=_incidents(asked, language),
    )


def _called(device: Device, words: str) -> bool:
    """Tell whether *words* are exactly what *device* is called, or an address of it."""
    known = (device.name, device.mac, *device.names, *device.addresses, *device.also)
    return words.casefold() in (each.casefold() for each in known)


def term(word: str, every: Roster, language: str) -> Term:
    """Give what *word* means in alerts: devices it is said of, detectors in whose words it is."""
    macs: list[Mac] = []
    for each in every.entries:
        if word in each.text:
            macs += (each.device.mac, *each.device.also)
    titles = (key for key, text in sentences(language).items() if word in text.casefold())
    detectors = {key.partition(".")[0] for key in titles if key.endswith(".title")}
    return Term(text=word, macs=macs if len(macs) <= MEANT else (), detectors=sorted(detectors))


def _hosts(asked: Sequence[str], every: Roster, found: Iterable[Entry]) -> tuple[Host, ...]:
    """Give the listed hosts that *asked* names, and the address if it is one, with who called."""
    users: dict[str, list[tuple[float, Device]]] = {}
    for entry in found:
        for contact in entry.device.contacts:
            if all(word in contact.host for word in asked):
                users.setdefault(contact.host, []).append((contact.last_at, entry.device))
    hosts = [_host(name, called) for name, called in users.items()]
    if len(asked) == 1 and (address := _address(asked[0])):
        speakers = here().reader.days.speakers(address, here().now() - DAY).what
        called = [
            (each.last_at, every.by_mac[each.mac].device)
            for each in speakers
            if each.mac in every.by_mac
        ]
        if called and address not in {ip for entry in found for ip in entry.device.addresses}:
            hosts.append(_host(address, called))
    return tuple(sorted(hosts, key=lambda host: -host.last_at)[:SHOWN])


def _host(name: str, called: list[tuple[float, Device]]) -> Host:
    latest = sorted(called, key=lambda each: -each[0])
    return Host(name=name, devices=tuple(device for _, device in latest), last_at=latest[0][0])


def _address(word: str) -> Ip | None:
    try:
        return Ip(str(ip_address(word)))
    except ValueError:
        return None


def _cases(
    asked: Sequence[str], meant: set[Mac], language: str, names: Names
) -> tuple[tuple[Case, Told], ...]:
    told = [(case, tell_case(language, case, names)) for case in here().reader.cases(limit=CASES)]
    return tuple(
        (case, words)
        for case, words in told
        if meant.intersection((case.about, *case.also)) or _in(asked, f"{words.title} {words.body}")
    )[:SHOWN]


def _incidents(asked: Sequence[str], language: str) -> tuple[Incident, ...]:
    word = say(language, "search.incident_word")
    return tuple(
        each
        for each in here().reader.incidents(limit=INCIDENTS)
        if _in(asked, f"{word} {each.id} {each.opened_by} {each.subject} {each.why}")
    )[:SHOWN]


def _in(asked: Iterable[str], text: str) -> bool:
    text = text.casefold()
    return all(word in text for word in asked)
