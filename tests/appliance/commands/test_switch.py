"""``vigie switch --check``: what the switch says of the port, before anything depends on it."""

import sys
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from appliance.cli import main
from appliance.commands import FAILED, OK, UNUSABLE
from appliance.switch.near import Near
from appliance.texts import say
from tests.kit.snmp_switch import OTHER, UPLINK, SnmpSwitch, settings, snmp_switch
from tests.kit.vigie import ROOT, config_in, started


def checked(folder: Path, switch: SnmpSwitch, **more: Any) -> int:
    told = settings(switch, folder)
    given = {
        "address": told.address,
        "port": told.port,
        "uplink": told.uplink,
        "version": told.version,
        "community_file": told.community_file,
        **more,
    }
    return main(["switch", "--check", "--config", str(config_in(folder, switch=given))])


def test_a_port_that_can_be_shut_is_said_with_its_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with snmp_switch() as switch:
        assert checked(tmp_path, switch) == OK
        assert switch.admin() == 1
    said = capsys.readouterr().out
    assert "49 te1: admin up, oper up" in said
    assert "takes Vigie's orders" in said
    assert "prooftest --switch" in said


def test_a_shut_port_is_left_shut(tmp_path: Path) -> None:
    with snmp_switch() as switch:
        switch.move(up=False)
        assert checked(tmp_path, switch) == OK
        assert switch.admin() == 2


@pytest.mark.parametrize(
    ("how", "more", "words"),
    [
        ({"deaf": True}, {}, "does not answer"),
        ({"locked": True}, {}, "refuses"),
        ({}, {"uplink": "te7"}, "te7"),
    ],
)
def test_what_would_keep_a_cut_from_working_is_said(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    how: dict[str, Any],
    more: dict[str, Any],
    words: str,
) -> None:
    with snmp_switch(**how) as switch:
        assert checked(tmp_path, switch, **more) == FAILED
    assert words in capsys.readouterr().out


@pytest.mark.skipif(not Near().own() or not Near().gateway(), reason="no gateway is known here")
@pytest.mark.parametrize(
    ("own", "gateway", "status", "words"),
    [
        (OTHER, UPLINK, OK, "is behind this port"),
        (UPLINK, UPLINK, FAILED, "will not shut it"),
        (OTHER, OTHER, FAILED, "not behind this one"),
    ],
)
def test_who_is_behind_the_port_is_said(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    own: int,
    gateway: int,
    status: int,
    words: str,
) -> None:
    near = Near()
    with snmp_switch() as switch:
        switch.learn(near.own(), own)
        switch.learn(near.gateway(), gateway)
        assert checked(tmp_path, switch) == status
    assert words in capsys.readouterr().out


def test_without_a_switch_there_is_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["switch", "--check", "--config", str(config_in(tmp_path))]) == UNUSABLE
    assert "[switch]" in capsys.readouterr().err


def test_a_box_without_a_switch_says_so_and_waits_for_one_to_be_set(tmp_path: Path) -> None:
    with started("switch", "--config", config_in(tmp_path)) as switch:
        assert switch.stdout is not None
        assert switch.stdout.readline() == say("en", "switch.none") + "\n"
        switch.terminate()
        assert switch.wait(timeout=10) == 0


def test_waiting_loads_nothing_that_speaks_to_switches() -> None:
    code = "import sys, appliance.cli, appliance.commands.switch; print(*sys.modules)"
    told = run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pysnmp", "pyasn1", "asyncio"} & {*told.stdout.split()}


def test_a_secret_that_is_missing_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with snmp_switch() as switch:
        missing = {"community_file": str(tmp_path / "none")}
        assert checked(tmp_path, switch, **missing) == UNUSABLE
    assert "cannot be read" in capsys.readouterr().err
