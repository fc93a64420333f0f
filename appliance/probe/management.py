"""The management card: where the box may ask questions, and the gateway that it uses itself.

Read from the kernel's tables, no packet is sent for it. On the capture card the box asks nothing,
unless the configuration names that card on purpose.
"""

import logging
from pathlib import Path
from typing import Protocol

from appliance.config import Config
from appliance.probe.anchors import Anchors, Asker
from appliance.probe.near import Medium
from appliance.probe.wire import Wire
from appliance.routes import ROUTES, default_route

_log = logging.getLogger(__name__)


class Network(Protocol):
    """What the box may ask, and whom."""

    @property
    def medium(self) -> Medium | None:
        """What takes questions; None while there is no card or no right."""

    @property
    def gateway(self) -> str:
        """The box's own gateway; empty when it has none."""

    @property
    def outside(self) -> Asker | None:
        """What asks the internet; None while there is no card for it, or nobody to ask."""

    def look(self) -> None:
        """Look again: the network comes up later, and cards are unplugged."""

    def close(self) -> None:
        """Ask nobody any more."""


class Management:
    """The `Network` that *config* and the kernel tell of."""

    def __init__(self, config: Config, routes: Path = ROUTES) -> None:
        self._config = config
        self._routes = routes
        self._complained = ""
        self.medium: Wire | None = None
        self.outside: Anchors | None = None
        self.gateway = ""
        self.look()

    def look(self) -> None:
        """Open the socket when that was not possible before; keep a gateway once it is known."""
        route_card, gateway = default_route(self._routes)
        card = self._card(route_card)
        if card and card == route_card:
            self.gateway = gateway
        if card and self.outside is None and self._config.panel.anchors:
            panel = self._config.panel
            self.outside = Anchors(panel.anchors, panel.anchor_names, card)
        if self.medium is not None:
            self.medium.refresh()
        elif card:
            try:
                self.medium = Wire(card)
            except OSError as error:
                self._complain(f"The gateway cannot be asked on {card}: {error.strerror}.")

    def close(self) -> None:
        """Close the sockets."""
        if self.medium is not None:
            self.medium.close()
        if self.outside is not None:
            self.outside.close()

    def _card(self, route_card: str) -> str:
        if self._config.panel.management_card:
            return self._config.panel.management_card
        capture_card = self._config.capture.card or route_card
        return route_card if route_card != capture_card else ""

    def _complain(self, sentence: str) -> None:
        if sentence != self._complained:
            _log.warning(sentence)
            self._complained = sentence
