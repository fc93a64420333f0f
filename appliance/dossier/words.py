"""Alerts, times and volumes as an incident's file writes them: exact, and the same for anybody."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from appliance.exchange.sheet import plain
from appliance.model import NO_MAC, Alert, Device
from appliance.texts import say, say_part, sentences

MAC = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")

UNITS = ("byte", "kilo", "mega", "giga", "tera")
KILO, TEN = 1000, 10


def names(devices: Iterable[Device]) -> Mapping[str, str]:
    """Give what *devices* are called, by hardware and by network address."""
    found: dict[str, str] = {}
    for device in devices:
        called = plain(device.name)
        found.update(dict.fromkeys((*device.addresses, device.mac, *device.also), called))
    return found


def titled(language: str, alert: Alert, called: Mapping[str, str]) -> str:
    """Give *alert* in one or two sentences."""
    words = {
        key: called.get(value, value) if MAC.fullmatch(value) else plain(value)
        for key, value in alert.words.items()
    }
    guest = alert.about == NO_MAC and alert.src_ip
    words["about"] = guest or called.get(alert.about, alert.about)
    words["src_ip"], words["dest_ip"] = alert.src_ip or "", alert.dest_ip or ""
    parts = []
    for part in ("title", "body"):
        try:
            parts.append(say_part(language, alert.detector, part, words))
        except KeyError:  # of an earlier version, whose words no longer fill today's text
            parts.append(alert.detector)
    told = ". ".join(dict.fromkeys(parts))
    return told if alert.timed else f"{told.rstrip('.')}. {say(language, 'clock.untimed')}"


def known(language: str, key: str, otherwise: str) -> str:
    """Give the text *key*, or *otherwise* when there is no such text."""
    return sentences(language).get(key, otherwise)


def moment(language: str, at: float) -> str:
    """Write a time in the box's own zone and in UTC, to the second."""
    here = datetime.fromtimestamp(at).astimezone()
    day = f"{here:%d/%m/%Y}" if language == "fr" else f"{here:%Y-%m-%d}"
    return f"{day} {here:%H:%M:%S} ({datetime.fromtimestamp(at, UTC):%H:%M:%S} UTC)"


def octets(language: str, size: float) -> str:
    """Write a number of bytes with the decimal unit that suits it."""
    step = 0
    while size >= KILO and step < len(UNITS) - 1:
        size, step = size / KILO, step + 1
    number = f"{size:.{1 if step and size < TEN else 0}f}"
    if language == "fr":
        number = number.replace(".", ",")
    return f"{number} {say(language, f'unit.{UNITS[step]}')}"
