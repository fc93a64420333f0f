"""What a row of a table says of a device, and how much that weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from appliance.knowledge.kinds import Kind

HIGH: Final = 60
"""More than half of 100: one certain sign decides alone."""
MEDIUM: Final = 35
"""Two that agree outweigh one certain sign that says otherwise, one alone does not."""
LOW: Final = 15
"""Two together do not outweigh a medium one; it decides only where nothing else speaks."""

_FOUND = {"high": HIGH, "medium": MEDIUM, "low": LOW}
_REMEMBERED = {"high": MEDIUM, "medium": LOW, "low": LOW}
"""One step less for what nobody has read again in a source (``basis`` is ``memory``)."""


class Source(StrEnum):
    """What was seen of the device; the name of each is a key of the texts."""

    HARDWARE_ADDRESS = "hardware_address"
    NAME = "name"
    SHARE = "share"
    MDNS = "mdns"
    SSDP = "ssdp"
    DHCP = "dhcp"
    """Option 60, what a client calls itself."""
    DHCP_PARAMETERS = "dhcp_parameters"
    """Option 55, what a client asks for."""
    NTLM = "ntlm"
    SMB_DIALECT = "smb_dialect"
    SMB_ENCRYPTED = "smb_encrypted"
    """What it shares is encrypted on the way: of the files nothing can be seen."""
    DICOM_IMPLEMENTATION = "dicom_implementation"
    DICOM_SERVICE = "dicom_service"
    PORT = "port"
    OUTSIDE_HOST = "outside_host"
    LLMNR = "llmnr"
    NBNS = "nbns"
    """NetBIOS names, and what their ends say."""
    HTTP = "http"
    SNMP = "snmp"
    WSD = "wsd"
    NEIGHBOUR = "neighbour"
    """LLDP and CDP."""
    HL7 = "hl7"
    BANNER = "banner"
    """What a server says first, and what answers as one would."""
    TCP_SHAPE = "tcp_shape"
    GATEWAY = "gateway"
    """Others reach the internet through it."""
    DHCP_SERVER = "dhcp_server"
    ROUTER_ADVERTISEMENT = "ra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Something that speaks for a device being this; an empty field says nothing."""

    kind: Kind = Kind.UNKNOWN
    maker: str = ""
    model: str = ""
    os: str = ""
    weight: int
    """1 to 100."""
    source_key: Source


def weigh(row: Mapping[str, str]) -> int:
    """Give the weight of what *row* says, from its columns ``confidence`` and ``basis``."""
    scale = _REMEMBERED if row["basis"] == "memory" else _FOUND
    return scale[row["confidence"]]


def hint(row: Mapping[str, str], source: Source) -> Hint | None:
    """Give what *row* says of a device, or None when that is nothing."""
    said = Hint(
        kind=Kind(row.get("kind") or Kind.UNKNOWN),
        maker=row.get("maker", ""),
        model=row.get("model", ""),
        os=row.get("os", ""),
        weight=weigh(row),
        source_key=source,
    )
    return said if tells(said) else None


def tells(said: Hint) -> bool:
    """Tell whether *said* says anything."""
    return bool(said.kind is not Kind.UNKNOWN or said.maker or said.model or said.os)
