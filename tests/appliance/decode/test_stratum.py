"""Lines of stratum, against Python's JSON writer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decode import stratum
from appliance.decode.envelope import Envelope
from appliance.facts import StratumSpoken
from appliance.model import Ip, Mac

MINER, MINER_IP, POOL_IP = Mac("02:00:00:00:00:0a"), Ip("192.0.2.10"), Ip("198.51.100.7")
ENVELOPE = Envelope(1.0, MINER, Mac("02:00:00:00:00:01"), MINER_IP, POOL_IP, 50_000, 3333)
WALLET = "4AbCdEfGhIjKlMnOpQrStUvWxYz"


def line(**what: object) -> bytes:
    return json.dumps(what).encode() + b"\n"


def tight(**what: object) -> bytes:
    return json.dumps(what, separators=(",", ":")).encode() + b"\n"


def heard(payload: bytes) -> tuple[bool, str, str] | None:
    if not stratum.begins(payload):
        return None
    (fact,) = stratum.read(payload, ENVELOPE)
    assert isinstance(fact, StratumSpoken)
    assert WALLET not in repr(fact)
    return fact.server, fact.method, fact.program


LOGIN = {"login": WALLET, "pass": "x", "agent": "XMRig/6.21.0 (Windows NT 10.0)", "algo": ["rx/0"]}


@pytest.mark.parametrize("write", [line, tight])
def test_what_miners_say_first_is_told_with_their_program(write):
    """Bitcoin's, Monero's and Ethereum's; spaces or none; the wallet is nowhere in the fact."""
    said = write(id=1, method="mining.subscribe", params=["cpuminer/2.5.1"])
    assert heard(said) == (False, "mining.subscribe", "cpuminer/2.5.1")
    said = write(id=1, jsonrpc="2.0", method="login", params=LOGIN)
    assert heard(said) == (False, "login", "XMRig/6.21.0")
    said = write(
        worker="eth1.0", jsonrpc="2.0", params=[WALLET, "x"], id=2, method="eth_submitLogin"
    )
    assert heard(said) == (False, "eth_submitLogin", "")
    said = write(method="mining.authorize", params=[WALLET, "x"], id=2)
    assert heard(said) == (False, "mining.authorize", "")


def test_a_worker_in_the_place_of_the_program_is_not_kept():
    said = line(id=1, method="mining.subscribe", params=[WALLET])
    assert heard(said) == (False, "mining.subscribe", "")


def test_what_pools_say_is_the_pools():
    assert heard(line(id=None, method="mining.notify", params=[]))[:2] == (True, "mining.notify")
    job = {"blob": "0e0e", "job_id": "1", "target": "b88d0600"}
    assert heard(tight(jsonrpc="2.0", method="job", params=job))[:2] == (True, "job")


@pytest.mark.parametrize(
    "payload",
    [
        line(jsonrpc="2.0", id=1, method="Player.GetActivePlayers", params={}),
        line(jsonrpc="2.0", id=1, method="login", params={"user": "alice", "pass": "x"}),
        line(id=1, method="login", params={"agent": "Home/1.0"}),
        line(id=1, method="job", params={"name": "print"}),
        line(id=4, type="call_service", domain="light"),
        line(id=1, method="eth_blockNumber", params=[]),
        b'{"id": 1, "text": "mining.subscribe"}',
        b'{"id',
    ],
)
def test_other_programs_that_speak_json_are_passed_over(payload: bytes):
    """A player, a home, another log-in, and what asks Ethereum without working for it."""
    assert heard(payload) is None


@given(st.binary(max_size=300), st.integers(0, 300))
def test_nothing_raises_and_what_is_kept_stays_short(noise: bytes, cut: int):
    """No prefix of a line, no random bytes, no hostile name."""
    whole = tight(id=1, method="login", params=LOGIN)
    for payload in (whole[:cut], noise, b'{"id' + noise, whole[:cut] + noise):
        for fact in stratum.read(payload, ENVELOPE):
            assert isinstance(fact, StratumSpoken)
            assert len(fact.program) <= 64
