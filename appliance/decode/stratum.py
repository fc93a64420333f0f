"""Stratum, which programs that make crypto-money speak to their pool: lines of JSON.

There is no standard. Three kinds are told by their methods: Bitcoin's (stratum protocol
documentation, "mining.subscribe"), Ethereum's ("eth_submitLogin", as ethminer has it), and that
of Monero's programs ("login" with an agent or a list of algorithms, as xmrig-proxy documents it).
Wallets, names of workers and passwords are looked past; kept is the method, and the program's name
where it says one.
"""

import re
from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.reader import text
from appliance.facts import Fact, StratumSpoken

_LONGEST = 2048
"""Bytes of a line that are read; a login has 200 to 800."""
_AGENT_LONGEST = 64
_STARTS = frozenset((b'{"id', b'{"me', b'{"js', b'{"wo', b'{"pa', b'{ "i', b'{ "m'))
"""How lines begin: with id, method, jsonrpc, worker, params."""
_METHOD = re.compile(rb'"method"\s*:\s*"([a-zA-Z_.]{3,32})"').search
_OWN = frozenset(
    (
        *(b"mining.subscribe", b"mining.authorize", b"mining.configure", b"mining.submit"),
        *(b"mining.extranonce.subscribe", b"eth_submitLogin", b"eth_getWork"),
        *(b"eth_submitWork", b"eth_submitHashrate"),
    )
)
"""What only a miner says, …"""
_POOLS = frozenset((b"mining.notify", b"mining.set_difficulty", b"mining.set_extranonce"))
"""… and what only its pool does."""
_LOGIN, _JOB = b"login", b"job"
"""Words that others say, too: these count only with …"""
_MINES = re.compile(rb'"(?:agent|algo|rigid)"\s*:').search
_PASS = re.compile(rb'"pass"\s*:').search
_WORK = (b'"blob"', b'"target"')
_AGENT = re.compile(
    rb'"agent"\s*:\s*"([^"\\]{1,80})"|"mining\.subscribe".{0,40}"params"\s*:\s*\[\s*"([^"\\]{1,80})"'
    rb'|"params"\s*:\s*\[\s*"([^"\\]{1,80})"[^\[\]]{0,80}\].{0,40}"mining\.subscribe"',
    re.DOTALL,
).search
"""A program's name: in Monero's login, and as the first parameter of a subscription."""
_PROGRAM = re.compile(rb"[A-Za-z][A-Za-z -]{1,30}/v?\d[\w.-]{0,20}").match
"""As programs write it, ``XMRig/6.21.0``: a wallet or a worker's name does not look so."""


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins with a line of stratum."""
    return payload[:4] in _STARTS and _found(payload[:_LONGEST]) is not None


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in the line that *payload* begins with."""
    line = payload[:_LONGEST]
    method = _found(line)
    if method is None:
        return
    agent = _AGENT(line)
    named = _PROGRAM(next(filter(None, agent.groups()), b"")) if agent else None
    yield StratumSpoken(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        server=method in _POOLS or method == _JOB,
        method=method.decode(),
        program=text(named[0])[:_AGENT_LONGEST] if named else "",
    )


def _found(line: bytes) -> bytes | None:
    """Give the method that makes *line* one of stratum's."""
    said = _METHOD(line)
    if said is None:
        return None
    method = said[1]
    if method in _OWN or method in _POOLS:
        return method
    if method == _LOGIN and _PASS(line) and _MINES(line):
        return method
    return method if method == _JOB and all(word in line for word in _WORK) else None
