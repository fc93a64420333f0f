"""DCE/RPC fragments: which interfaces a client binds, and which procedures it then calls.

C706 chapter 12, [MS-RPCE] section 2.2.2. A request names its interface only by a number that the
bind gave it; `rpc_calls` joins the two.
"""

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple, TypeAlias
from uuid import UUID

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed

MOST_CONTEXTS = 16
"""Interfaces of one bind that are read; Windows binds one, with up to three ways to write it."""
_MOST_FRAGMENTS = 8
"""Fragments of one segment that are read; a client sends one, or the end of its logon and one."""

_VERSION, _NEWEST_MINOR = 5, 1
_REQUEST, _BIND, _ALTER = 0, 11, 14
_KINDS = frozenset((_REQUEST, _BIND, _ALTER))
_KIND_AT, _FLAGS_AT, _ORDER_AT, _SIZE_AT, _VALUE_AT = 2, 3, 4, 8, 10
_FIRST, _OBJECT = 0x01, 0x80
"""Flags: the first fragment of a call; an object's UUID stands before what is handed over."""
_HEAD = 16
_UUID = 16
_VERIFIER = 8
"""Before the verifier's value, at the end of a fragment."""
_CONTEXTS_AT, _CONTEXT = _HEAD + 12, 24
"""Behind sizes, group and count; a context has number, count, UUID and version, then …"""
_SYNTAX = 20
"""… as many of these."""
_COUNT_AT = _HEAD + 8
_CALL_AT, _STUB_AT = _HEAD + 4, _HEAD + 8
_SIZES = {0: Struct(">HH"), 0x10: Struct("<HH")}
"""Two numbers of 16 bits, by the order of bytes in a fragment."""


class Bound(NamedTuple):
    """A client says which interfaces it will call, and by which number."""

    envelope: Envelope
    file: int
    """Number of the named pipe; 0: the conversation is RPC's own."""
    contexts: tuple[tuple[int, str], ...]
    adds: bool
    """To those bound before."""


class Called(NamedTuple):
    """A client calls a procedure of an interface that it bound."""

    envelope: Envelope
    file: int
    context: int
    operation: int
    stub: bytes
    """What is handed over, as far as it is in this fragment and segment."""


Said: TypeAlias = Bound | Called


def begins(payload: bytes, at: int = 0) -> bool:
    """Tell whether a fragment that is read begins *at* of *payload*."""
    return (
        len(payload) >= at + _HEAD
        and payload[at] == _VERSION
        and payload[at + 1] <= _NEWEST_MINOR
        and payload[at + _KIND_AT] in _KINDS
        and payload[at + _ORDER_AT] in _SIZES
    )


def read(payload: bytes, envelope: Envelope, file: int = 0) -> Iterator[Said]:
    """Give what is said in the fragments that *payload* begins with."""
    at = 0
    for _ in range(_MOST_FRAGMENTS):
        if len(payload) < at + _HEAD or payload[at] != _VERSION:
            return
        numbers = _SIZES.get(payload[at + _ORDER_AT])
        if numbers is None:
            raise Malformed
        size, value = numbers.unpack_from(payload, at + _SIZE_AT)
        if size < _HEAD + (value and _VERIFIER + value):
            raise Malformed
        if begins(payload, at):
            fragment = payload[at : at + size - (value and _VERIFIER + value)]
            yield from _said(fragment, numbers, envelope, file)
        at += size


def _said(fragment: bytes, numbers: Struct, envelope: Envelope, file: int) -> Iterator[Said]:
    kind, flags = fragment[_KIND_AT], fragment[_FLAGS_AT]
    if kind != _REQUEST:
        contexts = tuple(_contexts(fragment, numbers))
        if contexts:
            yield Bound(envelope, file, contexts, kind == _ALTER)
    elif flags & _FIRST and len(fragment) >= _STUB_AT:
        context, operation = numbers.unpack_from(fragment, _CALL_AT)
        stub = fragment[_STUB_AT + (_UUID if flags & _OBJECT else 0) :]
        yield Called(envelope, file, context, operation, stub)


def _contexts(fragment: bytes, numbers: Struct) -> Iterator[tuple[int, str]]:
    if len(fragment) < _CONTEXTS_AT:
        return
    at, little = _CONTEXTS_AT, numbers is _SIZES[0x10]
    for _ in range(min(fragment[_COUNT_AT], MOST_CONTEXTS)):
        if len(fragment) < at + _CONTEXT:
            return
        number, _ = numbers.unpack_from(fragment, at)
        raw = fragment[at + 4 : at + 4 + _UUID]
        yield number, str(UUID(bytes_le=raw) if little else UUID(bytes=raw))
        at += _CONTEXT + _SYNTAX * fragment[at + 2]
