"""The line: the relay and the latch on the card, and what of them is tried again."""

from pathlib import Path

from appliance.panel import latch_file
from appliance.panel.faults import Faults
from appliance.panel.latch import Latch
from appliance.panel.pins import AGAIN, PinError, Pins


class Line:
    """Moves the relay of *pins*, keeps the latch in *path*, and says which of it fails."""

    def __init__(self, pins: Pins, path: Path, faults: Faults) -> None:
        self._pins = pins
        self._path = path
        self._faults = faults
        self._again_at = 0.0

    def save(self, latch: Latch) -> OSError | None:
        """Write *latch*; give what the disk says when it refuses."""
        try:
            latch_file.save(self._path, latch)
        except OSError as error:
            return error
        return None

    def drive(self, latch: Latch, *, rests: bool = False) -> None:
        """Drive the relay to where *latch* is; one that *rests* joins, whatever the latch says."""
        try:
            self._pins.drive(latch.isolated and not rests)
        except PinError as error:
            self._faults.set("relay_failed", not error.partly, error)
            self._faults.set("relay_partial", error.partly, error)
        else:
            self._faults.set("relay_failed", False)
            self._faults.set("relay_partial", False)

    def tend(self, latch: Latch, steady: float, *, rests: bool = False) -> None:
        """Do what is due of a relay, and once a second what failed.

        That is a relay that does not follow, or a *latch* that is not on the disk; it *rests* while
        another channel is tested.
        """
        try:
            self._pins.tend()
        except PinError as error:
            self._faults.set("relay_failed", True, error)
        if steady < self._again_at:
            return
        self._again_at = steady + AGAIN
        if "latch_unsaved" in self._faults:
            refused = self.save(latch)
            self._faults.set("latch_unsaved", refused is not None, refused)
        if self._faults.any_of("relay_failed", "relay_partial", "contact_stuck"):
            self.drive(latch, rests=rests)

    def relay(self, *, rests: bool = False) -> str:
        """Tell how the relay is: a key of ``[panel.evidence]``."""
        if rests:
            return "relay_resting"
        if self._faults.any_of("relay_failed", "relay_partial"):
            return "relay_failed"
        return "relay_simulated" if self._pins.simulated else "relay_driven"
