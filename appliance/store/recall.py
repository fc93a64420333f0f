"""What the sensor goes on with after a restart, as it was last written."""

from appliance.decisions import Decision
from appliance.model import Alert, Case, Device
from appliance.store import alerts as alert_rows
from appliance.store import cases as case_rows
from appliance.store import decisions, roll
from appliance.store.writer import Writer


class Recall:
    """Reads by the sensor's own writer; raises StoreTrouble."""

    _writer: Writer

    def known_devices(self) -> tuple[Device, ...]:
        """Give the devices, one for each hardware address."""
        return self._writer.read(roll.load)

    def open_alerts(self) -> tuple[Alert, ...]:
        """Give the alerts that are not closed, the one quiet for longest first."""
        return self._writer.read(alert_rows.not_closed)

    def open_cases(self) -> tuple[Case, ...]:
        """Give the cases that are not closed, the one quiet for longest first."""
        return self._writer.read(case_rows.not_closed)

    def decisions(self) -> tuple[Decision, ...]:
        """Give all that people decided, oldest first."""
        return self._writer.read(decisions.load)
