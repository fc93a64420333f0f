"""What the box knows of each field, and what it leaves open."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance import detectors
from appliance.addresses import Home
from appliance.dossier.evidence import Evidence, Kept
from appliance.dossier.facts import INDICATORS, Facts
from appliance.incidents import Entry as Entered
from appliance.incidents import Incident, Origin, Wrote
from appliance.knowledge.authorities import fields
from appliance.model import Ip
from appliance.panel.journal import Entry
from appliance.store import Conversation, Count, Traffic
from tests.kit.people import BOX, NOW, RECEPTION, alert, devices, health
from tests.kit.story import case, story

BARE = Incident(id="x", opened_at=NOW, opened_by="accueil", origin=Origin.HAND)
NOTHING = Evidence(
    alerts=(),
    cases=(),
    devices=(),
    conversations=(),
    traffic=(),
    journal=(),
    health=None,
    kept=Kept(),
)


def facts(evidence: Evidence = NOTHING, language: str = "fr", **hashes: str) -> Facts:
    return Facts(language=language, incident=BARE, evidence=evidence, hashes=hashes, home=Home())


def told(**changes: object) -> Evidence:
    seen = replace(NOTHING, alerts=story(), cases=(case(),), devices=devices(), health=health())
    return replace(seen, **changes)  # type: ignore[arg-type] # by name


def sent(octets: int = 5_000_000) -> dict[str, object]:
    """Give what the reception sent to the host that its alerts name, and to the store here."""
    hosts = ("203.0.113.7", "192.168.1.40")
    rows = tuple(
        Conversation(
            first_at=NOW,
            last_at=NOW,
            mac=RECEPTION,
            peer_mac=BOX,
            src=Ip("192.168.1.20"),
            dst=Ip(host),
            sport=1,
            dport=443,
            proto=6,
            packets_out=1,
            packets_in=1,
            octets_out=octets,
            octets_in=1,
        )
        for host in hosts
    )
    hour = Traffic(at=int(NOW), mac=RECEPTION, lan=Count(), outside=Count(octets_out=octets))
    return {"conversations": rows, "traffic": (hour,)}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_of_the_box_is_said_even_when_nothing_was_seen(language: str) -> None:
    """ "Nothing seen" is an answer."""
    for field in fields():
        value = facts(language=language).value(field.id)
        assert bool(value) == field.by_box, field.id


def test_the_first_trace_is_not_called_the_beginning_for_certain() -> None:
    assert "n'est pas exclu" in (facts(told()).value("estimated_start") or "")


def test_what_left_is_told_by_host_and_only_what_went_outside() -> None:
    text = facts(told(**sent())).value("volume_out") or ""
    assert "5,0 Mo envoyés vers Internet" in text
    assert "vers colis-suivi.example (203.0.113.7)" in text
    assert "192.168.1.40" not in text


def test_a_leak_that_was_not_seen_is_not_excluded() -> None:
    assert "ne peut pas être exclue" in (facts(told()).value("volume_out") or "")


def test_a_leak_that_was_seen_is_said() -> None:
    leak = alert("a-leak", detector="exfiltration", about=RECEPTION, words={"host": "x.example"})
    found = facts(told(alerts=(*story(), leak)))
    assert "est à craindre" in (found.value("volume_out") or "")
    assert "confidentialité" in found.hint("incident_type")


def test_a_box_that_was_blind_says_so() -> None:
    blind = facts(told(health=health(seeing=False)))
    assert "ne voyait pas tout" in (blind.value("volume_out") or "")
    assert "ne voyait pas tout" not in (facts(told()).value("volume_out") or "")


def test_indicators_are_what_is_outside() -> None:
    """Addresses of the practice are no use to others."""
    found = {(each.sort, each.value) for each in facts(told()).indicators}
    assert found == {("host", "colis-suivi.example"), ("address", "203.0.113.7")}


def test_the_panels_orders_are_measures_with_their_time_and_person() -> None:
    cut = Entry(at=NOW, who="@button", what="isolated")
    text = facts(told(journal=(cut,))).value("measures") or ""
    assert "Coupure demandée, par bouton du boîtier" in text


def test_first_knowledge_is_hinted_at_and_never_filled() -> None:
    found = facts(told())
    assert found.value("first_knowledge_at") is None
    assert "n'est pas l'heure" in found.hint("first_knowledge_at") or "ce n'est pas" in found.hint(
        "first_knowledge_at"
    )


def test_ransomware_hints_at_what_kind_of_breach_it_is() -> None:
    assert "disponibilité" in facts(told()).hint("incident_type")
    assert facts().hint("incident_type") == ""


def test_evidence_is_listed_with_its_hashes() -> None:
    assert "ab12" in (facts(**{"alerts.json": "ab12"}).value("evidence_list") or "")


def test_every_ending_that_files_were_given_is_an_indicator_of_its_own() -> None:
    locked = alert(
        "r", detector="ransomware", words={"files": "4", "server": "x", "endings": ".a1 .b2"}
    )
    text = facts(told(alerts=(locked,))).value("indicators") or ""
    assert "extension : .a1\nextension : .b2" in text.replace("\u202f", " ")


def test_the_words_looked_for_in_alerts_are_words_that_detectors_write() -> None:
    """A word of another name is never found, and nobody would notice."""
    sources = Path(detectors.__file__).parent.glob("*.py")
    written = " ".join(source.read_text("utf-8") for source in sources)
    assert [word for word in INDICATORS if f'"{word}":' not in written] == []


def test_nothing_counted_yet_is_not_told_as_nothing_sent() -> None:
    """An alert told of a call a moment ago; sums are written once a minute."""
    text = facts(told()).value("volume_out") or ""
    assert "Aucun envoi vers Internet vu" not in text
    assert "Refaites le dossier" in text


def test_steps_that_stop_nothing_are_no_measures_and_those_that_do_are_told_as_done() -> None:
    entries = tuple(
        Entered(at=NOW + number, who="accueil", what=Wrote.DONE, key=key)
        for number, key in enumerate(("cable", "lessons", "back_passwords"))
    )
    text = replace(facts(told()), incident=replace(BARE, entries=entries)).value("measures") or ""
    assert "Fait : Débranchez le câble réseau, par accueil" in text.replace("\u202f", " ")
    assert "Tous les mots de passe" in text
    assert "appris" not in text
