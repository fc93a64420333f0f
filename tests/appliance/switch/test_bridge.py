"""One port of a switch, and behind which port a machine is: read from what switches really say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.switch.agent import Agent, Refused
from appliance.switch.bridge import DOWN, SHOWN, UP, Bridge, NoPort
from tests.kit.snmp_switch import (
    BOX,
    GATEWAY,
    INTERFACE,
    MORE,
    OTHER,
    UPLINK,
    SnmpSwitch,
    settings,
    snmp_switch,
)


@pytest.fixture
def switch() -> Iterator[SnmpSwitch]:
    with snmp_switch() as made:
        yield made


@pytest.fixture
def bridge(switch: SnmpSwitch, tmp_path: Path) -> Iterator[Bridge]:
    agent = Agent(settings(switch, tmp_path))
    yield Bridge(agent)
    agent.close()


@pytest.mark.parametrize("uplink", ["te1", "port te1", "49"])
def test_a_port_is_found_by_its_name_its_description_or_its_number(
    bridge: Bridge, uplink: str
) -> None:
    assert bridge.find(uplink) == UPLINK


def test_a_port_that_the_technician_named_is_found_by_that(
    bridge: Bridge, switch: SnmpSwitch
) -> None:
    switch.objects[f"{MORE}.18.{UPLINK}"] = "vers la box é".encode()
    assert bridge.find("vers la box é") == UPLINK


def test_a_name_that_looks_like_a_number_goes_before_the_number(
    bridge: Bridge, switch: SnmpSwitch
) -> None:
    """Many switches call their ports 1, 2, 3 and number them otherwise."""
    switch.objects[f"{MORE}.1.{UPLINK}"] = b"5"
    assert bridge.find("5") == UPLINK


@pytest.mark.parametrize("uplink", ["te2", "50", ""])
def test_a_port_that_the_switch_does_not_know_is_no_port(bridge: Bridge, uplink: str) -> None:
    with pytest.raises(NoPort):
        bridge.find(uplink)


def test_a_name_of_two_ports_is_none(bridge: Bridge, switch: SnmpSwitch) -> None:
    switch.objects[f"{MORE}.1.{OTHER}"] = b"te1"
    with pytest.raises(NoPort):
        bridge.find("te1")


def test_a_port_is_shut_and_opened_again(bridge: Bridge, switch: SnmpSwitch) -> None:
    for up, admin in ((False, DOWN), (True, UP)):
        bridge.set(UPLINK, up=up)
        assert switch.admin() == bridge.port(UPLINK).admin == bridge.port(UPLINK).oper == admin
        assert switch.admin(OTHER) == UP


def test_a_switch_that_lets_nobody_write_says_so(bridge: Bridge, switch: SnmpSwitch) -> None:
    switch.locked = True
    with pytest.raises(Refused):
        bridge.set(UPLINK, up=False)
    assert bridge.port(UPLINK).admin == UP


@pytest.mark.parametrize("vlan", [None, 1, 20])
def test_who_is_behind_which_port_is_told_with_and_without_virtual_networks(
    bridge: Bridge, switch: SnmpSwitch, vlan: int | None
) -> None:
    switch.learn(GATEWAY, UPLINK, vlan)
    switch.learn(BOX, OTHER, vlan)
    assert bridge.behind([GATEWAY, BOX]) == {GATEWAY: UPLINK, BOX: OTHER}


def test_whom_a_switch_has_not_learnt_is_nowhere(bridge: Bridge) -> None:
    assert bridge.behind([GATEWAY]) == {}
    assert bridge.behind([]) == {}


def test_a_machine_behind_a_port_that_has_no_number_is_nowhere(
    bridge: Bridge, switch: SnmpSwitch
) -> None:
    switch.learn(GATEWAY, 77)
    assert bridge.behind([GATEWAY]) == {}


def test_a_port_is_spelt_shortly_and_without_what_no_terminal_shows(
    bridge: Bridge, switch: SnmpSwitch
) -> None:
    switch.objects[f"{MORE}.1.{UPLINK}"] = b"\x1b[31m" + b"x" * 500
    switch.objects[f"{INTERFACE}.8.{UPLINK}"] = 7
    spelt = str(bridge.port(UPLINK))
    assert spelt.isprintable()
    assert len(spelt) < SHOWN + 40
    assert spelt.endswith("admin up, oper 7")
