"""What the sensor goes by that is already written: after a restart, and of what people did."""

from appliance.decisions import Decision
from appliance.model import Alert, Case, Device
from appliance.store import alerts as alert_rows
from appliance.store import cases as case_rows
from appliance.store import decisions, incidents, roll
from appliance.store.trouble import StoreTrouble
from appliance.store.writer import Writer


class Recall:
    """Reads by the sensor's own writer; raises StoreTrouble where nothing else is said."""

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

    def incident_open(self) -> str:
        """Give the id of the incident that is open; empty, too, while none can be read."""
        try:
            return self._writer.read(incidents.open_id)
        except StoreTrouble:  # whoever asks for decisions says so
            return ""
