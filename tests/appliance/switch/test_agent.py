"""Asking by SNMP: against Debian's own agent (version 3), and one built on scapy (version 2c)."""

import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.config_switch import Switch
from appliance.switch.agent import LONGEST, TRIES, TRY, Agent, Refused, Unanswered, Unusable
from appliance.switch.bridge import UP, Bridge, NoPort
from tests.kit.real_snmpd import SNMPD, real_snmpd
from tests.kit.snmp_switch import UPLINK, settings, snmp_switch

TELLS_OF_REFUSALS = (1, 3, 6, 1, 2, 1, 11, 30, 0)
"""snmpEnableAuthenTraps (RFC 3418): 1 or 2, and may be written."""
DESCRIBES_ITSELF = (1, 3, 6, 1, 2, 1, 1, 1, 0)

real = pytest.mark.skipif(SNMPD is None, reason="snmpd is missing")


@real
@pytest.mark.parametrize(
    ("auth", "privacy"), [("sha256", "aes"), ("sha512", "aes"), ("sha", "aes"), ("sha", "des")]
)
def test_a_real_agent_is_read_and_written_by_version_3(
    tmp_path: Path, auth: str, privacy: str
) -> None:
    with real_snmpd(tmp_path, auth, privacy) as switch:
        agent = Agent(switch)
        bridge = Bridge(agent)
        port = bridge.port(bridge.find("lo"))
        assert (port.name, port.admin) == ("lo", UP)
        for number in (1, 2):
            agent.set(TELLS_OF_REFUSALS, number)
            assert agent.get(TELLS_OF_REFUSALS) == [number]
        agent.close()


@real
def test_a_user_who_may_see_the_ports_only_sees_nothing_else(tmp_path: Path) -> None:
    """So the switch can be set up that what is stolen from the box opens nothing more."""
    with real_snmpd(tmp_path) as switch:
        agent = Agent(switch)
        assert agent.get(DESCRIBES_ITSELF) == [None]
        assert Bridge(agent).behind(["02:00:00:00:00:01"]) == {}
        with pytest.raises(NoPort):
            Bridge(agent).find("nosuch0")
        agent.close()


@real
@pytest.mark.parametrize("wrong", ["user", "auth_file", "privacy_file"])
def test_a_wrong_user_or_password_is_refused_or_not_answered(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "other").write_text("encore un autre")
    with real_snmpd(tmp_path) as switch:
        value = "nobody" if wrong == "user" else str(tmp_path / "other")
        agent = Agent(replace(switch, **{wrong: value}))
        with pytest.raises((Refused, Unanswered)):
            agent.get(TELLS_OF_REFUSALS)
        agent.close()


@real
def test_a_switch_that_was_restarted_is_asked_on(tmp_path: Path) -> None:
    """Its clock began anew, and what was agreed before counts no more."""
    with real_snmpd(tmp_path) as first:
        agent = Agent(first)
        assert agent.get(TELLS_OF_REFUSALS) != [None]
    with pytest.raises(Unanswered):
        agent.get(TELLS_OF_REFUSALS)
    with real_snmpd(tmp_path, port=first.port):
        assert agent.get(TELLS_OF_REFUSALS) != [None]
    with real_snmpd(tmp_path, port=first.port):  # it was not asked while it was away
        with suppress(Unanswered, Refused):
            agent.get(TELLS_OF_REFUSALS)
        assert agent.get(TELLS_OF_REFUSALS) != [None]
    agent.close()


def test_a_switch_that_is_silent_is_given_up_after_some_seconds(tmp_path: Path) -> None:
    with snmp_switch(deaf=True) as switch:
        agent = Agent(settings(switch, tmp_path))
        began = time.monotonic()
        with pytest.raises(Unanswered):
            agent.get(TELLS_OF_REFUSALS)
        assert time.monotonic() - began >= TRY * TRIES - 0.1
        assert TRY * TRIES < LONGEST
        switch.deaf = False
        assert Bridge(agent).port(UPLINK).admin == UP
        agent.close()


def test_a_wrong_community_is_not_answered(tmp_path: Path) -> None:
    with snmp_switch() as switch:
        wrong = settings(switch, tmp_path)
        Path(wrong.community_file).write_text("autre")
        agent = Agent(wrong)
        with pytest.raises(Unanswered):
            agent.get(TELLS_OF_REFUSALS)
        agent.close()


def test_a_card_that_is_not_there_is_no_way_to_the_switch(tmp_path: Path) -> None:
    with snmp_switch() as switch:
        agent = Agent(settings(switch, tmp_path), "nosuchcard0")
        with pytest.raises(Unanswered):
            agent.get(TELLS_OF_REFUSALS)
        agent.close()


@pytest.mark.parametrize("content", [None, b"", b"court", b"\xff" * 9, b"two\nlines here"])
def test_a_secret_that_cannot_be_used_is_said_and_not_shown(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "auth"
    if content is not None:
        file.write_bytes(content)
    switch = Switch(address="127.0.0.1", uplink="1", user="vigie", auth_file=str(file))
    agent = Agent(switch)
    with pytest.raises(Unusable) as caught:
        agent.get(TELLS_OF_REFUSALS)
    agent.close()
    assert str(file) in str(caught.value)
    assert "court" not in str(caught.value)
    assert "lines" not in str(caught.value)
