"""Notices on telephones by ntfy (https://docs.ntfy.sh/publish/#publish-as-json).

Who knows the topic can read what is sent there, so the topic is a secret like a token. The id of
the message goes along as ``sequence_id``, by which newer servers replace a notice that comes twice.
"""

import json
from urllib.parse import urlsplit

from appliance.config_outputs import Ntfy
from appliance.model import Severity
from appliance.outputs.posting import post
from appliance.outputs.way import PATIENCE, Plain, secret, trust
from appliance.store.outbox import Item

_PRIORITY = {Severity.NOTICE: 2, Severity.WARNING: 4, Severity.DANGER: 5}
"""From 1 to 5, where 3 is usual; 5 rings for long."""

_SIGN = {Severity.NOTICE: "information_source", Severity.WARNING: "warning"}
_DANGER = "rotating_light"


class NtfyWay(Plain):
    """Posts to the server that *about* says."""

    def __init__(self, about: Ntfy, *, patience: float = PATIENCE) -> None:
        parts = urlsplit(about.url)
        self.local = about.local
        self._url = f"{parts.scheme}://{parts.netloc}/"
        self._patience = patience
        self._topic = secret(about.topic_file)
        self._token = secret(about.token_file)
        self._trust = trust(about.trust_file)

    def send(self, item: Item) -> None:
        """Send *item*; the server has taken it when this returns."""
        severity = Severity(item.severity)
        told = {
            "topic": self._topic,
            "title": item.content["subject"],
            "message": item.content["body"],
            "priority": _PRIORITY[severity],
            "tags": [_SIGN.get(severity, _DANGER)],
            "sequence_id": item.id,
        }
        post(
            self._url,
            json.dumps(told, ensure_ascii=False).encode(),
            {"Authorization": f"Bearer {self._token}"} if self._token else {},
            local=self.local,
            trusted=self._trust,
            patience=self._patience,
        )
