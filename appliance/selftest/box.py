"""What the box is, how it is set, and what it sees now: asked of the parts that run."""

import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from appliance.config import Config
from appliance.config_place import usual
from appliance.lists.entry import ListError
from appliance.lists.index import Lists
from appliance.lists.taking_up import load
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.selftest.samples import Changed, changed
from appliance.sensor.card import default_card
from appliance.sensor.source import CaptureError
from appliance.sight import REPLAYING, Sign, alive, signs
from appliance.site import Site
from appliance.store import Reader, StoreTrouble
from appliance.store.writer import NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The box at one moment."""

    practice: str
    name: str
    version: str
    at: float
    config: Path | None
    """The file that sets it; None where all is as delivered."""
    card: str
    """The card it listens to; empty when none can be found."""
    changed: tuple[Changed, ...]
    """Limits that are not as delivered."""
    signs: tuple[Sign, ...]
    """What the sensor and the panel say, and whether the lists can be used."""


def look(config: Config, file: Path | None, now: float) -> tuple[Box, Lists]:
    """Give the box that *config*, from *file* or the usual place, sets, and the lists in use."""
    lists, of_lists = _lists(config.state / "lists")
    box = Box(
        practice=config.practice.name,
        name=socket.gethostname(),
        version=metadata.version("vigie"),
        at=now,
        config=file or usual(),
        card=config.capture.card or _default_card(),
        changed=tuple(
            one for name, limits in config.detectors.items() for one in changed(limits, name)
        ),
        signs=(*_sensor(config.state, now), *_panel(config.run), *of_lists),
    )
    return box, lists


def _default_card() -> str:
    try:
        return default_card()
    except CaptureError:
        return ""


def _sensor(state: Path, now: float) -> Iterator[Sign]:
    reader = Reader(state)
    try:
        health = reader.health()
    except StoreTrouble as trouble:
        ours = os.access(state / NAME, os.R_OK)
        yield Sign(holds=False, key=trouble.what if ours else "selftest.no_right")
        return
    finally:
        reader.close()
    yield from signs(health, now)
    if health and health.learning and alive(health, now) and REPLAYING not in health.faults:
        yield Sign(holds=True, key="selftest.learning")


def _panel(run: Path) -> Iterator[Sign]:
    try:
        status = PanelClient(run / "panel.sock").status()
    except (PanelUnreachable, PanelRefused):
        yield Sign(holds=False, key="selftest.no_panel")
        return
    yield Sign(holds=True, key="selftest.panel")
    if status.simulated:
        yield Sign(holds=False, key="selftest.simulated")
    for fault in status.faults:
        yield Sign(holds=False, key=f"panel.fault.{fault}")


def _lists(folder: Path) -> tuple[Lists, tuple[Sign, ...]]:
    """Give the lists in use; those of the delivery when others cannot be read."""
    try:
        return load(folder), (Sign(holds=True, key="selftest.lists"),)
    except (ListError, OSError):
        return Site.unknown().lists, (Sign(holds=False, key="selftest.lists_refused"),)
