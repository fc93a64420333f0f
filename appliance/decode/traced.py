"""The one fact of all that look for traces of exploits."""

from appliance.decode.envelope import Envelope
from appliance.facts import ExploitTraced


def traced(envelope: Envelope, trace: str, *, answer: bool = False) -> ExploitTraced:
    """Give the fact that this message is part of the exploit *trace*."""
    return ExploitTraced(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        trace=trace,
        answer=answer,
    )
