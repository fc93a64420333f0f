"""Alerts and devices to tell of."""

from appliance.model import Alert, AlertState, Device, Ip, Mac, Severity

NOON = 1_795_604_400.0
"""25 November 2026, 12:00 in Paris."""
SENSOR = Mac("02:00:00:00:00:0a")
PC = Mac("02:00:00:00:00:0b")

DEVICES = (
    Device(mac=SENSOR, given_name="Capteur 2", kind="sensor", first_at=NOON, last_at=NOON),
    Device(mac=PC, names=("PC-ACCUEIL",), kind="workstation", first_at=NOON, last_at=NOON),
)


def alert(number: int = 0, severity: Severity = Severity.WARNING, **more: object) -> Alert:
    """Give an alert; each *number* is another."""
    given: dict[str, object] = {
        "id": f"{number:016x}",
        "key": ("brute_force", str(number)),
        "detector": "brute_force",
        "severity": severity,
        "about": SENSOR,
        "first_at": NOON + number,
        "last_at": NOON + number,
        "count": 1,
        "state": AlertState.OPEN,
        "words": {
            "client": SENSOR,
            "target": PC,
            "protocol": "SMB",
            "tries": "40",
            "accounts": "dr.durand",
            "entered": "0",
        },
        "attack": ("T1110",),
        "src_ip": Ip("192.168.1.10"),
        "dest_ip": Ip("192.168.1.11"),
    }
    return Alert(**{**given, **more})  # type: ignore[arg-type] # named above
