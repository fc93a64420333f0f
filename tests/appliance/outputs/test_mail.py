"""Mail, to a real server."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.config_outputs import Mail
from appliance.model import Severity
from appliance.outputs.mail import MailWay
from appliance.outputs.way import Later, Refused
from tests.appliance.outputs.samples import item
from tests.kit.receivers import HERE, Identity, Mailbox, identity, mailbox

HOSTILE = "Evil\r\nBcc: all@example.org\r\n\r\nbody"


@pytest.fixture
def me(tmp_path: Path) -> Identity:
    return identity(tmp_path)


def way(box: Mailbox, me: Identity | None = None, **more: object) -> MailWay:
    about = Mail(
        host=HERE,
        port=box.port,
        sender="vigie@cabinet.example",
        security="starttls" if me else "none",
        trust_file=str(me.file) if me else "",
    )
    return MailWay(replace(about, **more), patience=5)  # type: ignore[arg-type] # by name


def test_mail_is_encrypted_after_the_greeting(me: Identity) -> None:
    with mailbox(me) as box:
        way(box, me).send(item(severity=Severity.DANGER, who="marie"))
    (letter,) = box.got
    assert letter["To"] == "marie@example.org"
    assert (
        letter["Message-ID"]
        == f"<{item(severity=Severity.DANGER, who='marie').id}@cabinet.example>"
    )
    assert (letter["Auto-Submitted"], letter["Importance"]) == ("auto-generated", "high")
    assert letter["Date"].datetime.timestamp() == item().created
    assert "Capteur 2" in letter.get_content()


def test_mail_is_encrypted_from_the_first_byte(me: Identity) -> None:
    with mailbox(me, at_once=True) as box:
        way(box, me, security="tls").send(item())
    assert len(box.got) == 1


def test_a_server_that_cannot_prove_its_name_gets_nothing(me: Identity) -> None:
    with mailbox(me) as box, pytest.raises(Later, match="certificate"):
        way(box, me, trust_file="").send(item())
    assert box.got == []


def test_a_server_that_does_not_encrypt_gets_nothing(me: Identity) -> None:
    with mailbox() as box, pytest.raises(Later, match="STARTTLS"):
        way(box, me).send(item())
    assert box.got == []


def test_the_password_comes_from_its_file(me: Identity, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim\n")
    with mailbox(me) as box:
        way(box, me, user="vigie", password_file=str(secret)).send(item())
        assert box.signed_in == [(b"vigie", b"geheim")]
        secret.write_text("wrong\n")
        with pytest.raises(Later, match="does not let us in") as caught:
            way(box, me, user="vigie", password_file=str(secret)).send(item())
        assert "wrong" not in str(caught.value)


def test_what_the_server_refuses_for_good_is_not_tried_again() -> None:
    with mailbox() as box:
        box.to = "550 nobody here"
        with pytest.raises(Refused, match="550: nobody here"):
            way(box).send(item())
        box.to = "450 busy"
        with pytest.raises(Later, match="450"):
            way(box).send(item())
        box.to, box.answer = "250 OK", "554 no"
        with pytest.raises(Refused, match="554"):
            way(box).send(item())
        box.answer = "451 later"
        with pytest.raises(Later, match="451"):
            way(box).send(item())


def test_nobody_who_listens_is_a_reason_to_try_again() -> None:
    with mailbox() as box:
        pass
    with pytest.raises(Later, match="refused"):
        way(box).send(item())


def test_a_hostile_name_adds_no_header_and_no_recipient() -> None:
    hostile = item(name=HOSTILE)
    content = {**hostile.content, "subject": HOSTILE}
    with mailbox() as box:
        way(box).send(replace(hostile, content=content))
    (letter,) = box.got
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Evil  Bcc: all@example.org    body"
    assert "Evil  Bcc: all@example.org" in letter.get_content()


def test_a_server_that_is_bad_at_goodbyes_has_taken_it_all_the_same() -> None:
    with mailbox() as box:
        box.goodbye = "500 what"
        way(box).send(item())
    assert len(box.got) == 1
