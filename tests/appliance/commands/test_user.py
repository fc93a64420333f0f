"""``vigie user``: the way back in for a technician who forgot the pass-phrase."""

import os
import pty
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from appliance import passphrase
from appliance.cli import main
from appliance.store import Office, Role
from appliance.texts import say
from tests.kit.people import NOW, TECHNICIAN, kept
from tests.kit.vigie import COMMAND, ROOT, config_in, one_sentence

OLD, NEW = "trois petits chats gris", "quatre grands chiens noirs"
SHORT = say("en", "user.length", shortest=passphrase.SHORTEST, longest=passphrase.LONGEST)


@pytest.fixture
def config(tmp_path: Path) -> str:
    with office(tmp_path) as open_:
        open_.add_user(TECHNICIAN, kept(OLD), role=Role.TECHNICIAN, language="fr")
        open_.add_user("accueil", kept(OLD), role=Role.STAFF, language="en")
    return str(config_in(tmp_path))


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    opened = Office(folder / "state", lambda: NOW)
    try:
        yield opened
    finally:
        opened.close()


def is_now(folder: Path, phrase: str) -> bool:
    with office(folder) as opened:
        return passphrase.matches(opened.password(TECHNICIAN) or "", phrase)


def typed(monkeypatch: pytest.MonkeyPatch, line: bytes) -> None:
    """Have *line* come from standard input, which is no terminal."""
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(line)))


def test_everybody_is_listed(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "list", "--config", config]) == 0
    assert capsys.readouterr().out == "accueil\tstaff\ten\ncamille\ttechnician\tfr\n"


def test_a_line_of_standard_input_is_the_new_pass_phrase(
    tmp_path: Path,
    config: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is written down who did it; whoever was signed in is not any more."""
    with office(tmp_path) as opened:
        token = opened.open_session(TECHNICIAN)
    typed(monkeypatch, f"{NEW}\nanother line\n".encode())
    assert main(["user", "password", TECHNICIAN, "--config", config]) == 0
    assert capsys.readouterr().out == f"{say('en', 'user.changed', name=TECHNICIAN)}\n"
    assert is_now(tmp_path, NEW)
    with office(tmp_path) as opened:
        assert opened.session(token) is None
        assert opened.verify_audit().entries == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(b"", SHORT, id="nothing"),
        pytest.param(b"onze signes\n", SHORT, id="too short"),
        pytest.param(b"x" * 257, SHORT, id="too long"),
        pytest.param(b"x" * 100_000, SHORT, id="a novel"),
        pytest.param(b"\xff" * 20, say("en", "user.unreadable"), id="no text"),
    ],
)
def test_a_pass_phrase_that_will_not_do_changes_nothing(
    tmp_path: Path,
    config: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: bytes,
    words: str,
) -> None:
    typed(monkeypatch, line)
    assert main(["user", "password", TECHNICIAN, "--config", config]) == 2
    assert capsys.readouterr().err == f"vigie: {words}\n"
    assert is_now(tmp_path, OLD)


def at_the_terminal(config: str, answers: Sequence[str]) -> tuple[int, str, str]:
    """Answer at a terminal; give the exit status, what it showed, and what was said besides."""
    ours, theirs = pty.openpty()
    told = ["setsid", "--ctty", "--wait", *COMMAND, "user", "password", TECHNICIAN]
    with Popen(
        [*told, "--config", config], cwd=ROOT, stdin=theirs, stdout=PIPE, stderr=PIPE, text=True
    ) as process:
        os.close(theirs)
        shown = b""
        for answer in answers:
            while not shown.endswith(b": "):
                shown += os.read(ours, 1024)
            os.write(ours, answer.encode())
            shown += b"|"
        said = process.communicate(timeout=30)[1]
    os.close(ours)
    return process.returncode, shown.decode(), said


def test_at_a_terminal_it_is_asked_for_twice_and_not_shown(tmp_path: Path, config: str) -> None:
    status, shown, _ = at_the_terminal(config, [f"{NEW}\n", f"{NEW}\n"])
    assert status == 0
    assert NEW not in shown
    assert is_now(tmp_path, NEW)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([f"{NEW}\n", f"{NEW}!\n"], say("en", "user.differ")),
        (["\x04"], say("en", "user.unreadable")),
        (["court\n", "court\n"], SHORT),
    ],
)
def test_at_a_terminal_a_mistake_changes_nothing(
    tmp_path: Path, config: str, answers: list[str], words: str
) -> None:
    """Two that differ, the end of the input, and one that is too short."""
    status, _, said = at_the_terminal(config, answers)
    assert (status, said) == (2, f"vigie: {words}\n")
    assert is_now(tmp_path, OLD)


def test_nobody_else_is_given_an_account(
    config: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, NEW.encode())
    assert main(["user", "password", "mallory", "--config", config]) == 1
    assert capsys.readouterr().err == f"vigie: {say('en', 'user.nobody', name='mallory')}\n"
    assert main(["user", "list", "--config", config]) == 0
    assert "mallory" not in capsys.readouterr().out


@pytest.mark.parametrize("what", ["password", "remove"])
def test_it_must_be_said_whose_account_is_meant(
    config: str, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    assert main(["user", what, "--config", config]) == 2
    assert one_sentence(capsys.readouterr().err)


def test_somebody_who_has_left_is_removed(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["user", "remove", "accueil", "--config", config]) == 0
    assert capsys.readouterr().out == "The account accueil is removed.\n"
    with office(tmp_path) as opened:
        assert [user.name for user in opened.users()] == [TECHNICIAN]
        assert opened.verify_audit().entries == 1


@pytest.mark.parametrize("name", [TECHNICIAN, "mallory"])
def test_the_last_technician_stays(
    config: str, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Nobody could repair that; and who is not there cannot be removed."""
    assert main(["user", "remove", name, "--config", config]) == 1
    assert one_sentence(capsys.readouterr().err)


def test_a_database_that_cannot_be_opened_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    assert main(["user", "list", "--config", str(config_in(tmp_path))]) == 1
    assert one_sentence(capsys.readouterr().err)


def test_an_account_is_added_whose_pass_phrase_is_lent(
    tmp_path: Path, config: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, f"{NEW}\n".encode())
    assert main(["user", "add", "ines", "--role", "reader", "--config", config]) == 0
    with office(tmp_path) as opened:
        user = opened.user("ines")
        assert user is not None
        assert user.role is Role.READER
        assert user.temporary_until
    typed(monkeypatch, f"{NEW}\n".encode())
    assert main(["user", "add", "Ines", "--config", config]) == 1
    assert main(["user", "add", "$(id)", "--config", config]) == 2


def test_a_role_is_changed(tmp_path: Path, config: str) -> None:
    assert main(["user", "role", "accueil", "--config", config]) == 2
    assert main(["user", "role", "accueil", "--role", "reader", "--config", config]) == 0
    assert main(["user", "role", TECHNICIAN, "--role", "staff", "--config", config]) == 1
    with office(tmp_path) as opened:
        assert [user.role for user in opened.users()] == [Role.READER, Role.TECHNICIAN]
        assert opened.verify_audit().entries == 1


def test_a_technician_who_lost_the_telephone_gets_back_in(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the box: no code can be right when its clock is wrong."""
    with office(tmp_path) as opened:
        opened.begin_codes(TECHNICIAN, "sealed", 0, ())
    assert main(["user", "list", "--config", config]) == 0
    assert "camille\ttechnician\tfr\tcode\n" in capsys.readouterr().out
    assert main(["user", "totp", TECHNICIAN, "--config", config]) == 0
    with office(tmp_path) as opened:
        user = opened.user(TECHNICIAN)
        assert user is not None
        assert not user.second
    assert main(["user", "totp", TECHNICIAN, "--config", config]) == 1
    assert main(["user", "totp", "mallory", "--config", config]) == 1


def test_an_account_is_suspended_and_opened_again(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["user", "disable", "accueil", "--config", config]) == 0
    assert main(["user", "disable", TECHNICIAN, "--config", config]) == 1
    capsys.readouterr()
    assert main(["user", "list", "--config", config]) == 0
    assert "accueil\tstaff\ten\toff\n" in capsys.readouterr().out
    assert main(["user", "enable", "accueil", "--config", config]) == 0
