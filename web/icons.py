"""Which icon of the sprite (``static/vendor/icons.svg``) stands for what."""

from collections.abc import Mapping

STATE: Mapping[str, str] = {
    "well": "circle-check",
    "learning": "hourglass",
    "look": "eye",
    "danger": "octagon-alert",
    "blind": "eye-off",
    "isolated": "unplug",
    "isolated_unproven": "octagon-alert",
    "unreachable": "circle-question-mark",
    "off": "minus",
}

SEVERITY: Mapping[str, str] = {
    "notice": "info",
    "warning": "circle-alert",
    "danger": "octagon-alert",
}

TRUST: Mapping[str, str] = {
    "learnt": "history",
    "approved": "badge-check",
    "unknown": "circle-question-mark",
}

CHECK: Mapping[str, str] = {"yes": "check", "no": "circle-x", "unknown": "circle-dashed"}

UPLINK: Mapping[str, str] = {
    "connected": "plug",
    "isolated": "unplug",
    "unknown": "circle-question-mark",
}

DEVICE: Mapping[str, str] = {
    "sensor": "scan-line",
    "panoramic": "scan-face",
    "intraoral_scanner": "scan-line",
    "unit": "armchair",
    "steriliser": "thermometer",
    "printer_3d": "box",
    "mill": "cog",
    "acquisition_pc": "monitor",
    "workstation": "monitor",
    "server": "server",
    "nas": "hard-drive",
    "card_reader": "id-card",
    "payment_terminal": "credit-card",
    "printer": "printer",
    "internet_box": "router",
    "access_point": "wifi",
    "switch": "network",
    "camera": "cctv",
    "phone": "smartphone",
    "tablet": "tablet",
    "television": "tv",
    "iot": "cpu",
    "other": "circle-dashed",
}
"""By role or kind."""

ALL: Mapping[str, Mapping[str, str]] = {
    "state": STATE,
    "severity": SEVERITY,
    "trust": TRUST,
    "check": CHECK,
    "uplink": UPLINK,
    "device": DEVICE,
}
