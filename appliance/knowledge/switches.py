"""Where small switches are told to mirror: for whoever sets the box up."""

from dataclasses import dataclass
from functools import cache

from appliance.knowledge.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A family of switches with one menu."""

    key: str
    maker: str
    models: str
    place: str
    """The way through its menus, in its own words."""
    target: str
    """The field for the port that the box hangs on."""
    sources: str
    """The field for the ports to watch."""
    note: str
    """What to mind: a key of the texts (``wizard.switch``), or empty."""
    source: str
    confidence: str
    basis: str
    """``memory``: the manual was not read again for the table."""


@cache
def switches() -> tuple[Switch, ...]:
    """Give the table, in its order."""
    return tuple(Switch(**row) for row in rows("mirror_switches"))
