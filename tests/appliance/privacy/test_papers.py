"""The notice and the note: what the box knows is in them, the rest is marked."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.config import Config, Home, Keep, Practice
from appliance.config_outputs import Mail, Ntfy, Outputs, Person
from appliance.config_packets import Packets
from appliance.privacy.papers import Block, Known, Paper, blocks, duration, guests, pdf
from appliance.privacy.records import RECORDS
from appliance.texts import LANGUAGES, say
from tests.appliance.dossier.test_paper import HOSTILE, printed

KNOWN = Known(
    config=Config(practice=Practice(name="Cabinet des Tilleuls")),
    particulars={"dpo": "Me Durand, 01 00 00 00 02"},
    accounts=3,
    language="fr",
    now=1_790_000_000.0,
)


def told(known: Known, which: Paper = Paper.NOTICE) -> str:
    """Give all that is on the paper."""
    return "\n".join(map(_all, blocks(which, known)))


def _all(block: Block) -> str:
    cells = [cell for row in block.rows for cell in row]
    return "\n".join((block.text, *block.items, *block.head, *cells))


@pytest.mark.parametrize("which", list(Paper))
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_pdf_for_archives_in_both_languages(which, language, tmp_path: Path) -> None:
    content = pdf(which, replace(KNOWN, language=language))
    assert b"pdfaid:part" in content
    text = printed(content, tmp_path)
    assert say(language, f"privacy_{which.value}.title").split()[0] in text
    assert "Cabinet des Tilleuls" in text
    assert "2025-12-08" in text


def test_what_the_box_does_not_know_is_to_complete() -> None:
    text = told(KNOWN)
    assert "Me Durand" in text
    assert text.count(say("fr", "privacy_paper.blank")) == 2  # controller, technician


def test_each_time_is_the_one_that_is_set() -> None:
    config = replace(KNOWN.config, keep=Keep(flow_days=12))
    assert "12 jours" in told(replace(KNOWN, config=config))
    lasts = {one.id: duration("en", one, config) for one in RECORDS}
    assert lasts["sessions"] == "183 days"
    assert lasts["audit"] == "365 days"
    assert lasts["incidents"] == say("en", "privacy.until_person")


def test_whoever_is_told_is_named() -> None:
    assert say("fr", "privacy_paper.told_none") in told(KNOWN)
    outputs = Outputs(
        person={"marie": Person(details=True), "paul": Person()},
        mail={"poste": Mail()},
        ntfy={"alerte": Ntfy()},
    )
    text = told(replace(KNOWN, config=replace(KNOWN.config, outputs=outputs)))
    assert say("fr", "privacy_paper.told", names="marie, paul", ways="alerte, poste") in text
    assert say("fr", "privacy_paper.details", names="marie") in text


def test_networks_of_guests_are_named() -> None:
    home = Home(unrecorded=("192.168.9.0/24",), unrecorded_vlans=(30,))
    config = replace(KNOWN.config, home=home)
    assert guests("fr", config) == "192.168.9.0/24, VLAN 30"
    assert "192.168.9.0/24, VLAN 30" in told(replace(KNOWN, config=config), Paper.NOTE)
    assert say("fr", "privacy_paper.guests_none") in told(KNOWN, Paper.NOTE)


@pytest.mark.parametrize("paper", Paper)
def test_whether_headers_are_held_in_memory_is_said(paper: Paper) -> None:
    config = replace(KNOWN.config, packets=Packets(keep=True, minutes=30))
    assert "30 minutes au plus" in told(replace(KNOWN, config=config), paper)
    assert say("fr", "packets.paper_off") in told(KNOWN, paper)


def test_the_note_says_of_each_source_whether_it_was_read() -> None:
    text = told(KNOWN, Paper.NOTE)
    assert "délibération 2021-122" in text
    assert say("fr", "privacy_paper.memory") in text
    assert say("fr", "privacy_paper.found") in text


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    known = replace(
        KNOWN,
        particulars={"technician": HOSTILE[:200]},
        config=Config(practice=Practice(name='#panic("x")')),
    )
    text = printed(pdf(Paper.NOTICE, known), tmp_path)
    for piece in ('#panic("x")', "$1/0$", "*b*", "_i_", "@ref", "`raw`"):
        assert piece in text
