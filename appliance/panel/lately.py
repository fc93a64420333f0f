"""What was ordered lately, by a clock that never steps: to set the time of day shortens no wait."""

from dataclasses import replace

from appliance.panel.latch import Kind, Order


class Lately:
    """When somebody ordered to isolate, and when the line was joined; since the panel started."""

    def __init__(self) -> None:
        self._isolate_asked: float | None = None
        self._joined: float | None = None

    def timed(self, order: Order, calm_since: float, steady: float) -> Order:
        """Give *order* with how long ago these were.

        For one on site only what others ordered counts, *calm_since* then.
        """
        asked = calm_since if order.on_site else self._isolate_asked
        return replace(
            order,
            after_isolate=None if asked is None else steady - asked,
            after_reconnect=None if self._joined is None else steady - self._joined,
        )

    def remember(self, order: Order, steady: float, *, joined: bool) -> None:
        """Keep when *order* came, carried out or refused; *joined*: it joined the line."""
        if order.kind is Kind.ISOLATE:
            self._isolate_asked = steady
        elif joined:
            self._joined = steady
