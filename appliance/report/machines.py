"""The machines of a month: updates and antivirus seen, support, and age."""

from collections.abc import Iterable
from datetime import date

from appliance.condition import Condition
from appliance.config import Renewal
from appliance.model import Device
from appliance.renewal import age
from appliance.report.facts import MACHINES, Machine, Upkeep
from appliance.upkeep import COMPUTERS, antivirus

_YEAR = 12


def machines(
    devices: Iterable[tuple[Device, Condition]], limits: Renewal, now: float, today: date
) -> tuple[tuple[Machine, ...], Upkeep]:
    """Give those of *devices* that matter, what needs something first, and all of them counted."""
    every = [machine(*each, limits, now, today) for each in devices if _matters(*each)]
    computers = [each for each in every if each.computer]
    upkeep = Upkeep(
        computers=len(computers),
        updated=sum(each.updated for each in computers),
        protected=sum(each.protected for each in computers),
        ended=sum(each.ended for each in every),
        due=sum(each.due == "due" for each in every),
        soon=sum(each.due == "soon" for each in every),
    )
    told = [each for each in every if each.computer or each.needs]
    told.sort(key=lambda each: (-each.needs, each.name.casefold()))
    return tuple(told[:MACHINES]), upkeep


def _matters(device: Device, condition: Condition) -> bool:
    """Tell whether anything of *device* can count or be told."""
    return condition.told.kind in COMPUTERS or condition.ended or bool(device.bought_on)


def machine(
    device: Device, condition: Condition, limits: Renewal, now: float, today: date
) -> Machine:
    """Give what is known of the upkeep of *device*, whose *condition* is that of *today*."""
    told, found = condition.told, condition.cared
    old = age(device.bought_on, told.kind, limits, today)
    systems = [each for each in found if each.subject == "system"]
    guards = [each for each in found if each.subject == "antivirus" and each.product]
    return Machine(
        name=device.name,
        kind=told.kind,
        system=told.seen.os.value,
        computer=told.kind in COMPUTERS,
        updated_at=max((each.updated_at for each in systems), default=0.0),
        updated=any(not each.quiet(now) for each in systems),
        antivirus=antivirus(found),
        protected=any(not each.quiet(now) for each in guards),
        ended=condition.ended,
        due=old.due if old else "",
        aged=old is not None,
        years=old.months // _YEAR if old else 0,
    )
