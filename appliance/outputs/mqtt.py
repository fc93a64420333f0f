"""Alerts and the state for a broker (MQTT 3.1.1), as Home Assistant finds them by itself.

``<topic>/alert`` has each message in JSON, sent so that the broker confirms it (QoS 1);
``<topic>/state`` and ``<topic>/danger`` say how the practice is, kept by the broker (retained);
``<topic>/availability`` turns to ``offline`` by the broker itself when we are gone (last will). Two
more topics introduce a sensor and a binary sensor to Home Assistant (its "MQTT discovery").
"""

import json
from contextlib import suppress
from threading import Event
from typing import Any

from paho.mqtt.client import Client, MQTTMessageInfo
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode

from appliance.config_outputs import Mqtt
from appliance.model import Level
from appliance.outputs.way import PATIENCE, Later, State, said, secret, trust
from appliance.outputs.webhook import said_of
from appliance.store.outbox import Item
from appliance.texts import say

_ALIVE = 30
"""Seconds after which the broker is asked for a sign of life."""

_HELD = 100
"""Messages the library holds at most; we send one at a time."""


class MqttWay:
    """Talks to the broker that *about* says; with *shows*, it says how the practice is, too."""

    def __init__(
        self, about: Mqtt, language: str, *, shows: bool = True, patience: float = PATIENCE
    ) -> None:
        self.local = about.local
        self._about = about
        self._language = language
        self._shows = shows
        self._patience = patience
        self._password = secret(about.password_file)
        self._trust = trust(about.trust_file) if about.security == "tls" else None
        self._client: Client | None = None
        self._shown: State | None = None

    def send(self, item: Item) -> None:
        """Send *item*; the broker has confirmed it when this returns."""
        body = json.dumps(said_of(item), ensure_ascii=False)
        self._publish({self._topic("alert"): body}, retain=False)

    def show(self, state: State) -> None:
        """Say how the practice is, where that is new to the broker."""
        client = self._client
        if not self._shows or (state == self._shown and client and client.is_connected()):
            return
        self._publish(
            {
                self._topic("state"): self._words(state.level),
                self._topic("danger"): "ON" if state.danger else "OFF",
            },
            retain=True,
        )
        self._shown = state

    def close(self) -> None:
        """Say goodbye."""
        client = self._client
        if client is None:
            return
        if self._shows and client.is_connected():
            with suppress(ValueError, RuntimeError):
                gone = client.publish(self._topic("availability"), "offline", 1, retain=True)
                gone.wait_for_publish(1.0)
        self._drop()

    def _topic(self, last: str) -> str:
        return f"{self._about.topic}/{last}"

    def _words(self, level: Level) -> str:
        return say(self._language, f"mqtt.state_of.{level}")

    def _publish(self, told: dict[str, str], *, retain: bool) -> None:
        try:
            client = self._connected()
            for topic, body in told.items():
                self._confirmed(client.publish(topic, body, 1, retain=retain))
        except (OSError, ValueError, RuntimeError) as error:
            self._drop()
            raise Later(said(error)) from None
        except Later:
            self._drop()
            raise

    def _confirmed(self, sent: MQTTMessageInfo) -> None:
        sent.wait_for_publish(self._patience)
        if not sent.is_published():
            raise Later("the broker did not confirm it")

    def _connected(self) -> Client:
        if self._client is not None and self._client.is_connected():
            return self._client
        self._drop()
        # A connection that the library made anew by itself would not be introduced.
        client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
        client.max_queued_messages_set(_HELD)
        client.connect_timeout = self._patience
        if self._trust:
            client.tls_set_context(self._trust)
        if self._about.user:
            client.username_pw_set(self._about.user, self._password)
        if self._shows:
            client.will_set(self._topic("availability"), "offline", 1, retain=True)
        self._client = client
        answered, reasons = Event(), list[Any]()

        def connected(*told: Any) -> None:
            reasons.append(told[3])
            answered.set()

        client.on_connect = connected
        client.connect(self._about.host, self._about.port, _ALIVE)
        if client.loop_start() is not MQTTErrorCode.MQTT_ERR_SUCCESS:
            raise Later("there is no thread to talk to the broker")
        if not answered.wait(self._patience):
            raise Later("the broker gives no answer")
        if reasons[0].is_failure:
            raise Later(f"the broker does not let us in: {reasons[0]}")
        if self._shows:
            self._introduce(client)
        return client

    def _introduce(self, client: Client) -> None:
        self._shown = None
        for topic, body in introductions(self._about, self._language).items():
            self._confirmed(client.publish(topic, body, 1, retain=True))
        self._confirmed(client.publish(self._topic("availability"), "online", 1, retain=True))

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.disconnect()
            client.loop_stop()


def introductions(about: Mqtt, language: str) -> dict[str, str]:
    """Give what introduces us to Home Assistant, by topic (its "MQTT discovery")."""
    if not about.discovery:
        return {}
    shared = {
        "availability_topic": f"{about.topic}/availability",
        "device": {"identifiers": [f"vigie_{about.topic}"], "name": "Vigie", "model": "Vigie"},
        "origin": {"name": "Vigie"},
    }
    sensors: dict[str, dict[str, object]] = {
        "binary_sensor": {"device_class": "safety", "payload_on": "ON", "payload_off": "OFF"},
        "sensor": {
            "device_class": "enum",
            "options": [say(language, f"mqtt.state_of.{level}") for level in Level],
        },
    }
    named = {"binary_sensor": "danger", "sensor": "state"}
    return {
        f"{about.discovery}/{kind}/vigie_{about.topic}/{named[kind]}/config": json.dumps(
            {
                "name": say(language, f"mqtt.{named[kind]}"),
                "unique_id": f"vigie_{about.topic}_{named[kind]}",
                "state_topic": f"{about.topic}/{named[kind]}",
                **own,
                **shared,
            },
            ensure_ascii=False,
        )
        for kind, own in sensors.items()
    }
