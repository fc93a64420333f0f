"""How far an intrusion is when a finding fits it.

The order is that of the tactics of MITRE ATT&CK (https://attack.mitre.org/tactics/enterprise/),
with one exception. ATT&CK lists command and control after lateral movement; on the wire a
foothold calls home before it looks around, so here it comes second.
"""

from enum import IntEnum


class Stage(IntEnum):
    """A step of an intrusion; what comes later in one has the higher number."""

    ARRIVAL = 0
    """Something new is on the network: by itself no step of an intrusion (hardware additions)."""
    ENTRY = 1
    """Initial access and execution: something of a stranger has come in."""
    CONTROL = 2
    """Command and control: it speaks with somebody outside."""
    LOOKING = 3
    """Discovery: it looks for what else there is."""
    SPREADING = 4
    """Credential access and lateral movement: it makes its way to others."""
    HARM = 5
    """Exfiltration and impact: data leave, or are destroyed."""
