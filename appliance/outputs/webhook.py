"""A program that is told by HTTP, in JSON, with a signature it can check.

``Vigie-Signature`` is ``sha256=`` and, in hexadecimal, the HMAC-SHA256 (RFC 2104) of the time in
``Vigie-Timestamp`` (seconds since 1970), a full stop, and the body, with the secret both know. The
time is that of the attempt, so whoever checks it can refuse what was recorded and is played again.
``Idempotency-Key`` is the message's id, the same at each attempt.
"""

import hmac
import json

from appliance.config_outputs import Webhook
from appliance.outputs.posting import post
from appliance.outputs.way import PATIENCE, Clock, Plain, secret, trust
from appliance.store.outbox import Item


class WebhookWay(Plain):
    """Posts to the program that *about* says; *now* is the clock."""

    def __init__(self, about: Webhook, now: Clock, *, patience: float = PATIENCE) -> None:
        self.local = about.local
        self._url = about.url
        self._now = now
        self._patience = patience
        self._secret = secret(about.secret_file).encode()
        self._trust = trust(about.trust_file)

    def send(self, item: Item) -> None:
        """Send *item*; the program has taken it when this returns."""
        body = json.dumps(said_of(item), ensure_ascii=False).encode()
        at = str(int(self._now()))
        headers = {
            "Idempotency-Key": item.id,
            "Vigie-Timestamp": at,
            "Vigie-Signature": f"sha256={signature(self._secret, at, body)}",
        }
        post(
            self._url,
            body,
            headers,
            local=self.local,
            trusted=self._trust,
            patience=self._patience,
        )


def signature(key: bytes, at: str, body: bytes) -> str:
    """Sign *body* as sent at the time *at*."""
    return hmac.new(key, at.encode() + b"." + body, "sha256").hexdigest()


def said_of(item: Item) -> dict[str, object]:
    """Give what a program is told of *item*."""
    return {
        "id": item.id,
        "kind": item.kind,
        "subject": item.content["subject"],
        **item.content.get("data", {}),
    }
