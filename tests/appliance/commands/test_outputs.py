"""``vigie outputs``: a way is tried before it is needed."""

import json
from pathlib import Path

import pytest

from appliance.cli import main
from appliance.texts import say
from tests.kit.receivers import HERE, Hook, Mailbox, hook, mailbox
from tests.kit.vigie import config_in, started


def config(folder: Path, mail: Mailbox, web: Hook) -> list[str]:
    secret = folder / "secret"
    secret.write_text("geheim")
    url = f"http://{HERE}:{web.port}/"
    tables: dict[str, dict[str, object]] = {
        "outputs.mail.office": {
            "host": HERE,
            "port": mail.port,
            "security": "none",
            "local": True,
            "sender": "vigie@cabinet.example",
        },
        "outputs.ntfy.phone": {"url": url, "topic_file": str(secret), "local": True},
        "outputs.webhook.web": {"url": url, "secret_file": str(secret), "local": True},
        "outputs.person.marie": {
            "language": "fr",
            "mail": "marie@cabinet.example",
            "danger": ["phone", "office"],
        },
        "outputs.person.paul": {},
    }
    return ["--config", str(config_in(folder, **tables))]


def test_a_person_is_tried_by_all_their_ways_in_their_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with mailbox() as mail, hook() as web:
        assert main(["outputs", "--test", "marie", *config(tmp_path, mail, web)]) == 0
    (letter,), (post,) = mail.got, web.got
    assert letter["Subject"] == say("fr", "message.test")
    assert json.loads(post.body)["title"] == say("fr", "message.test")
    assert capsys.readouterr().out.splitlines() == [
        say("en", "outputs.test_sent", way=way) for way in ("phone", "office")
    ]


def test_a_way_is_tried_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with mailbox() as mail, hook() as web:
        assert main(["outputs", "--test", "web", *config(tmp_path, mail, web)]) == 0
        assert main(["outputs", "--test", "office", *config(tmp_path, mail, web)]) == 0
        assert json.loads(web.got[0].body)["kind"] == "test"
        assert [letter["To"] for letter in mail.got] == ["marie@cabinet.example"]
        mail.answer = "451 later"
        assert main(["outputs", "--test", "office", *config(tmp_path, mail, web)]) == 1
    why = "the server answers 451: later"
    assert say("en", "outputs.test_failed", way="office", why=why) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "key"), [("nobody", "outputs.unknown"), ("paul", "outputs.nothing_for")]
)
def test_a_name_without_a_way_is_refused(
    name: str, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = config(tmp_path, Mailbox(port=1), Hook(port=1))
    assert main(["outputs", "--test", name, *words]) == 2
    assert say("en", key, name=name) in capsys.readouterr().err


def test_where_nobody_is_told_there_is_nothing_to_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["outputs", "--test", "anna", "--config", str(config_in(tmp_path))]) == 2
    assert say("en", "outputs.none") in capsys.readouterr().err


def test_a_box_that_tells_nobody_says_so_and_waits_for_somebody_to_be_set(tmp_path: Path) -> None:
    with started("outputs", "--config", config_in(tmp_path)) as outputs:
        assert outputs.stdout is not None
        assert outputs.stdout.readline() == say("en", "outputs.none") + "\n"
        outputs.terminate()
        assert outputs.wait(timeout=10) == 0
