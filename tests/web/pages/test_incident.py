"""An incident's page: anybody of the practice opens it and ticks, a technician closes it."""

from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from appliance.dossier.evidence import last_kept, load, place
from appliance.incidents import BACK, STEPS, Origin, Wrote
from appliance.packets import FIRST, Asked, Caught, asked, caught_file
from tests.kit.machines import ATTACKER
from tests.kit.people import HOUR, MINUTE, NOW
from tests.kit.site import Site, Visitor, site
from tests.kit.story import tell_story

ONE = "/incident/20260921-1"


@pytest.fixture
def begun(opened: Site) -> Site:
    """The practice, in which the reception has opened an incident from a case."""
    tell_story(opened.state)
    form = {"from": "case", "subject": "c-story", "why": "Écran rouge"}
    opened.staff().post("/incident/new/open", **form)
    return opened


def stamp(at: float) -> str:
    """Give *at* as a browser sends it."""
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%dT%H:%M:%S}"


def said(opened: Site) -> list[tuple[str, str, str]]:
    held = opened.reader.incident("20260921-1")
    assert held is not None
    return [(each.who, each.what.value, each.key) for each in held.entries]


def test_staff_may_open_one_and_the_evidence_is_kept_at_once(begun: Site) -> None:
    held = begun.reader.open_incident()
    assert held is not None
    assert (held.opened_by, held.origin, held.why) == ("accueil", Origin.CASE, "Écran rouge")
    kept = load(place(begun.state, held))
    assert "s-ransomware" in {each.id for each in kept.alerts}


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/alerts/a-spoof", "from=alert&amp;subject=a-spoof"),
        ("/cases/c-story", "from=case&amp;subject=c-story"),
        ("/help", '/incident"'),
    ],
)
def test_an_incident_is_opened_from_what_one_looks_at(opened: Site, path: str, link: str) -> None:
    tell_story(opened.state)
    assert link in opened.staff().get(path).text


def test_after_a_cut_an_incident_is_offered(opened: Site) -> None:
    staff = opened.staff()
    staff.post("/isolation/cut")
    assert "from=isolation" in staff.get("/isolation").text


def test_what_does_not_exist_is_no_subject(opened: Site) -> None:
    opened.staff().post("/incident/new/open", **{"from": "alert", "subject": "no such"})
    held = opened.reader.open_incident()
    assert held is not None
    assert (held.origin, held.subject) == (Origin.HAND, "")


def test_every_other_page_leads_to_the_open_incident(begun: Site) -> None:
    for path in ("/", "/devices", "/alerts", "/isolation"):
        text = begun.staff().get(path).text
        assert "Un incident est en cours" in text
    assert begun.staff().get("/incident").headers["Location"] == ONE


def test_one_step_is_shown_at_a_time_and_ticking_shows_the_next(begun: Site) -> None:
    staff = begun.staff()
    assert "Débranchez le câble réseau</h1>" in staff.get(ONE).text, "files are being encrypted"
    staff.post(f"{ONE}/step", key="cable", what="done")
    text = staff.get(ONE).text
    assert text.count("<h1") == 1
    assert "Coupez Internet</h1>" in text
    assert said(begun) == [("accueil", "done", "cable")]


def test_what_was_ticked_by_mistake_is_undone(begun: Site) -> None:
    staff = begun.staff()
    for what in ("done", "undone"):
        staff.post(f"{ONE}/step", key="cable", what=what)
    assert "Débranchez le câble réseau</h1>" in staff.get(ONE).text


def test_the_cable_says_which_machine_where_and_the_stores_first(begun: Site) -> None:
    text = begun.staff().get(f"{ONE}?step=cable").text
    places = [text.index(f"<strong>{name}") for name in ("Sauvegardes", "Serveur", "PC de")]
    assert places == sorted(places)
    assert "Où\u202f: Local technique" in text
    assert "N&#39;éteignez rien" in begun.staff().get(f"{ONE}?step=power").text


def test_cutting_from_the_step_ticks_it(begun: Site) -> None:
    answer = begun.staff().post("/isolation/cut")
    assert answer.headers["Location"] == f"{ONE}?step=isolate"
    assert ("accueil", "done", "isolate") in said(begun)
    assert (
        "Internet est coupé, et c&#39;est vérifié" in begun.staff().get(f"{ONE}?step=isolate").text
    )


def test_a_cut_that_was_not_carried_out_ticks_nothing(begun: Site) -> None:
    begun.panel.gone = True
    begun.staff().post("/isolation/cut")
    assert said(begun) == []


def test_numbers_are_shown_and_can_be_dialled(begun: Site) -> None:
    begun.technician().post("/incident/contacts/save", technician="Camille, 06 00 00 00 01")
    text = begun.staff().get(f"{ONE}?step=call").text
    assert 'href="tel:0600000001"' in text
    assert 'href="tel:0972439125"' in text
    assert "17cyber.gouv.fr" in text
    assert "8 décembre 2025" in text


def test_no_clock_runs_until_a_person_says_when_it_was_known(begun: Site) -> None:
    staff = begun.staff()
    assert "Le délai ne court pas encore" in staff.get(f"{ONE}?step=complaint").text
    field = staff.get(f"{ONE}?step=known").text
    assert 'type="datetime-local" required>' in field, "no time is suggested"
    staff.post(f"{ONE}/known", at=stamp(NOW - 2 * HOUR))
    assert "Il reste 2 jours" in staff.get(f"{ONE}?step=complaint").text
    assert said(begun) == [("accueil", "known", ""), ("accueil", "done", "known")]


def test_when_the_clocks_have_run_down_the_page_says_report_all_the_same(begun: Site) -> None:
    begun.staff().post(f"{ONE}/known", at=stamp(NOW - 80 * HOUR))
    assert "Déclarez quand même" in begun.staff().get(f"{ONE}?step=notify").text


@pytest.mark.parametrize("at", ["", "hier", "9999-12-31T23:59", "1970-01-01T00:00", "0001-01-01"])
def test_a_time_that_cannot_be_is_refused(begun: Site, at: str) -> None:
    begun.staff().post(f"{ONE}/known", at=at)
    assert "passées" in begun.staff().get(f"{ONE}?step=known").text or said(begun) == []
    assert said(begun) == []


def test_what_is_voluntary_is_not_called_a_duty(begun: Site) -> None:
    text = begun.staff().get(f"{ONE}?step=notify").text
    told = text[text.index("CERT Santé</strong>") :]
    assert told.index("Facultatif pour un cabinet dentaire") < 80


def test_notes_are_kept_with_their_author(begun: Site) -> None:
    begun.staff().post(f"{ONE}/note", text="<b>Rançon</b> de 2 bitcoins", step="photo")
    text = begun.staff().get(ONE).text
    assert "&lt;b&gt;Rançon&lt;/b&gt; de 2 bitcoins" in text
    assert "par accueil" in text


def test_paper_says_what_stops_and_what_goes_on(begun: Site) -> None:
    assert "Le réseau intérieur continue" in begun.staff().get(f"{ONE}?step=paper").text


def test_the_way_back_is_ticked_point_by_point(begun: Site) -> None:
    staff = begun.staff()
    for point in BACK:
        answer = staff.post(f"{ONE}/step", key=f"back_{point}", what="done")
        assert answer.headers["Location"] == f"{ONE}?step=back"
    text = staff.get(f"{ONE}?step=back").text
    assert "alertes en cours\u202f: 4" in text
    assert text.count('value="undone"') == len(BACK)


def test_lessons_go_into_the_file(begun: Site) -> None:
    begun.staff().post(f"{ONE}/step", key="lessons", what="done", text="Un courriel piégé")
    held = begun.reader.incident("20260921-1")
    assert held is not None
    assert held.answers["lessons"].text == "Un courriel piégé"


@pytest.mark.parametrize(
    "form", [{"key": "format_disk", "what": "done"}, {"key": "isolate", "what": "closed"}, {}]
)
def test_only_steps_can_be_ticked(begun: Site, form: dict[str, str]) -> None:
    assert begun.staff().post(f"{ONE}/step", **form).status_code == 400


def test_only_a_technician_closes_and_the_evidence_is_kept_a_last_time(begun: Site) -> None:
    assert begun.staff().post(f"{ONE}/close").status_code == 403
    assert "/close" not in begun.staff().get(ONE).text
    begun.clock.at += MINUTE
    begun.technician().post(f"{ONE}/close")
    held = begun.reader.incident("20260921-1")
    assert held is not None
    assert held.closed is not None
    kept = last_kept(begun.state, held)
    assert kept is not None
    assert kept.at == NOW + MINUTE
    text = begun.staff().get(ONE).text
    assert "Cet incident est clos" in text
    assert "/step" not in text
    assert "20260921-1" in begun.staff().get("/incident").text


def test_a_closed_incident_takes_nothing_more(begun: Site) -> None:
    begun.technician().post(f"{ONE}/close")
    staff = begun.staff()
    staff.post(f"{ONE}/note", text="trop tard")
    assert "ne prend plus de notes" in staff.get(ONE).text


def test_evidence_that_cannot_be_written_stops_nobody(opened: Site) -> None:
    (opened.state / "incidents").write_text("in the way")
    staff = opened.staff()
    staff.post("/incident/new/open")
    text = staff.get(ONE).text
    assert "n&#39;ont pas pu être écrites" in text
    assert "Coupez Internet</h1>" in text


def test_packets_are_asked_for_where_a_technician_turned_that_on(tmp_path: Path) -> None:
    """The page says how many came, without their content, or that none did."""
    with site(tmp_path, installer="") as opened:
        setting = {"packets.keep": "1", "packets.mib": "16", "packets.minutes": "60"}
        opened.technician().post("/settings/packets/save", **setting)
        staff = opened.staff()
        staff.post("/incident/new/open")
        here = opened.state / "incidents/20260921-1"
        assert asked(here, FIRST) == Asked(at=NOW, devices=(ATTACKER,))
        assert "derniers échanges" not in staff.get(ONE).text
        opened.clock.at += 300
        staff.get("/incident/20260921-1/file.zip")
        assert "n&#39;a pas pu être gardée" in staff.get(ONE).text
        told = Caught(at=NOW + 1, packets=1234, first_at=NOW - 60, last_at=NOW)
        caught_file(here, FIRST).write_bytes(msgspec.json.encode(told))
        assert "1\u202f234 en tout" in staff.get(ONE).text


def test_every_step_opens_in_both_languages(begun: Site) -> None:
    for language in ("fr", "en"):
        begun.office.set_language("accueil", language)
        staff = begun.staff()
        for step in STEPS:
            assert staff.get(f"{ONE}?step={step}").status_code == 200


@pytest.mark.parametrize("what", ["", "/step", "/known", "/note", "/close", "/answer"])
def test_an_incident_that_does_not_exist_has_no_page(opened: Site, what: str) -> None:
    technician = opened.technician()
    form = {"key": "isolate", "what": "done", "text": "x", "at": stamp(NOW - 60)}
    path = f"/incident/x{what}"
    answer = technician.post(path, **form) if what else technician.get(path)
    assert answer.status_code == 404


def test_who_did_what_is_in_the_audit(begun: Site) -> None:
    visitor: Visitor = begun.staff()
    visitor.post(f"{ONE}/step", key="isolate", what="done")
    acts = [each.detail for each in begun.reader.audit_entries() if each.what == "incident"]
    assert acts == ["done 20260921-1 isolate", "open 20260921-1 case c-story"]
    assert Wrote.DONE in acts[0]
