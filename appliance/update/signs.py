"""What shows that the box works: the panel's answer, and what the sensor saw last."""

from dataclasses import dataclass

from appliance.config import Config
from appliance.panel.client import PanelClient, PanelUnreachable
from appliance.store import Reader, StoreTrouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """How the box was at one moment."""

    state: str = ""
    """What was ordered of the line, as the panel says; empty: it did not answer."""
    since: float = 0.0
    """Since when."""
    looked_at: float = 0.0
    """When the sensor last said how it sees; 0: never."""
    seeing: bool = False
    """Packets came in then."""


def look(config: Config) -> Signs:
    """Ask panel and database of the box of *config*."""
    try:
        state, since = PanelClient(config.run / "panel.sock").line()
    except PanelUnreachable:
        state, since = "", 0.0
    reader = Reader(config.state)
    try:
        health = reader.health()
    except StoreTrouble:
        health = None
    finally:
        reader.close()
    if health is None:
        return Signs(state=state, since=since)
    return Signs(state=state, since=since, looked_at=health.at, seeing=health.seeing)
