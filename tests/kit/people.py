"""The practice that tests look after: its machines, its people, its troubles, and the attacker.

`fill` writes it into a store as the sensor would, `settle_in` as the technician who was there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from appliance.addresses import Home
from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.facts import FlowDelta
from appliance.model import Alert, AlertState, Device, Health, Ip, Severity
from appliance.store import Office, Role, Watch
from tests.kit.machines import (
    ATTACKER,
    BOX,
    DAY,
    HOUR,
    IMAGING,
    MINUTE,
    NAS,
    NOW,
    PHONE,
    PRINTER,
    RECEPTION,
    SENSOR,
    SERVER,
    devices,
    evidence,
)
from web.access import passwords

__all__ = [
    "ATTACKER",
    "BOX",
    "DAY",
    "HOUR",
    "IMAGING",
    "MINUTE",
    "NAS",
    "NOW",
    "PHONE",
    "PRINTER",
    "RECEPTION",
    "SENSOR",
    "STAFF",
    "STAFF_PHRASE",
    "TECHNICIAN",
    "TECHNICIAN_PHRASE",
    "alert",
    "alerts",
    "devices",
    "evidence",
    "fill",
    "flows",
    "health",
    "settle_in",
    "take_in",
]

TECHNICIAN, STAFF = "camille", "accueil"
TECHNICIAN_PHRASE, STAFF_PHRASE = "trois petits chats gris", "bonjour le cabinet"


def alert(id_: str = "a-spoof", **changes: object) -> Alert:
    """Give the alert that the attacker raised, with *changes*."""
    spoof = Alert(
        id=id_,
        key=("arp_spoof", ATTACKER, id_),
        detector="arp_spoof",
        severity=Severity.DANGER,
        about=ATTACKER,
        first_at=NOW - 9 * MINUTE,
        last_at=NOW - 20,
        count=41,
        state=AlertState.OPEN,
        words={"ip": "192.168.1.1", "owner": BOX},
        attack=("T1557.002",),
        src_ip=Ip("192.168.1.66"),
        dest_ip=Ip("192.168.1.1"),
    )
    return replace(spoof, **changes)  # type: ignore[arg-type]  # by name


def alerts() -> tuple[Alert, ...]:
    """Give what is going on."""
    return (
        alert(),
        alert(
            "a-phone",
            key=("new_device", PHONE),
            detector="new_device",
            severity=Severity.WARNING,
            about=PHONE,
            first_at=NOW - 20 * MINUTE,
            last_at=NOW - 20 * MINUTE,
            count=1,
            words={},
            attack=("T1200",),
            dest_ip=None,
        ),
        alert(
            "a-sensor",
            key=("off_limits", SENSOR, "updates.example"),
            detector="off_limits",
            severity=Severity.WARNING,
            about=SENSOR,
            first_at=NOW - 2 * DAY,
            last_at=NOW - DAY,
            count=3,
            words={"host": "updates.example"},
            attack=(),
            peers=("updates.example",),
        ),
    )


def health(**changes: object) -> Health:
    """Give the health of a sensor that sees well, with *changes*."""
    well = Health(
        at=NOW - 2,
        seeing=True,
        source="eth0",
        packets=1_234_567,
        octets=987_654_321,
        frames_read=40_000,
        conversations=312,
        unicast_of_others=True,
        both_directions=True,
        internet_side=True,
    )
    return replace(well, **changes)  # type: ignore[arg-type]  # by name


def flows() -> Iterator[FlowDelta]:
    """Give some conversations of the last minutes."""
    for number, (mac, src, dst, port) in enumerate(
        (
            (IMAGING, "192.168.1.21", "192.168.1.40", 445),
            (RECEPTION, "192.168.1.20", "93.184.216.34", 443),
            (SENSOR, "192.168.1.30", "198.51.100.7", 443),
        )
    ):
        yield FlowDelta(
            at=NOW - 5 * MINUTE + number,
            mac=mac,
            peer_mac=NAS if port == 445 else BOX,
            src=Ip(src),
            dst=Ip(dst),
            sport=50_000 + number,
            dport=port,
            proto=6,
            vlan=0,
            packets_out=120,
            packets_in=200,
            bytes_out=18_000,
            bytes_in=2_400_000,
            payload_out=12_000,
            payload_in=2_390_000,
            flags_out=24,
            flags_in=24,
            first_at=NOW - 6 * MINUTE,
            opened=True,
        )


def fill(
    state: Path,
    *,
    known: Iterable[Device] | None = None,
    troubles: Iterable[Alert] | None = None,
    seen: Health | None = None,
) -> None:
    """Write the practice into the store in *state*, as the sensor would."""
    watch = Watch(state, Keep(), lambda: NOW)
    watch.save_devices(devices() if known is None else known)
    watch.save_alerts(alerts() if troubles is None else troubles)
    watch.save_health(seen or health())
    watch.count_traffic(flows(), Home().place)
    watch.flush(NOW)
    watch.close()


@cache
def kept(phrase: str) -> str:
    """Give the hash of *phrase*, computed once in a session of tests."""
    return passwords.hashed(phrase)


def take_in(office: Office) -> None:
    """Make the accounts."""
    for name, phrase, role in (
        (TECHNICIAN, TECHNICIAN_PHRASE, Role.TECHNICIAN),
        (STAFF, STAFF_PHRASE, Role.STAFF),
    ):
        office.add_user(name, kept(phrase), role=role, language="fr")


def settle_in(office: Office) -> None:
    """Make the accounts, and the decisions of a technician who has been there before."""
    take_in(office)
    for mac, name, role, place, bought_on in (
        (RECEPTION, "PC de l'accueil", "workstation", "Accueil", "2020-10-05"),
        (IMAGING, "Station d'imagerie", "acquisition_pc", "Salle 2", "2023-03-14"),
        (SENSOR, "Capteur panoramique", "sensor", "Salle 2", ""),
        (NAS, "Sauvegardes", "nas", "Local technique", "2025-11-30"),
        (BOX, "Box Internet", "internet_box", "Local technique", ""),
        (SERVER, "Serveur", "server", "Local technique", "2014-06-02"),
    ):
        office.decide(author=TECHNICIAN, verdict=Verdict.APPROVE, mac=mac)
        office.decide(
            author=TECHNICIAN,
            verdict=Verdict.DESCRIBE,
            mac=mac,
            name=name,
            role=role,
            place=place,
            bought_on=bought_on,
        )
