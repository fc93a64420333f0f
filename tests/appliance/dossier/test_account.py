"""An incident told as one value."""

import pytest

from appliance.addresses import Home
from appliance.dossier import evidence
from appliance.dossier.account import Account, Maker, account
from appliance.dossier.facts import Facts
from appliance.incidents import Wrote
from tests.kit.incident import Dealt
from tests.kit.panel import FakePanel
from tests.kit.people import NOW


def made(dealt: Dealt, language: str = "fr", panel: FakePanel | None = None) -> Account:
    held = dealt.reader.incident(dealt.incident.id)
    assert held is not None
    here = dealt.keep(panel)
    facts = Facts(
        language=language,
        incident=held,
        evidence=evidence.load(here),
        hashes={},
        home=Home(),
    )
    maker = Maker(practice="Tilleuls", version="1", at=NOW, key="ab", law="2025-12-08")
    return account(facts, maker, dict(dealt.reader.particulars()))


def test_what_happened_and_what_was_done_stand_in_one_order(dealt: Dealt) -> None:
    panel = FakePanel()
    panel.isolate(who="accueil", why="Rançon")
    lines = made(dealt, panel=panel).chronology
    assert [each.at for each in lines] == sorted(each.at for each in lines)
    said = [(each.who, each.what) for each in lines]
    assert said[0][0] == "Vigie"
    assert ("accueil", "Coupure\u202f: Coupure demandée (Rançon)") in said
    assert ("accueil", "Fait\u202f: Coupez Internet") in said
    assert ("accueil", "Note\u202f: Écran rouge au poste de l'accueil") in said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_that_people_can_do_has_its_words(dealt: Dealt, language: str) -> None:
    for what, key, text in (
        (Wrote.UNDONE, "isolate", ""),
        (Wrote.SKIPPED, "cable", ""),
        (Wrote.DONE, "back_cleaned", ""),
        (Wrote.ANSWER, "lessons", "x"),
        (Wrote.ANSWER, "cause", "x"),
        (Wrote.JOINED, "alert", "a-spoof"),
        (Wrote.CLOSED, "", ""),
    ):
        dealt.office.add_to_incident(
            dealt.incident.id, author="camille", what=what, key=key, text=text
        )
    told = made(dealt, language)
    assert told.closed
    assert told.lessons == "x"
    assert all(each.what for each in told.chronology)


def test_devices_indicators_and_volumes_are_tables(dealt: Dealt) -> None:
    told = made(dealt)
    assert told.devices[0].name == "PC de l'accueil"
    assert {each.value for each in told.indicators} == {"colis-suivi.example", "203.0.113.7"}
    assert told.volumes[0].host == ""
    assert told.volumes[0].octets == sum(each.octets for each in told.volumes[1:])


def test_personal_data_is_what_people_say_of_it(dealt: Dealt) -> None:
    assert {text for _, text in made(dealt).personal} == {"à compléter"}


def test_what_was_known_when_is_told_beside_when_it_was_opened(dealt: Dealt) -> None:
    told = made(dealt)
    assert told.known_at == NOW - 180
    assert told.due.startswith("24/09/2026")
