"""Notices on telephones."""

import json
from pathlib import Path

from appliance.config_outputs import Ntfy
from appliance.model import Severity
from appliance.outputs.ntfy import NtfyWay
from tests.appliance.outputs.samples import item
from tests.kit.receivers import HERE, hook


def test_a_notice_has_its_topic_title_and_urgency(tmp_path: Path) -> None:
    topic, token = tmp_path / "topic", tmp_path / "token"
    topic.write_text("lilas-8f3k2q\n")
    token.write_text("tk_x\n")
    danger = item(severity=Severity.DANGER)
    with hook() as server:
        about = Ntfy(
            url=f"http://{HERE}:{server.port}/",
            topic_file=str(topic),
            token_file=str(token),
            local=True,
        )
        NtfyWay(about, patience=5).send(danger)
    (got,) = server.got
    told = json.loads(got.body)
    assert (got.path, got.headers["Authorization"]) == ("/", "Bearer tk_x")
    assert (told["topic"], told["priority"], told["sequence_id"]) == ("lilas-8f3k2q", 5, danger.id)
    assert told["title"] == danger.content["subject"]
    assert told["message"] == danger.content["body"]
