"""A broker, and Home Assistant behind it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.config_outputs import Mqtt
from appliance.model import Level
from appliance.outputs.mqtt import MqttWay, introductions
from appliance.outputs.way import Later, State
from tests.appliance.outputs.samples import item
from tests.kit.receivers import HERE, broker, identity
from tests.lab.awaiting import until

WELL = State(level=Level.WELL, danger=False)
DANGER = State(level=Level.DANGER, danger=True)


def about(port: int, **more: object) -> Mqtt:
    return Mqtt(host=HERE, port=port, security="none", **more)  # type: ignore[arg-type] # by name


def test_a_broker_is_told_the_alert_and_the_state(tmp_path: Path) -> None:
    with broker(tmp_path) as house:
        way = MqttWay(about(house.port), "en", patience=5)
        way.show(WELL)
        until("it is shown", 5, lambda: house.last("vigie/danger") == "OFF")
        assert house.last("vigie/availability") == "online"
        way.show(DANGER)
        way.send(item())
        until("it is told", 5, lambda: house.last("vigie/alert"))
        assert house.last("vigie/danger") == "ON"
        assert json.loads(house.last("vigie/alert") or "")["id"] == item().id
        shown = len(house.got)
        way.show(DANGER)
        way.close()
        until("it is gone", 5, lambda: house.last("vigie/availability") == "offline")
        assert len(house.got) == shown + 1


def test_the_state_is_told_again_to_a_broker_that_was_gone(tmp_path: Path) -> None:
    with broker(tmp_path) as first:
        way = MqttWay(about(first.port), "en", patience=5)
        way.show(WELL)
    until("that is noticed", 5, lambda: way._client and not way._client.is_connected())
    with pytest.raises(Later):
        way.show(WELL)
    with broker(tmp_path, first.port) as again:
        way.show(WELL)
        until("it is shown", 5, lambda: again.last("vigie/danger") == "OFF")
        way.close()


def test_a_test_message_leaves_the_state_alone(tmp_path: Path) -> None:
    with broker(tmp_path) as house:
        way = MqttWay(about(house.port), "en", shows=False, patience=5)
        way.show(DANGER)
        way.send(item())
        way.close()
        until("it is told", 5, lambda: house.last("vigie/alert"))
        assert {topic for topic, _ in house.got} == {"vigie/alert"}


def test_home_assistant_is_introduced_to_two_sensors() -> None:
    """Each says where its state is, and that it is not there when we are not."""
    found = {topic: json.loads(body) for topic, body in introductions(about(1883), "fr").items()}
    assert set(found) == {
        "homeassistant/binary_sensor/vigie_vigie/danger/config",
        "homeassistant/sensor/vigie_vigie/state/config",
    }
    assert len({one["unique_id"] for one in found.values()}) == 2
    for one in found.values():
        assert one["availability_topic"] == "vigie/availability"
        assert one["device"]["identifiers"] == ["vigie_vigie"]
    state = found["homeassistant/sensor/vigie_vigie/state/config"]
    assert (state["state_topic"], len(state["options"])) == ("vigie/state", len(Level))
    assert introductions(about(1883, discovery=""), "fr") == {}


# The library forgets the socket of a handshake that failed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broker_with_a_name_and_a_lock_is_talked_to_over_tls(tmp_path: Path) -> None:
    """And one that cannot prove its name, or does not know ours, is told nothing."""
    me, secret = identity(tmp_path), tmp_path / "secret"
    secret.write_text("geheim")
    with broker(tmp_path, who=me) as house:
        whole = replace(
            about(house.port),
            security="tls",
            user="vigie",
            password_file=str(secret),
            trust_file=str(me.file),
        )
        way = MqttWay(whole, "en", patience=5)
        way.send(item())
        until("it is told", 5, lambda: house.last("vigie/alert"))
        way.close()
        with pytest.raises(Later, match="certificate"):
            MqttWay(replace(whole, trust_file=""), "en", patience=5).send(item())
        secret.write_text("wrong")
        with pytest.raises(Later, match="does not let us in") as caught:
            MqttWay(whole, "en", patience=5).send(item())
        assert "wrong" not in str(caught.value)
