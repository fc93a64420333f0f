"""Messages as they wait in the outbox."""

from appliance.model import Severity
from appliance.outputs.message import Kind, Message
from appliance.outputs.words import Wording, called
from appliance.store.outbox import Item
from tests.appliance.outputs.telling import DEVICES, NOON, SENSOR, alert


def item(
    number: int = 0,
    severity: Severity = Severity.WARNING,
    *,
    way: str = "way",
    who: str = "",
    to: str = "marie@example.org",
    name: str = "",
    details: bool = False,
) -> Item:
    """Give a message about an alert of its own, for a program or for *who*."""
    found = alert(number, severity)
    message = Message(
        kind=Kind.ALERT, way=way, who=who, alerts=(found.id,), severity=found.severity
    )
    devices = called(DEVICES)
    if name:
        devices[SENSOR] = devices[SENSOR].__class__(name=name, kind="sensor")
    wording = Wording(language="en", devices=devices, details=details)
    return Item(
        id=message.id,
        way=way,
        who=who,
        kind=message.kind,
        alert=found.id,
        severity=severity,
        created=NOON,
        due=NOON,
        content=wording.content(message, {found.id: found}, to),
    )
