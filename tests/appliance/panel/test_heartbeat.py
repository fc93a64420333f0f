"""The heartbeat: what the sensor sends arrives, and nothing else is taken for one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Level
from appliance.panel.heartbeat import (
    ADDRESSES,
    EXITS,
    GATEWAYS,
    SHOUTS,
    Exit,
    Gateway,
    Heartbeat,
    Offer,
    from_json,
    to_json,
)
from appliance.panel.request import parse
from tests.kit.front_panel import NOON, beat, gateway

times = st.floats(0, 4e9)
macs = st.binary(min_size=6, max_size=6).map(lambda data: data.hex(":"))
ips = st.sampled_from(["192.168.1.1", "fe80::1"]) | st.ip_addresses().map(str)
alerts = st.binary(min_size=8, max_size=8).map(lambda data: data.hex())
gateways = st.builds(Gateway, mac=macs, ips=st.lists(ips, max_size=ADDRESSES).map(tuple), at=times)
beats = st.builds(
    Heartbeat,
    level=st.sampled_from([Level.WELL, Level.LEARNING, Level.LOOK, Level.DANGER]),
    why=st.sampled_from(["", "health.no_card"]),
    seeing=st.booleans(),
    gateways=st.lists(gateways, max_size=GATEWAYS).map(tuple),
    lan_asks_at=st.none() | times,
    shouts=st.lists(alerts, max_size=SHOUTS).map(tuple),
    calls_out_at=st.none() | times,
    exits=st.lists(st.builds(Exit, mac=macs, at=times), max_size=EXITS).map(tuple),
    clock_set=st.booleans(),
    offers=st.lists(st.builds(Offer, mac=macs, ip=ips, at=times), max_size=EXITS).map(tuple),
)


@given(beats)
def test_what_is_sent_arrives(sent: Heartbeat) -> None:
    assert from_json(json.loads(json.dumps(to_json(sent)))) == sent


def test_the_fullest_heartbeat_is_a_request_that_is_read() -> None:
    mac, ip = "02:00:00:00:00:01", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"
    now = NOON + 0.123456789
    full = Heartbeat(
        level=Level.LEARNING,
        why="a" * 64,
        gateways=(Gateway(mac=mac, ips=(ip,) * ADDRESSES, at=now),) * GATEWAYS,
        lan_asks_at=now,
        calls_out_at=now,
        exits=(Exit(mac=mac, at=now),) * EXITS,
        offers=(Offer(mac=mac, ip=ip, at=now),) * EXITS,
    )
    assert parse(json.dumps({"do": "heartbeat", **to_json(full)}).encode()) == full


def test_only_so_many_gateways_are_sent() -> None:
    many = beat(others=[gateway(NOON)] * 99)
    assert len(to_json(many)["gateways"]) == GATEWAYS


def test_only_so_many_addresses_of_a_gateway_are_sent() -> None:
    many = beat(others=[Gateway(mac="02:00:00:00:00:01", ips=("fe80::1",) * 99, at=NOON)])
    assert len(to_json(many)["gateways"][-1]["ips"]) == ADDRESSES


def wrong(**changed: Any) -> dict[str, Any]:
    return {**to_json(beat()), **changed}


def wrong_gateway(**changed: Any) -> dict[str, Any]:
    return wrong(gateways=[{"mac": "02:00:00:00:00:01", "ips": [], "at": 1.0, **changed}])


@pytest.mark.parametrize(
    "given_",
    [
        {},
        wrong(level="blind"),
        wrong(level=["well"]),
        wrong(seeing="yes"),
        wrong(why="<b>"),
        wrong(why="a" * 65),
        wrong(lan_asks_at=True),
        wrong(lan_asks_at=float("nan")),
        wrong(lan_asks_at=10**400),
        wrong(shouts="0" * 16),
        wrong(shouts=["<b>"]),
        wrong(shouts=["0" * 16] * 17),
        wrong(gateways={}),
        wrong(calls_out_at="now"),
        wrong(exits={}),
        wrong(exits=[[]]),
        wrong(exits=[{"mac": "02:00:00:00:00:01"}]),
        wrong(exits=[{"mac": "<b>", "at": 1.0}]),
        wrong(exits=[{"mac": "02:00:00:00:00:01", "at": 1.0}] * 9),
        wrong(offers=[{"mac": "02:00:00:00:00:01", "ip": "x", "at": 1.0}]),
        wrong(offers=[{"mac": "02:00:00:00:00:01", "ip": "10.0.0.1", "at": 1.0}] * 9),
        wrong(gateways=[[]]),
        wrong(gateways=[{}] * 17),
        wrong_gateway(mac=None),
        wrong_gateway(mac="zz"),
        wrong_gateway(ips=["192.168.1"]),
        wrong_gateway(ips=["1.2.3.4\n"]),
        wrong_gateway(ips=["fe80::1", ""]),
        wrong_gateway(ips=["fe80::1%eth0"]),
        wrong_gateway(ips="fe80::1"),
        wrong_gateway(ips=None),
        wrong_gateway(ips=["fe80::1"] * (ADDRESSES + 1)),
        wrong_gateway(at=None),
        wrong_gateway(at="now"),
    ],
)
def test_anything_else_is_no_heartbeat(given_: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the one error for all of them
        from_json(given_)
