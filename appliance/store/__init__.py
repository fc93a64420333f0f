"""The only package that knows SQL: values go in, values come out.

`Watch` is what the sensor writes, `Office` what people write, `Reader` what everybody reads;
`months.Months` adds up what happened in a month. Each table has one writer, so two processes never
wait long for each other.

    vigie.db             devices, alerts, health, traffic, hours watched (Watch);
                         decisions, incidents, users, sessions, audit (Office)
    outbox.db            messages to people and programs (`outbox.Outbox`; counted in `tally`)
    flows-YYYYMMDD.db    conversations, a file per day (Watch)
    vigie.db.spare       its copy, at most a day old (Watch)
    before-upgrade/      both as the former build left them (`appliance.update`)
    before-restore/      what a restore replaced (`appliance.backup`)
    ballast              room kept for the day the card is full
    *.damaged-…          what was found damaged, as it was found
"""

from appliance.store.audit import Asked, AuditCheck, AuditEntry, Head
from appliance.store.days import Looked
from appliance.store.flows import Conversation
from appliance.store.office import Office
from appliance.store.people import Role, Session, User
from appliance.store.reader import Reader
from appliance.store.search import Term
from appliance.store.sifting import Number, Page, Sift, Sifted
from appliance.store.talks import Pair, Speaker, Talk
from appliance.store.traffic import Count, Traffic
from appliance.store.trouble import StoreTrouble, Trouble
from appliance.store.watch import Watch

__all__ = [
    "Asked",
    "AuditCheck",
    "AuditEntry",
    "Conversation",
    "Count",
    "Head",
    "Looked",
    "Number",
    "Office",
    "Page",
    "Pair",
    "Reader",
    "Role",
    "Session",
    "Sift",
    "Sifted",
    "Speaker",
    "StoreTrouble",
    "Talk",
    "Term",
    "Traffic",
    "Trouble",
    "User",
    "Watch",
]
