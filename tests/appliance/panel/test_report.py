"""The status in words, for the command line."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.config import Automatic
from appliance.model import Level
from appliance.panel.countdown import TABLE
from appliance.panel.faults import FAULTS
from appliance.panel.journal import BOX, BUTTON, ON_SITE
from appliance.panel.lamp import Holds, against
from appliance.panel.latch import Kind
from appliance.panel.report import person, report
from appliance.panel.second import ASKING, REMARKS, SAID
from appliance.panel.signs import MEANING
from appliance.panel.status import ProofTestShown
from appliance.panel.tested import Ended, Learnt
from appliance.panel.verify import Proof
from appliance.texts import LANGUAGES, say, sentences
from tests.kit.front_panel import NOON, PC, PC_MAC, Bench, Neighbours

WHOS = (BUTTON, ON_SITE, BOX, "")


def told(tmp_path: Path, language: str, **network: object) -> str:
    bench = Bench(tmp_path, network=Neighbours(**network))  # type: ignore[arg-type] # a test's
    bench.run(1)
    bench.isolate()
    bench.run(3)
    return report(bench.control.status(), language)


def test_a_connected_practice(tmp_path: Path) -> None:
    lines = report(Bench(tmp_path).control.status(), "en").splitlines()
    assert lines[0] == "The practice is connected to the internet"
    assert lines[-1].startswith("Light: ")


def test_a_proven_cut_names_its_evidence(tmp_path: Path) -> None:
    words = told(tmp_path, "en", there={PC: PC_MAC})
    assert words.startswith("The internet is cut, and this is verified\n")
    assert "Ordered by alice on 15/01/2027" in words
    assert re.search(r"\[yes\] The router no longer answers.*192\.168\.1\.20", words)


def test_an_unproven_cut_says_what_to_do_first(tmp_path: Path) -> None:
    words = told(tmp_path, "fr")
    assert words.splitlines()[1].startswith("Débranchez le câble marqué UPLINK.")
    assert "[NON] La box Internet répond encore." in words


def test_a_count_down_is_said_first_with_how_to_stop_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, automatic=Automatic(detectors=("ransomware",)))
    bench.announce()
    first, second = report(bench.control.status(), "en").splitlines()[:2]
    assert first.startswith("Count-down: the internet will be cut at 15/01/2027 ")
    assert "(Shared files are being encrypted)" in first
    assert "vigie stopcount" in second
    bench.run(61)
    words = report(bench.control.status(), "fr")
    assert "Demandé par Vigie, après un compte à rebours" in words
    assert "Motif\u202f: Des fichiers partagés sont en train d'être chiffrés" in words


def test_the_last_proof_test_is_said_with_what_it_learnt(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    assert say("en", "panel.report.never_tested") in report(bench.control.status(), "en")
    ended = Ended(at=NOON, who="x", proof="proven", cut_seconds=1.62, joined_seconds=0.4)
    learnt = Learnt(at=NOON, cut="lan", sources=("probe", "internet"))
    shown = ProofTestShown(running=True, last=ended, learnt=learnt, due_at=NOON)
    words = report(replace(bench.control.status(), test=shown), "fr")
    assert say("fr", "panel.report.testing") in words
    assert "réponse en 1,6 s, ligne revenue en 0,4 s" in words
    assert "le silence de la box Internet, le silence d'Internet" in words
    nothing = replace(
        shown, last=replace(ended, joined_seconds=None), learnt=replace(learnt, sources=())
    )
    words = report(replace(bench.control.status(), test=nothing), "en")
    assert "verdict after 1.6 s)" in words
    assert "No sign shows a cut here" in words


def test_a_simulated_panel_and_its_faults_are_said(tmp_path: Path) -> None:
    status = replace(
        Bench(tmp_path).control.status(),
        simulated=True,
        faults=("button_stuck",),
        remarks=("[panel] button = 27: GPIO busy",),
    )
    words = report(status, "en")
    assert "Simulated box" in words
    assert "Fault: The button has stayed down." in words
    assert words.count("[panel] button = 27: GPIO busy") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_button_and_box_have_names(language: str) -> None:
    assert person("alice", language) == "alice"
    assert not {person(who, language) for who in WHOS} & set(WHOS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_panel_is_idle(language: str) -> None:
    """What the code can say is in the texts, and the texts hold nothing else."""
    told_of = {
        key.split(".")[2] for key in sentences(language) if re.match(r"panel\.evidence\.", key)
    }
    assert told_of == set(MEANING) | {f"switch_{what}" for what in (*SAID, "unheard")}
    faults = {key.split(".")[2] for key in sentences(language) if key.startswith("panel.fault.")}
    assert faults == set(FAULTS)
    proofs = {key.split(".")[2] for key in sentences(language) if key.startswith("panel.proof.")}
    assert proofs == {*Proof, "other_exit"}
    refused = {"only_technician", "just_isolated", "too_soon", "unsaved"}
    tests = {"running", "isolated", "danger", "hours", "too_soon", "no_switch"}
    errors = {key.split(".")[2] for key in sentences(language) if key.startswith("panel.error.")}
    tests = {f"test_{why}" for why in (*tests, "counting")}
    counts = {row.refused for row in TABLE if row.refused} | {"announce_unsaved"}
    rights = {"only_the_box", "only_people", "only_announce", "only_pages", "malformed"}
    lamp = {against(Holds(level=level)) for level in Level} - {""}
    assert errors == refused | rights | tests | counts | lamp
    logged = {key.split(".")[2] for key in sentences(language) if key.startswith("panel.log.")}
    assert logged == {
        "started", "started_isolated", "hushed", "unwritten", "proven", "not_proven", "failed",
        *(f"{past}{again}" for past in ("isolated", "reconnected") for again in ("", "_again")),
        *(f"refused_{why}" for why in refused), "refused_test_isolated", "other_exit",
        *(f"test_{how}" for how in ("begun", "refused", "cut", "joined", "over")),
        *(f"switch_{what}" for what in {*SAID, *REMARKS} - {ASKING}),
        *(f"test_{how}" for how in ("passed", "differs", "not_joined")),
        *(row.what for row in TABLE if row.what), "count_down_broken_off",
        "clock_unset", "clock_set",
        *(f"test_{proof}" for proof in (Proof.NOT_PROVEN, Proof.FAILED, Proof.CHECKING)),
    }  # fmt: skip
    assert {Kind.ISOLATE, Kind.RECONNECT, Kind.TEST, Kind.END_TEST} == set(Kind)
