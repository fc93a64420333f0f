"""DCE/RPC over TCP: who logs on in it (`rpc_bind`), and what is bound and called (`rpc_heads`)."""

from collections.abc import Iterator

from appliance.decode import rpc_bind, rpc_heads
from appliance.decode.envelope import Envelope
from appliance.decode.rpc_heads import Said
from appliance.facts import Fact


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins with a message that is read."""
    return rpc_heads.begins(payload) or rpc_bind.begins(payload)


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact | Said]:
    """Give the facts in *payload*, and what is bound and called in it."""
    yield from rpc_heads.read(payload, envelope)
    if rpc_bind.begins(payload):
        yield from rpc_bind.read(payload, envelope)
