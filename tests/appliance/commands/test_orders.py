"""What the orders share: the panel is asked first, and every outcome has its words."""

import argparse
import sys
from pathlib import Path
from socket import AF_UNIX, socket
from subprocess import run
from threading import Thread

import pytest

from appliance.commands import FAILED, OK, Refused
from appliance.commands.orders import ask, exit_status, proven, takes_reason, tell
from appliance.panel.client import PanelClient
from appliance.panel.verify import Proof
from tests.kit.panel import FakePanel
from tests.kit.panel_here import panel_here
from tests.kit.vigie import ROOT, config_in

HEAVY = {
    "numpy", "flask", "pyroute2", "sqlite3", "gpiozero", "netaddr", "cryptography", "argon2",
    "asyncio", "pysnmp",
}  # fmt: skip


def options(folder: Path) -> argparse.Namespace:
    return argparse.Namespace(config=config_in(folder), why="essai")


@pytest.mark.parametrize("command", ["isolate", "reconnect", "status"])
def test_an_order_loads_nothing_heavy(command: str) -> None:
    """Isolating must be quick, and must work when numpy, the database or a detector do not."""
    code = (
        f"import sys, appliance.cli, appliance.commands.{command}\n"
        "print(*{name.partition('.')[0] for name in sys.modules})\n"
        "print(*(name for name in sys.modules if name.startswith('appliance.')))"
    )
    told = run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    packages, ours = (set(line.split()) for line in told.stdout.splitlines())
    assert packages & HEAVY == set()
    parts = {name.split(".")[1] for name in ours}
    light = {"cli", "commands", "durations", "panel", "model", "stages", "texts", "time_of_day"}
    of_config = ("option", "outputs", "packets", "place", "switch")
    settings = {"config", *(f"config_{name}" for name in of_config)}
    assert parts <= light | settings


def test_an_order_gives_the_place_and_the_answer(tmp_path: Path) -> None:
    with panel_here(tmp_path) as here:
        place, status = ask(options(tmp_path), lambda panel: panel.status())
        assert place.run == here.config.run
        assert status == here.client.status()


def test_a_mistake_elsewhere_in_the_configuration_hinders_no_order(tmp_path: Path) -> None:
    """In an emergency nobody repairs a configuration first."""
    given = options(tmp_path)
    with given.config.open("a") as file:
        file.write("[web]\nlisen = 7\n")
    with panel_here(tmp_path):
        _, status = ask(given, lambda panel: panel.isolate(why="essai"))
        assert status.state == "isolated"


def test_without_a_panel_it_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"The panel at .* cannot be reached: No such file") as caught:
        ask(options(tmp_path), lambda panel: panel.status())
    assert caught.value.status == FAILED


@pytest.mark.parametrize(
    "answer", [b"", b"nonsense\n", b"[]\n", b'{"ok": true}\n', b'{"ok": true, "status": {}}\n']
)
def test_a_panel_that_talks_nonsense_counts_as_unreachable(tmp_path: Path, answer: bytes) -> None:
    """Whatever sits on the socket, the answer is a sentence."""
    given = options(tmp_path)
    (tmp_path / "run").mkdir()
    with socket(AF_UNIX) as door:
        door.bind(str(tmp_path / "run/panel.sock"))
        door.listen()

        def once() -> None:
            with door.accept()[0] as visitor:
                visitor.recv(4096)
                visitor.sendall(answer)

        thread = Thread(target=once)
        thread.start()
        with pytest.raises(Refused, match="it gave no answer"):
            ask(given, lambda panel: panel.status())
        thread.join()


def test_a_refusal_is_told_in_the_language_of_the_practice(tmp_path: Path) -> None:
    """Here nobody's own name is on the list of technicians."""

    def refuse(panel: PanelClient) -> None:
        FakePanel(refuses="only_technician").reconnect()

    for language, words in (("fr", "technicien"), ("en", "technician")):
        given = argparse.Namespace(config=config_in(tmp_path, practice={"language": language}))
        with pytest.raises(Refused, match=words) as caught:
            ask(given, refuse)  # type: ignore[arg-type] # it never gives an answer
        assert caught.value.status == FAILED


def test_the_verdict_is_awaited(tmp_path: Path) -> None:
    with panel_here(tmp_path) as here:
        ordered = here.client.isolate()
        assert ordered.proof is Proof.CHECKING
        assert proven(here.client, ordered).proof is Proof.PROVEN


def test_without_a_cut_there_is_nothing_to_wait_for() -> None:
    panel = FakePanel()
    assert proven(panel, panel.status()) == panel.status()  # type: ignore[arg-type] # a fake


@pytest.mark.parametrize("proof", [proof for proof in Proof if proof is not Proof.NONE])
def test_only_a_proven_cut_is_a_success(proof: Proof) -> None:
    panel = FakePanel(proof=proof)
    assert exit_status(panel.status()) == OK
    assert exit_status(panel.isolate()) == (OK if proof is Proof.PROVEN else FAILED)


def test_no_line_is_told_twice(capsys: pytest.CaptureFixture[str]) -> None:
    status = FakePanel().status()
    tell("fr", status)
    lines = capsys.readouterr().out.splitlines()
    tell("fr", status, lines[0], "Bonjour", lines[0])
    assert capsys.readouterr().out.splitlines() == [lines[0], "Bonjour", *lines[1:]]


def test_a_reason_is_asked_for() -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    takes_reason(parser)
    assert parser.parse_args(["--why", "essai"]).why == "essai"
    with pytest.raises(SystemExit) as caught:
        parser.parse_args([])
    assert caught.value.code == 2
