"""What entries of the audit are about, in words."""

import pytest

from appliance.store import AuditEntry
from tests.kit.people import IMAGING, NAS
from web.deeds import about
from web.wording import NOBODY, Names

NAMES = Names({IMAGING: "Station d'imagerie", NAS: "Sauvegardes"})


def entry(what: str, detail: str) -> AuditEntry:
    return AuditEntry(id=1, at=0.0, who="camille", what=what, detail=detail, hash="")


@pytest.mark.parametrize(
    ("what", "detail", "words"),
    [
        ("decide", f"approve {IMAGING}", "Appareil approuvé · Station d'imagerie"),
        ("decide", f"join {IMAGING} {NAS}", "Réunis · Station d'imagerie · Sauvegardes"),
        ("decide", "close case c-1", "Classé · cas · c-1"),
        ("wizard", "mirror done", "L'écoute du commutateur · fait"),
        ("wizard", "taken up", "Mise en route reprise"),
        ("export", "audit csv", "Journal des actes, en tableau"),
        ("prooftest", "learn", "En apprenant ce qui montre une coupure"),
        ("prooftest", "", ""),
    ],
)
def test_codes_become_words_and_addresses_names(what: str, detail: str, words: str) -> None:
    assert about("fr", entry(what, detail), NAMES) == words


def test_a_rule_is_called_by_its_title() -> None:
    told = about("en", entry("decide", f"normal arp_spoof {IMAGING} evil.example"), NAMES)
    assert told.startswith("Normal here · ")
    assert "arp_spoof" not in told
    assert told.endswith("Station d'imagerie · evil.example")


def test_what_somebody_typed_and_an_unknown_code_stay_as_they_are() -> None:
    assert about("fr", entry("isolate", "close  the door"), NAMES) == "close  the door"
    assert about("fr", entry("decide", f"shrug {IMAGING}"), NOBODY) == f"shrug · {IMAGING}"
