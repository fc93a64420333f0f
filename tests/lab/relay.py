"""The lab's relay: it opens the uplink for real, the link between switch and router.

All other pins are simulated (`appliance.panel.pins`); the rest of the panel is the real one.
"""

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from appliance.panel.pins import PinError, SimulatedPins
from tests.lab.namespaces import inside


class LabRelay(SimulatedPins):
    """Pins whose relay sits in the cable *port* of the switch; no contact, no button."""

    simulated = False

    def __init__(
        self, switch: str, port: str, *, wired_wrong: bool = False, route: str = ""
    ) -> None:
        """*switch* is the switch's namespace; *wired_wrong*: the coil moves, the link stays.

        *route*: by which gateway that machine reaches the rest; it forgets when its link is down.
        """
        super().__init__()
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

    def close(self) -> None:
        """See `Pins`."""
        self._door.close()
