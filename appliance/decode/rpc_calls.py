"""Remote procedures that are called: a request joined to the bind that says its interface.

Of each conversation, and of each named pipe in it, the interfaces last bound are remembered, for
1024 of them; a call in one that was bound before the box listened, or that had to leave, is not
told.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from appliance.decode import rpc_stubs
from appliance.decode.rpc_heads import MOST_CONTEXTS, Bound, Called, Said
from appliance.facts import Fact, RpcCalled
from appliance.memory import Memory
from appliance.model import Ip

BOUND = 1024
"""A domain controller of twenty computers has a few hundred at once."""

_Key: TypeAlias = tuple[Ip, Ip, int, int, int]
"""Client, server, their ports, and the number of the pipe."""


class Calls:
    """The interfaces that are bound."""

    def __init__(self, limit: int = BOUND) -> None:
        self._bound: Memory[_Key, tuple[tuple[int, str], ...]] = Memory(limit)

    @property
    def dropped(self) -> int:
        """Conversations and pipes that had to leave for others."""
        return self._bound.dropped

    def told(self, said: Iterable[Fact | Said]) -> Iterator[Fact]:
        """Give the facts in *said*; of what is said in DCE/RPC, the calls."""
        for it in said:
            if isinstance(it, Bound):
                self._bind(it)
            elif isinstance(it, Called):
                yield from self._call(it)
            else:
                yield it

    def _bind(self, bound: Bound) -> None:
        key, contexts = _key(bound), dict(bound.contexts)
        if bound.adds:
            contexts = dict(self._bound.get(key) or ()) | contexts
        self._bound.put(key, tuple(contexts.items())[-MOST_CONTEXTS:])

    def _call(self, called: Called) -> Iterator[RpcCalled]:
        interface = dict(self._bound.get(_key(called)) or ()).get(called.context)
        if interface is None:
            return
        envelope, stub, operation = called.envelope, called.stub, called.operation
        yield RpcCalled(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            sport=envelope.sport,
            dport=envelope.dport,
            interface=interface,
            operation=operation,
            pipe=bool(called.file),
            blank=rpc_stubs.blank(interface, operation, stub),
            far_path=rpc_stubs.far(interface, operation, stub, envelope.dst),
        )


def _key(said: Said) -> _Key:
    it = said.envelope
    return it.src, it.dst, it.sport, it.dport, said.file
