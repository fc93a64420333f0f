"""A box as full as it may ever get: devices, alerts and conversations, written through the store.

Everything is drawn from one seed. Of the alerts one in three hundred is open, as after years.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

from msgspec import structs

from appliance.addresses import Home
from appliance.config import Keep
from appliance.facts import FlowDelta
from appliance.model import Alert, AlertState, Device, Ip, Mac, Severity
from appliance.store import Watch
from appliance.store.flows import Conversation, DayFiles
from tests.kit import people
from tests.kit.people import BOX, DAY, HOUR, NOW

DEVICES, ALERTS, CONVERSATIONS = 10_000, 100_000, 1_000_000
DAYS = 7
"""Over which the conversations are spread."""

OPEN = 300
"""Of so many alerts one is open."""

HALF_YEAR = 183 * DAY
TALKERS = 400
"""Devices that speak in one hour; the sums of an hour have no room for more."""

BATCH = 10_000


def fill(state: Path, devices: int, alerts: int, conversations: int) -> None:
    """Write so many of each into the store in *state*, around the practice of `people`."""
    people.fill(state)
    rng = Random(6)  # noqa: S311 - no secret
    keep = Keep(devices=65_536, alerts=1_000_000, flow_rows_per_day=20_000_000)
    watch = Watch(state, keep, lambda: NOW)
    known = [_device(rng, number) for number in range(devices)]
    watch.save_devices(known)
    for start in range(0, alerts, BATCH):
        watch.save_alerts(
            [_alert(rng, number) for number in range(start, min(start + BATCH, alerts))]
        )
    for hour in range(24, 0, -1):
        speak = rng.sample(known, min(TALKERS, devices))
        watch.count_traffic((_delta(rng, one, hour) for one in speak), Home().place)
        watch.flush(NOW - (hour - 1) * HOUR)
    watch.close()
    files = DayFiles(state, keep.flow_rows_per_day)
    made = _conversations(rng, known, conversations)
    while batch := deque(islice(made, 20 * BATCH)):
        files.write(batch, NOW)
    files.close()


def _device(rng: Random, number: int) -> Device:
    like = rng.choice(people.devices())
    mac = Mac(f"06:00:00:{number >> 16:02x}:{number >> 8 & 255:02x}:{number & 255:02x}")
    return replace(
        like,
        mac=mac,
        addresses=(Ip(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"),),
        names=(f"POSTE-{number:05d}",),
        gateway=False,
        also=(),
        first_at=NOW - rng.uniform(DAY, HALF_YEAR),
        last_at=NOW - rng.expovariate(1 / HOUR),
    )


def _alert(rng: Random, number: int) -> Alert:
    like = rng.choice(people.alerts())
    at = NOW - rng.uniform(0, HALF_YEAR)
    mac = Mac(f"06:00:00:00:{rng.randrange(40):02x}:{rng.randrange(256):02x}")
    return replace(
        like,
        id=f"{number:016x}",
        key=(like.detector, str(number)),
        about=mac,
        severity=rng.choice(tuple(Severity)),
        first_at=at - HOUR,
        last_at=at,
        state=AlertState.CLOSED if rng.randrange(OPEN) else AlertState.OPEN,
    )


def _delta(rng: Random, one: Device, hour: int) -> FlowDelta:
    like = next(iter(people.flows()))
    at = NOW - hour * HOUR
    return structs.replace(
        like, at=at, mac=one.mac, peer_mac=BOX, src=one.addresses[0], dst=Ip("198.51.100.7")
    )


def _conversations(rng: Random, known: list[Device], count: int) -> Iterator[Conversation]:
    """Yield them day by day; one in five is between two devices."""
    for number in range(count):
        one, other = rng.choice(known), rng.choice(known)
        inside = number % 5 == 0
        at = NOW - DAYS * DAY * (1 - number / count)
        yield Conversation(
            first_at=at - 30,
            last_at=at,
            mac=one.mac,
            peer_mac=other.mac if inside else BOX,
            src=one.addresses[0],
            dst=other.addresses[0] if inside else Ip(f"198.51.100.{number % 250}"),
            sport=50_000,
            dport=445 if inside else 443,
            proto=6,
            packets_out=10,
            packets_in=20,
            octets_out=rng.randrange(10_000),
            octets_in=rng.randrange(1_000_000),
        )
