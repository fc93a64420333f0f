"""The lab's relay: it opens the uplink for real, a link between two namespaces.

The panel drives its real pins (`appliance.panel.gpio`) on gpiozero's mock of a Raspberry Pi. What
is behind these pins is here: a coil, an armature, the contact in the cable, and feedback contacts
that the same armature moves, as force-guided ones are (IEC 61810-3). So a fault is a wire that is
off, and not a verdict.
"""

import json
from dataclasses import asdict, dataclass

from gpiozero.pins.mock import MockFactory, MockPWMPin
from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from appliance.config import Panel
from appliance.panel.gpio import GpioPins
from appliance.panel.pins import PinError
from tests.lab.namespaces import inside

RELAY, WRONG = 17, 26
"""The pin that the panel drives, and one that it does not know."""
FEEDBACK, OPPOSITE = 5, 6
BUTTON = 27


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """How relay, contacts and cable are put together."""

    relay: bool = True
    """There is one."""
    beyond: bool = False
    """The relay sits in the cable beyond the router."""
    pin: int = RELAY
    """Where the relay board's input is."""
    coil: bool = True
    """It pulls; else it is burnt through."""
    welded: bool = False
    """The contact in the cable is stuck, and holds the armature."""
    contacts: int = 0
    """Feedback contacts that are fitted: none, one, or one and its opposite."""
    torn: bool = False
    """The wire of the first one is off."""
    shorted: bool = False
    """The wire of the first one touches ground."""

    def settings(self) -> str:
        """Give the lines of ``[panel]`` that an installer writes for it."""
        names = ("feedback", "feedback_opposite")[: self.contacts]
        pins = zip(names, (FEEDBACK, OPPOSITE), strict=False)
        kind = "" if self.relay else 'relay_kind = "none"\n'
        return kind + "".join(f"{name} = {pin}\n" for name, pin in pins)

    def spelled(self) -> str:
        """Give it as an argument of `tests.lab.panel`."""
        return json.dumps(asdict(self))


WELL_WIRED = Wiring()


class Cable:
    """The cable *port* in the namespace *machine*, which the relay's contact opens."""

    def __init__(self, machine: str, port: str, route: str = "") -> None:
        """*route*: by which gateway the machine reaches the rest; it forgets with its link."""
        self._route = route
        with inside(machine):
            self._door = IPRoute()
        (self._index,) = self._door.link_lookup(ifname=port)
        self._opened: bool | None = None

    def set(self, *, opened: bool) -> None:
        """Open or close it; raises PinError. Where it is already, others may have shut the port."""
        if opened is self._opened:
            return
        try:
            self._door.link("set", index=self._index, state="down" if opened else "up")
            if self._route and not opened:
                self._door.route("replace", dst="default", gateway=self._route)
        except NetlinkError as error:
            raise PinError(str(error)) from error
        self._opened = opened

    def close(self) -> None:
        """Let go of it, as it is."""
        self._door.close()


class LabPins(GpioPins):
    """The panel's pins with everything behind them."""

    def __init__(self, panel: Panel, isolated: bool, cable: Cable, wiring: Wiring) -> None:
        """Claim the pins; the relay is driven to *isolated*, and the rest follows."""
        self._board = MockFactory(pin_class=MockPWMPin)
        self._cable, self._wiring = cable, wiring
        super().__init__(panel, isolated, self._board)
        self._follow()

    def drive(self, isolated: bool) -> None:
        """See `Pins`."""
        super().drive(isolated)
        self._follow()

    def hold_button(self, down: bool) -> None:
        """Press the button, or let go of it."""
        self._ground(BUTTON, closed=down)

    def close(self) -> None:
        """See `Pins`."""
        super().close()
        self._cable.close()

    def _follow(self) -> None:
        """Let coil, armature and contacts do what current makes them do."""
        how = self._wiring
        energised = bool(self._board.pin(how.pin).state)
        pulled = energised and how.coil and not how.welded
        if how.relay:
            self._cable.set(opened=pulled)
        if how.contacts:
            self._ground(FEEDBACK, closed=how.shorted or (pulled and not how.torn))
        if how.contacts > 1:
            self._ground(OPPOSITE, closed=not pulled)

    def _ground(self, pin: int, *, closed: bool) -> None:
        wire = self._board.pin(pin)
        if closed:
            wire.drive_low()
        else:
            wire.drive_high()
