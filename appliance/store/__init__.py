"""The only package that knows SQL: values go in, values come out.

`Watch` is what the sensor writes, `Office` what people write, `Reader` what everybody reads;
`months.Months` adds up what happened in a month. Each table has one writer, so two processes never
wait long for each other.

    vigie.db             devices, alerts, health, traffic, hours watched (Watch);
                         decisions, incidents, users, sessions, audit (Office)
    outbox.db            messages to people and programs (`outbox.Outbox`; counted in `tally`)
    flows-YYYYMMDD.db    conversations, a file per day (Watch)
    vigie.db.spare       its copy, at most a day old (Watch)
    ballast              room kept for the day the card is full
    *.damaged-…          what was found damaged, as it was found
"""

from appliance.store.audit import AuditCheck, AuditEntry
from appliance.store.flows import Conversation
from appliance.store.office import Office
from appliance.store.people import Role, User
from appliance.store.reader import Reader
from appliance.store.traffic import Count, Traffic
from appliance.store.trouble import StoreTrouble, Trouble
from appliance.store.watch import Watch

__all__ = [
    "AuditCheck",
    "AuditEntry",
    "Conversation",
    "Count",
    "Office",
    "Reader",
    "Role",
    "StoreTrouble",
    "Traffic",
    "Trouble",
    "User",
    "Watch",
]
