"""The real panel and what asks for it, in threads, on fast clocks: a proof takes no ten seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from appliance.config import Automatic, Config, Panel
from appliance.config_switch import Switch
from appliance.panel.client import PanelClient
from appliance.panel.clocks import Clocks
from appliance.panel.pins import SimulatedPins
from appliance.panel.service import serve
from appliance.probe import service as probe
from tests.kit.front_panel import GATEWAY, GATEWAY_MAC, Neighbours
from tests.lab.awaiting import until

PACE = 20.0
"""Seconds of the panel in a second."""


@dataclass
class Wiring(SimulatedPins):
    """Pins of a relay in the uplink of *cable*, behind which the gateway is."""

    cable: Neighbours
    simulated: bool = False
    wired_wrong: bool = False
    """The relay cuts some other cable."""

    def __post_init__(self) -> None:
        super().__init__()

    def drive(self, isolated: bool) -> None:
        super().drive(isolated)
        if isolated and not self.wired_wrong:
            self.cable.there.pop(GATEWAY, None)
        else:
            self.cable.there[GATEWAY] = GATEWAY_MAC


@dataclass
class Here:
    """A panel that runs here."""

    config: Config
    cable: Neighbours = field(default_factory=Neighbours)

    @property
    def client(self) -> PanelClient:
        return PanelClient(self.config.run / "panel.sock")


@contextmanager
def panel_here(
    folder: Path,
    *,
    wired_wrong: bool = False,
    pace: float = PACE,
    panel: Panel | None = None,
    switch: Switch | None = None,
    automatic: Automatic | None = None,
) -> Iterator[Here]:
    """Run a panel that keeps everything in *folder*; it answers from the beginning of the block."""
    config = Config(
        state=folder / "state",
        run=folder / "run",
        panel=panel or Panel(pins="simulated"),
        switch=switch or Switch(),
        automatic=automatic or Automatic(),
    )
    here, over, began = Here(config), Event(), time.time()
    clocks = Clocks(
        now=lambda: began + (time.time() - began) * pace, steady=lambda: time.monotonic() * pace
    )
    pins = Wiring(here.cable, wired_wrong=wired_wrong)
    threads = (
        Thread(target=serve, args=(config, pins, clocks, over.is_set)),
        Thread(target=probe.serve, args=(config, here.cable, clocks.steady, over.is_set)),
    )
    try:
        for thread in threads:
            thread.start()
            until("the panel answers", 10, (config.run / "panel.sock").exists)
        yield here
    finally:
        over.set()
        for thread in threads:
            thread.join()
