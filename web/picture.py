"""How the practice is right now, as every page shows it: what the panel says, taken as it is.

The light and the pages must never disagree, so the level comes from the panel alone. When the
panel does not answer, the pages say just that and claim nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from appliance.model import Level
from appliance.panel.client import PanelClient, PanelUnreachable
from appliance.panel.status import PanelStatus
from appliance.store import StoreTrouble

LEVELS = (*(level.value for level in Level), "off")
"""All that the light can say, and that it is dark."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The state of the practice."""

    status: PanelStatus | None
    """What the panel says; None when it does not answer."""

    @property
    def state(self) -> str:
        """The level of the light, or ``unreachable``: a key of the texts' ``[state]``."""
        return self.status.light.value if self.status else "unreachable"

    @property
    def uplink(self) -> str:
        """``connected``, ``isolated`` or ``unknown``."""
        return str(self.status.state) if self.status else "unknown"

    @property
    def title(self) -> str:
        """The key of the state's title; the same words as on the command line."""
        return f"panel.level.{self.state}.title" if self.status else "state.unreachable.title"

    @property
    def cut_title(self) -> str:
        """The key of what is known of the cut, in short."""
        return self._cut("title")

    @property
    def cut_sentence(self) -> str:
        """The key of what is known of the cut."""
        return self._cut("sentence")

    def _cut(self, part: str) -> str:
        proof = f"panel.proof.{self.status.told}" if self.status else "isolation.unknown"
        return f"{proof}.{part}"


def look(panel: PanelClient) -> Picture:
    """Ask the panel how things are."""
    try:
        return Picture(status=panel.status())
    except PanelUnreachable:
        return Picture(status=None)


def or_none(ask: Callable[[], T]) -> T | None:
    """Give what *ask* gives, or None when the database cannot be used now."""
    try:
        return ask()
    except StoreTrouble:
        return None
