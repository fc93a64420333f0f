"""Which icon stands for what: those of ``static/vendor/icons.svg``, and our own of kinds.

``static/kinds.svg`` holds one drawing for each `Kind`, under its name.
"""

from collections.abc import Mapping

from appliance.knowledge.kinds import Kind

STATE: Mapping[str, str] = {
    "well": "circle-check",
    "learning": "hourglass",
    "look": "eye",
    "danger": "octagon-alert",
    "counting": "hourglass",
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

SUPPORT: Mapping[str, str] = {
    "ended": "circle-x",
    "depends": "circle-alert",
    "supported": "circle-check",
    "unknown": "circle-question-mark",
}

DUE: Mapping[str, str] = {"due": "hourglass", "soon": "history"}

ALL: Mapping[str, Mapping[str, str]] = {
    "state": STATE,
    "severity": SEVERITY,
    "trust": TRUST,
    "check": CHECK,
    "uplink": UPLINK,
    "support": SUPPORT,
    "due": DUE,
}

_ROLES: Mapping[str, str] = {"mill": Kind.PRINTER_3D, "other": Kind.UNKNOWN}
"""Roles that are no kind."""


def of_kind(kind: str, role: str = "") -> str:
    """Give the drawing in ``static/kinds.svg`` for a device: by its *kind*, else by its *role*."""
    for name in (kind, _ROLES.get(role, role)):
        if name in frozenset(Kind) and name != Kind.UNKNOWN:
            return str(name)
    return str(Kind.UNKNOWN)
