"""What every view works with: the parts of the box, handed to the application once."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from appliance.config import Config
from appliance.panel.client import PanelClient
from appliance.store import Office, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The parts of the box that pages may ask."""

    config: Config
    reader: Reader
    office: Office
    panel: PanelClient
    now: Callable[[], float]
    """The clock, in seconds since 1970 UTC."""


def here() -> Box:
    """Give the box of the application that is answering."""
    box: Box = current_app.extensions["vigie"]
    return box
