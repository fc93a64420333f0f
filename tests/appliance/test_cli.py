"""The command ``vigie``: every file in ``commands/`` is one, and it never ends in a traceback."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from appliance.cli import COMMANDS, main
from appliance.commands import Refused
from tests.kit.vigie import ROOT, config_in, vigie


def test_every_file_is_a_command_and_every_command_a_file() -> None:
    files = {file.stem for file in (ROOT / "appliance/commands").glob("*.py")}
    assert files - {"__init__", "orders"} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_can_be_told(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(f"usage: vigie {name} ")
    assert COMMANDS[name] in said


def test_help_lists_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert all(f"  {name:<10} {what}\n" in said for name, what in COMMANDS.items())


@pytest.mark.parametrize("words", [[], ["watch"], ["isolate"], ["check", "--nonsense"], ["--x"]])
def test_what_is_no_command_is_refused_with_status_two(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage: vigie" in capsys.readouterr().err


def test_only_the_file_of_the_command_is_loaded() -> None:
    """`vigie check` works when the sensor's libraries do not."""
    code = (
        "import sys; from appliance.cli import main\n"
        "main(['check', '--config', '/nowhere'])\n"
        "print(*(name for name in sys.modules if name.startswith('appliance.commands.')))"
    )
    told = [sys.executable, "-c", code]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["appliance.commands.check"]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Give a command that does what a test has it do, in the place of ``vigie check``."""
    made = SimpleNamespace(arguments=lambda parser: None, run=lambda options: 0)
    import_module("appliance.commands.check")
    monkeypatch.setitem(sys.modules, "appliance.commands.check", made)
    return made


@pytest.mark.parametrize("status", [0, 1, 7])
def test_the_exit_status_is_that_of_the_command(command: SimpleNamespace, status: int) -> None:
    command.run = lambda options: status
    assert main(["check"]) == status


def test_a_command_reads_its_own_words(command: SimpleNamespace) -> None:
    def arguments(parser: ArgumentParser) -> None:
        parser.add_argument("--number", type=int)

    def run(options: Namespace) -> int:
        return int(options.number)

    command.arguments, command.run = arguments, run
    assert main(["check", "--number", "5"]) == 5


def raising(error: BaseException) -> object:
    def run(options: Namespace) -> int:
        raise error

    return run


def test_a_refusal_is_said_with_the_name_of_the_program(
    command: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    command.run = raising(Refused("no such thing", 3))
    assert main(["check"]) == 3
    assert capsys.readouterr().err == "vigie: no such thing\n"


def test_an_interruption_is_quiet(
    command: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    command.run = raising(KeyboardInterrupt())
    assert main(["check"]) == 2
    assert capsys.readouterr() == ("", "")


def test_a_sign_the_terminal_lacks_is_no_trouble(tmp_path: Path) -> None:
    """The French text has a narrow space that Latin-1 has not."""
    done = subprocess.run(
        [sys.executable, "-m", "appliance", "replay", str(tmp_path / "caf\udce9.pcap")],
        cwd=ROOT,
        env={"PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_it_is_also_a_module(tmp_path: Path) -> None:
    done = vigie("check", "--config", config_in(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
