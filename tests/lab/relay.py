"""The lab's relay: it opens the uplink for real, the link between switch and router.

Stands in for a box's pins (`appliance.panel.pins.Pins`); the rest of the panel is the real one.
"""

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from appliance.panel.light import Colour
from appliance.panel.pins import PinError
from tests.lab.namespaces import inside


class LabRelay:
    """Pins whose relay sits in the cable *port* of the switch; no contact, no button."""

    simulated = False
    faults: tuple[str, ...] = ()

    def __init__(
        self, switch: str, port: str, *, wired_wrong: bool = False, route: str = ""
    ) -> None:
        """*switch* is the switch's namespace; *wired_wrong*: the coil moves, the link stays.

        *route*: by which gateway that machine reaches the rest; it forgets when its link is down.
        """
        self._route = route
        with inside(switch):
            self._door = IPRoute()
        (self._index,) = self._door.link_lookup(ifname=port)
        self._wired_wrong = wired_wrong

    def drive(self, isolated: bool) -> None:
        """See `Pins`."""
        if self._wired_wrong:
            return
        try:
            self._door.link("set", index=self._index, state="down" if isolated else "up")
            if self._route and not isolated:
                self._door.route("replace", dst="default", gateway=self._route)
        except NetlinkError as error:
            raise PinError(str(error)) from error

    def opened(self) -> bool | None:
        """See `Pins`."""
        return None

    def pressed(self) -> bool:
        """See `Pins`."""
        return False

    def show(self, colour: Colour, buzz: bool) -> None:
        """See `Pins`."""

    def close(self) -> None:
        """See `Pins`."""
        self._door.close()
