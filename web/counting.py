"""The count-down to an automatic cut, as every page shows it."""

from dataclasses import dataclass
from math import ceil

from appliance.panel.status import PanelStatus
from web.box import here
from web.picture import or_none
from web.wording import Names, titled


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A count-down in words."""

    seconds: int
    """Until the cut, by the box's clock."""
    ends_at: float
    title: str
    """What was seen."""
    device: str
    """On which machine; empty when the database cannot say so."""
    alert: str
    """Its identifier; empty when there is no page of it."""


def counting(status: PanelStatus | None, language: str) -> Counting | None:
    """Give the count-down that *status* tells of, if any."""
    found = status.count_down if status else None
    if found is None:
        return None
    reader = here().reader
    alert = or_none(lambda: reader.alert(found.alert))
    names = Names.of(or_none(reader.devices) or ()) if alert else None
    return Counting(
        seconds=max(0, ceil(found.ends_at - here().now())),
        ends_at=found.ends_at,
        title=titled(language, found.detector),
        device=names.device(alert.about) if alert and names else "",
        alert=alert.id if alert else "",
    )
