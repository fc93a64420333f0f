"""An incident from the first file encrypted to the signed file, with nothing but real parts.

A real file server, a script that encrypts its share, the live box, the button on its panel, the
pages as a browser without a script sees them. The file is judged by other programs than ours:
``sha256sum``, ``openssl``, ``pdfinfo``, ``pdftotext``.
"""

import csv
import json
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from appliance.incidents import BACK, CABLE_FIRST
from appliance.model import Level
from appliance.panel.hold import HOLD
from appliance.panel.verify import Proof
from appliance.texts import LANGUAGES, say
from tests.lab.awaiting import until
from tests.lab.box import Box, installed
from tests.lab.cast import BAD_NAME, HOSTS
from tests.lab.cutting import PROVEN_WITHIN, await_gateway, people_at_work, status
from tests.lab.pages import Pages
from tests.lab.practice import Practice
from tests.lab.relay import Wiring
from tests.lab.scenes import ransomware, work

SHOWN_WITHIN = 5.0
FILES = 60
PRACTICE = {
    "technician": "Camille, 06 00 00 00 01",
    "security": "Dr Martin, 06 00 00 00 00",
    "insurance": "Assurance des Tilleuls, contrat 42, 01 00 00 00 00",
    "structure_identity": "Cabinet des Tilleuls, SIRET 000 000 000 00000, 1 rue des Tilleuls",
    "declarant": "Dr Martin, chirurgien-dentiste, 06 00 00 00 00",
}

pytestmark = [pytest.mark.usefixtures("root"), pytest.mark.timeout(240)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What is left of the incident: in each language a folder with what was in the ZIP."""

    folders: dict[str, Path]
    opened: str
    """The address of its page."""
    verified: dict[str, str]
    """What the box itself says of each file."""


@pytest.fixture(scope="module")
def played(root: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Play it once; the tests look at what is left."""
    here = tmp_path_factory.mktemp("incident")
    with Practice() as practice, installed(practice, wiring=Wiring(contacts=1)) as box:
        pages = box.sign_in()
        pages.page("/incident/contacts")
        pages.press("Enregistrer", **PRACTICE)
        with people_at_work(practice):
            await_gateway(box)
            alert = encrypted(box, pages)
            cut_by_button(box)
            opened = led_through(pages, alert)
        folders, verified = {}, {}
        for language in LANGUAGES:
            pages.page("/account")
            pages.press("Enregistrer", language=language)
            packed = here / f"{language}.zip"
            packed.write_bytes(pages.file(f"{opened}/file.zip"))
            verified[language] = box.run("incident", "verify", str(packed)).stdout
            folders[language] = here / language
            with zipfile.ZipFile(packed) as whole:
                whole.extractall(folders[language])
        yield Played(folders=folders, opened=opened, verified=verified)


def encrypted(box: Box, pages: Pages) -> str:
    """Have reception call a bad host and then encrypt the share; give the alert that tells it."""
    practice = box.practice
    work.call(practice, "reception", f"https://{BAD_NAME}/")
    files = ransomware.papers(practice, "docx", "jpg", "pdf", count=FILES)
    argv = ransomware.program("encrypt", "with_notes", HOSTS["nas"].ip, "SMB3", *files)

    def told() -> Any:
        return [it for it in pages.get("alerts") if it["detector"] == "ransomware"]

    began = time.monotonic()
    with practice.running("reception", argv):
        (alert,) = until("the alert", SHOWN_WITHIN, told)
        until("the light", SHOWN_WITHIN, lambda: box.light() is Level.DANGER)
        print(f"\nalert and light {time.monotonic() - began:.2f} s after the first file")
    assert alert["severity"] == "danger"
    return str(alert["id"])


def cut_by_button(box: Box) -> None:
    """Hold the button as long as it asks for; the cut is proven."""
    box.press(HOLD + 0.3)
    began = time.monotonic()
    until("proven", PROVEN_WITHIN, lambda: status(box).proof is Proof.PROVEN)
    print(f"proven {time.monotonic() - began:.2f} s after the button was let go")
    assert status(box).who == "@button"
    assert "contact_moved" in {sign.what for sign in status(box).evidence}


def led_through(pages: Pages, alert: str) -> str:
    """Open the incident from its alert, do every step, and answer; give the address of its page."""
    assert f"from=alert&amp;subject={alert}" in pages.page(f"/alerts/{alert}")
    pages.page(f"/incident?from=alert&subject={alert}")
    opened = pages.press("Commencer", why="Écran rouge au poste de l'accueil")
    for step in CABLE_FIRST:
        assert say("fr", f"incident_step.{step}.title") in pages.page(opened).replace("&#39;", "'")
        if step == "known":
            pages.press("Enregistrer", at=datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M"))
            continue
        for _ in range(1 + len(BACK) * (step == "back")):  # each point of the list, then the step
            pages.press("C'est fait")
    pages.page(opened)
    pages.press("Noter", text="Le poste de l'accueil affiche une demande de rançon")
    pages.page(f"{opened}/answers")
    pages.press("Enregistrer", care_impact="12 rendez-vous annulés", backup_state="Hier soir")
    return opened


def by_the_box() -> list[str]:
    """Name the fields that the table says the box fills."""
    table = resources.files("appliance.data").joinpath("incident_fields.csv")
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        row["field"] for row in csv.DictReader(lines) if row["filled_by"].startswith("appliance")
    ]


def printed(folder: Path) -> str:
    """Give the words of the PDF, without blanks: lines and columns break them anywhere."""
    words = ["pdftotext", "-raw", str(folder / "incident.pdf"), "-"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=30)
    return "".join(done.stdout.split())


both = pytest.mark.parametrize("language", LANGUAGES)


@both
def test_the_file_verifies_by_other_programs_than_ours(played, language):
    here = played.folders[language]
    sums = ["sha256sum", "--check", "--strict", "--quiet", "MANIFEST.sha256"]
    subprocess.run(sums, cwd=here, check=True, capture_output=True, timeout=30)
    listed = {
        line.split("  ", 1)[1] for line in (here / "MANIFEST.sha256").read_text().splitlines()
    }
    there = {str(path.relative_to(here)) for path in here.rglob("*") if path.is_file()}
    unlisted = {"MANIFEST.sha256", "MANIFEST.sha256.sig", "public-key.pem"}
    assert listed == there - unlisted
    signed = (
        *("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "public-key.pem", "-rawin"),
        *("-in", "MANIFEST.sha256", "-sigfile", "MANIFEST.sha256.sig"),
    )
    subprocess.run(signed, cwd=here, check=True, capture_output=True, timeout=30)
    (here / "MANIFEST.sha256").write_bytes((here / "MANIFEST.sha256").read_bytes() + b" ")
    assert subprocess.run(signed, cwd=here, capture_output=True, check=False).returncode != 0


@both
def test_the_box_says_that_it_is_sound_and_its_own(played, language):
    assert say("fr", "incident_command.ours") in played.verified[language]


@both
def test_the_paper_opens_and_is_one_for_archives(played, language):
    words = ["pdfinfo", "-meta", str(played.folders[language] / "incident.pdf")]
    said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=30).stdout
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in said


@both
@pytest.mark.parametrize("field", by_the_box())
def test_every_field_that_is_the_box_s_to_fill_is_filled(played, language, field):
    here = played.folders[language]
    told = json.loads((here / "incident.json").read_text())
    found = [each for sheet in told["sheets"] for each in sheet["fields"] if each["field"] == field]
    assert found
    on_paper = printed(here)
    for each in found:
        assert each["complete"]
        assert "box" in each["by"].split()
        assert say(language, "incident_fact.to_complete") not in each["value"]
        for line in each["value"].splitlines():
            assert "".join(line.split()) in on_paper, line


@both
def test_what_is_in_it_is_what_happened(played, language):
    told = json.loads((played.folders[language] / "incident.json").read_text())
    values = {each["field"]: each["value"] for sheet in told["sheets"] for each in sheet["fields"]}
    assert HOSTS["reception"].mac in values["systems"]
    assert BAD_NAME in values["indicators"]
    assert ".lockbit" in values["indicators"]
    assert say(language, "panel.who.button") in values["measures"]
    assert say(language, "panel.log.proven") in values["measures"]
    assert PRACTICE["structure_identity"] in values["structure_identity"]
    assert values["care_impact"] == "12 rendez-vous annulés"
    assert told["due"]
    assert say(language, "incident_fact.out_none") not in values["volume_out"]
