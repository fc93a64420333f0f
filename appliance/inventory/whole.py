"""Devices with several hardware addresses, put together as one.

Which addresses belong together is known from two sides: the sensor joins by evidence
(`appliance.inventory.joins`), people by decision, and what people say wins. Every address keeps
what was learnt of it, so that two that are parted again are as they were; only who asks is shown
one device.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from appliance.decisions import Standing, dress
from appliance.inventory.identity import identify
from appliance.knowledge.hint import HIGH
from appliance.knowledge.kinds import Kind
from appliance.model import Contact, Device, Evidence, Mac, Table, Trust

JOINED = "joined"
"""Source of the piece of evidence that says why an address is listed with another."""


def mains(
    seen: Mapping[Mac, Mac], said: Mapping[Mac, Mac], there: Container[Mac]
) -> dict[Mac, Mac]:
    """Give, for each hardware address that is part of a device, the one that stands for it.

    *seen* is the evidence, *said* what people decided (`Standing.joined`); *there* are the
    addresses that exist: nothing is part of a device that is not known.
    """
    step = {**seen, **said}
    found = {mac: _main(mac, step, said, there) for mac in step}
    return {mac: main for mac, main in found.items() if main != mac}


def _main(mac: Mac, step: Mapping[Mac, Mac], said: Mapping[Mac, Mac], there: Container[Mac]) -> Mac:
    path = {mac: None}
    while (after := step.get(mac, mac)) != mac and after in there:
        if after in path:
            # A circle: it stands on whom nobody called a part.
            circle = list(path)[list(path).index(after) :]
            return min((each for each in circle if each not in said), default=min(circle))
        path[after] = None
        mac = after
    return mac


def settle(stand: Standing, seen: Mapping[Mac, Mac], there: Container[Mac]) -> Standing:
    """Give *stand* with `Standing.mains`; what was said of a device holds for all its addresses.

    Where nothing was said of the address that stands for it, what was said of another one counts.
    """
    parts = mains(seen, stand.joined, there)
    known = dict(stand.known)
    for part, main in parts.items():
        if part in stand.known:
            known.setdefault(main, stand.known[part])
    known |= {part: known[main] for part, main in parts.items() if main in known}
    return replace(stand, mains=parts, known=known)


def gather(devices: Iterable[Device], stand: Standing) -> list[Device]:
    """Give *devices*, one for each hardware address, as people see them: dressed, each once."""
    every = {device.mac: device for device in devices}
    seen = {part: device.mac for device in every.values() for part in device.also}
    settled = settle(stand, seen, every)
    of_main: dict[Mac, list[Mac]] = {}
    for part, main in settled.mains.items():
        of_main.setdefault(main, []).append(part)
    whole = [
        dress(together(device, of_main.get(mac, ()), every), settled)
        for mac, device in every.items()
        if mac not in settled.mains
    ]
    return sorted(whole, key=lambda device: device.first_at)


def together(device: Device, parts: Sequence[Mac], every: Mapping[Mac, Device]) -> Device:
    """Give *device* with its *parts*, as far as they are among *every*; without, as it is."""
    joined_by_evidence = frozenset(device.also)
    device = replace(device, also=tuple(parts))
    others = [every[part] for part in parts if part in every]
    if not others:
        return device
    # Dictionaries, because they keep the order and each value once.
    latest = sorted((device, *others), key=lambda each: -each.last_at)
    evidence = _evidence((device, *others), joined_by_evidence)
    identity = identify(evidence)
    return replace(
        device,
        addresses=tuple(dict.fromkeys(ip for each in latest for ip in each.addresses)),
        names=tuple(dict.fromkeys(name for each in (device, *others) for name in each.names)),
        maker=identity.maker.value,
        kind=identity.kind.value or Kind.UNKNOWN,
        model=identity.model.value,
        os=identity.os.value,
        gateway=any(each.gateway for each in (device, *others)),
        first_at=min(each.first_at for each in latest),
        last_at=latest[0].last_at,
        evidence=evidence,
        trust=_trust((device, *others)),
        contacts=_contacts((device, *others)),
    )


def _trust(devices: Iterable[Device]) -> Trust:
    found = {each.trust for each in devices}
    return next(
        (trust for trust in (Trust.APPROVED, Trust.LEARNT) if trust in found), Trust.UNKNOWN
    )


def _evidence(
    devices: Sequence[Device], joined_by_evidence: Container[Mac]
) -> tuple[Evidence, ...]:
    """Give all evidence, each piece once, weightiest first; and why the others are here."""
    found: dict[Evidence, Evidence] = {}
    for each in (each for device in devices for each in device.evidence):
        timeless = replace(each, first_at=0.0, last_at=0.0)
        before = found.get(timeless, each)
        found[timeless] = replace(
            each,
            first_at=min(before.first_at, each.first_at),
            last_at=max(before.last_at, each.last_at),
        )
    why = [
        Evidence(
            source=JOINED,
            says=f"{part.mac} = {devices[0].mac}",
            weight=HIGH,
            first_at=part.first_at,
            last_at=part.last_at,
        )
        for part in devices[1:]
        if part.mac in joined_by_evidence
    ]
    return tuple(sorted((*found.values(), *why), key=lambda each: (-each.weight, each.first_at)))


def _contacts(devices: Iterable[Device]) -> tuple[Contact, ...]:
    found: dict[tuple[Table, str], Contact] = {}
    for each in (each for device in devices for each in device.contacts):
        before = found.get((each.table, each.host))
        found[each.table, each.host] = each if before is None else _added(before, each)
    return tuple(found.values())


def _added(one: Contact, other: Contact) -> Contact:
    return replace(
        one,
        first_at=min(one.first_at, other.first_at),
        last_at=max(one.last_at, other.last_at),
        octets_in=one.octets_in + other.octets_in,
        loaded_at=max(one.loaded_at, other.loaded_at),
    )
