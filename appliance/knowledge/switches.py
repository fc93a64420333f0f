"""Where small switches are told to mirror: for whoever sets the box up."""

from dataclasses import dataclass
from functools import cache

from appliance.knowledge.tables import rows

UNCONFIRMED = "memory"
"""The ``basis`` of a row for which no document was found."""


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
    address: str
    """Where its pages are while no router gave it another address; may be empty."""
    notes: str
    """What to mind: keys of the texts (``wizard.switch``), or empty."""
    source: str
    says: str
    """What the source says, and what it leaves open."""
    confidence: str
    basis: str

    @property
    def minds(self) -> tuple[str, ...]:
        """Give the key of each text of what to mind, that nobody confirmed it first of all."""
        doubt = ("unconfirmed",) if self.basis == UNCONFIRMED else ()
        return tuple(f"wizard.switch.{note}" for note in (*doubt, *self.notes.split()))

    @property
    def confirmed(self) -> bool:
        """Tell whether somebody has written down what the row says."""
        return self.basis != UNCONFIRMED


@cache
def switches() -> tuple[Switch, ...]:
    """Give the table, in its order."""
    return tuple(Switch(**row) for row in rows("mirror_switches"))
