"""All ways of a configuration."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.config_outputs import Apprise, Mail, Mqtt, Ntfy, Outputs, Syslog, Webhook
from appliance.outputs.ways import CannotSend, build


def test_every_way_is_there_under_its_name(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    outputs = Outputs(
        mail={"office": Mail(host="mail.example", sender="v@example.org")},
        ntfy={"phone": Ntfy(topic_file=str(secret))},
        webhook={"web": Webhook(url="https://example.org", secret_file=str(secret))},
        syslog={"log": Syslog(host="log")},
        mqtt={"house": Mqtt(host="house")},
    )
    found = build(Config(outputs=outputs), lambda: 0.0)
    assert [name for name, way in found.items() if way.local] == ["log", "house"]
    assert [name for name, way in found.items() if not way.local] == ["office", "phone", "web"]


def test_everything_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    outputs = Outputs(
        mail={"office": Mail(user="vigie", password_file=gone)},
        ntfy={"phone": Ntfy(topic_file=gone)},
        apprise={"rest": Apprise(url_file=gone)},
    )
    with pytest.raises(CannotSend) as caught:
        build(Config(outputs=outputs), lambda: 0.0)
    assert [line.partition("]")[0] for line in caught.value.mistakes] == [
        "[outputs.mail.office",
        "[outputs.ntfy.phone",
        "[outputs.apprise.rest",
    ]
