"""An alert as ArcSight's Common Event Format, which most collectors read (version 0, "CEF: 0").

The head is split by ``|``, the rest is ``key=value`` with the keys of the format's dictionary.
"""

from importlib.metadata import PackageNotFoundError, version

from appliance.model import Severity
from appliance.outputs.words import clean
from appliance.store.outbox import Item

_SEVERITY = {Severity.NOTICE: 3, Severity.WARNING: 6, Severity.DANGER: 10}
"""From 0 to 10; 9 and 10 are "very high"."""


def event(item: Item) -> str:
    """Give *item* as one line."""
    data = item.content.get("data", {})
    device = data.get("device", {})
    title = data.get("title", item.content["subject"])
    head = ("Vigie", "vigie", _version(), data.get("detector", item.kind), title)
    named = {
        "externalId": item.id,
        "cnt": data.get("count", ""),
        "dvchost": device.get("name", ""),
        "cs1": device.get("kind", ""),
        "cs1Label": "deviceKind" if device.get("kind") else "",
        "smac": data.get("mac", ""),
        **_address("src", "c6a2", data.get("src_ip", "")),
        **_address("dst", "c6a3", data.get("dest_ip", "")),
        "msg": data.get("body") or data.get("advice", ""),
    }
    rest = " ".join(f"{key}={_rest(str(value))}" for key, value in named.items() if value != "")
    words = "|".join(_head(str(part)) for part in head)
    return f"CEF:0|{words}|{_SEVERITY[Severity(item.severity)]}|{rest}"


def _address(key: str, longer: str, address: str) -> dict[str, str]:
    """Give *address* under the key for its version."""
    return {longer if ":" in address else key: address}


def _head(text: str) -> str:
    return clean(text).replace("\\", "\\\\").replace("|", "\\|")


def _rest(text: str) -> str:
    return clean(text, 1000).replace("\\", "\\\\").replace("=", "\\=")


def _version() -> str:
    try:
        return version("vigie")
    except PackageNotFoundError:  # run from a folder, not installed
        return ""
