"""Remote procedures with which one machine acts on another (``data/remote_procedures.csv``)."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from appliance.knowledge.tables import rows


class Deed(StrEnum):
    """What a procedure does to the machine whose it is."""

    SERVICE = "service"
    """Creates a service: runs a program with all rights."""
    CHANGE = "change"
    START = "start"
    """Changes a service, starts one: on its own, a technician's everyday work."""
    TASK = "task"
    """Plans a task: runs a program."""
    WMI = "wmi"
    """Executes a method of management: runs a program, or reads something."""
    DCOM = "dcom"
    """Has an application do something."""
    SECRETS = "secrets"
    """Saves a part of the registry: the one that holds passwords is fetched so."""
    REPLICATION = "replication"
    """Has a domain controller hand over accounts, with what stands for their passwords."""
    SHARES = "shares"
    """Lists what a machine shares."""
    CONTROLLER = "controller"
    """Something that only domain controllers do for others."""


@cache
def _deeds() -> Mapping[tuple[str, int | None], Deed]:
    return {
        (row["interface"], int(row["operation"]) if row["operation"] else None): Deed(row["means"])
        for row in rows("remote_procedures")
    }


def deed(interface: str, operation: int) -> Deed | None:
    """Give what the procedure with this number in this *interface* does; None: nothing here."""
    known = _deeds()
    return known.get((interface, operation)) or known.get((interface, None))
