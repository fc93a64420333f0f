"""What every view works with: the parts of the box, handed to the application once."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from appliance.config import Config
from appliance.panel.client import PanelClient
from appliance.standing import Standing
from appliance.store import Office, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The parts of the box that pages may ask."""

    standing: Standing
    """Gives the configuration as it stands: what is set on the pages counts from the next look."""
    reader: Reader
    office: Office
    panel: PanelClient
    now: Callable[[], float]
    """The clock, in seconds since 1970 UTC."""

    @property
    def config(self) -> Config:
        """The configuration as it stands now."""
        return self.standing.look()


def here() -> Box:
    """Give the box of the application that is answering."""
    box: Box = current_app.extensions["vigie"]
    return box
