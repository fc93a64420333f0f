"""A program that is told by HTTP."""

import hashlib
import hmac
import json
from pathlib import Path

from appliance.config_outputs import Webhook
from appliance.outputs.webhook import WebhookWay
from tests.appliance.outputs.samples import item
from tests.appliance.outputs.telling import NOON
from tests.kit.receivers import HERE, hook, identity


def test_a_program_can_tell_that_it_was_us_and_when(tmp_path: Path) -> None:
    """The signature is over time and body; the key is that of the message."""
    me, secret = identity(tmp_path), tmp_path / "secret"
    secret.write_text("geheim\n")
    with hook(me) as program:
        about = Webhook(
            url=f"https://{HERE}:{program.port}/told",
            secret_file=str(secret),
            trust_file=str(me.file),
            local=True,
        )
        WebhookWay(about, lambda: NOON, patience=5).send(item())
    (got,) = program.got
    at = got.headers["Vigie-Timestamp"]
    expected = hmac.digest(b"geheim", f"{at}.".encode() + got.body, hashlib.sha256).hex()
    assert int(at) == NOON
    assert got.headers["Vigie-Signature"] == f"sha256={expected}"
    assert got.headers["Idempotency-Key"] == item().id
    told = json.loads(got.body)
    assert told["severity"] == "warning"
    assert told["device"] == {"name": "Capteur 2", "kind": "sensor"}
    assert told["first_at"] == "2026-11-25T11:00:00.000+00:00"
