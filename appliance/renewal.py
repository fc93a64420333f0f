"""How old a device is, and whether it is worth replacing (``[renewal]`` of the configuration)."""

from dataclasses import dataclass
from datetime import date

from appliance.config import Renewal
from appliance.knowledge.kinds import Kind

WORKSTATIONS = frozenset({Kind.WORKSTATION, Kind.ACQUISITION_PC})
SERVERS = frozenset({Kind.SERVER, Kind.NAS})
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How old a device is."""

    months: int
    due: str = ""
    """``due``, ``soon``, or empty: a key of the texts."""

    @property
    def counted(self) -> tuple[str, int]:
        """Key and number of the largest whole unit."""
        years = self.months // _MONTHS
        return ("years", years) if years else ("months", self.months)


def age(bought_on: str, kind: str, limits: Renewal, today: date) -> Age | None:
    """Give the age of a device of *kind* on *today*; None when nobody said when it was bought."""
    try:
        bought = date.fromisoformat(bought_on)
    except ValueError:
        return None
    months = (today.year - bought.year) * _MONTHS + today.month - bought.month
    months = max(0, months - (today.day < bought.day))
    return Age(months=months, due=_due(months / _MONTHS, kind, limits))


def _due(years: float, kind: str, limits: Renewal) -> str:
    if kind in WORKSTATIONS:
        last = limits.workstation_years
    elif kind in SERVERS:
        last = limits.server_years
    else:
        return ""
    if years >= last:
        return "due"
    return "soon" if years >= limits.hint_years else ""
