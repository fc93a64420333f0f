"""The report of a month, as a page and as a paper."""

import re

import pytest

from appliance.decisions import Verdict
from appliance.model import Level
from appliance.press import setting
from tests.kit.people import RECEPTION
from tests.kit.site import Site

MONTH = "/report/2026-09"


def words(text: str) -> str:
    """Give what a reader reads of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&#39;", "'").split())


def test_staff_read_the_month_that_runs(opened: Site) -> None:
    text = words(opened.staff().get("/report").text)
    assert "Rapport du mois : septembre 2026" in text
    assert text.index("Agissez maintenant") < text.index("1 danger n'est pas réglé.")
    assert text.index("Le mois en chiffres") < text.index("Le détail")


def test_a_month_has_an_address(opened: Site) -> None:
    assert "septembre 2026" in opened.staff().get(MONTH).text


@pytest.mark.parametrize("name", ["2026-10", "2019-01", "2026-13", "x", "2026-09-21"])
def test_a_month_of_which_there_is_nothing_is_not_found(opened: Site, name: str) -> None:
    assert opened.staff().get(f"/report/{name}").status_code == 404
    assert opened.staff().get(f"/report/{name}/paper.pdf").status_code == 404


def test_the_report_is_never_calmer_than_the_light(opened: Site) -> None:
    for alert in ("a-spoof", "a-phone", "a-sensor"):
        opened.office.decide(author="camille", verdict=Verdict.CLOSE, alert=alert)
    opened.panel.light = Level.DANGER
    text = words(opened.staff().get("/report").text)
    assert "Agissez maintenant" in text
    assert "Le voyant signale un danger." in text


def test_a_silent_panel_is_said(opened: Site) -> None:
    opened.panel.gone = True
    assert "Le voyant et la coupure ne répondent pas." in words(opened.staff().get("/report").text)


def test_hostile_names_stay_text(opened: Site) -> None:
    opened.office.decide(
        author="x", verdict=Verdict.DESCRIBE, mac=RECEPTION, name="<script>alert(1)</script>"
    )
    opened.office.decide(
        author="x", verdict=Verdict.CLOSE, alert="a-spoof", reason='"><img src=x>{{ 7*7 }}'
    )
    text = opened.staff().get("/report").text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "{{ 7*7 }}" in text


def test_the_paper_is_downloaded_by_staff(opened: Site) -> None:
    answer = opened.staff().get(f"{MONTH}/paper.pdf")
    assert answer.content_type == "application/pdf"
    assert 'filename="vigie-2026-09.pdf"' in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"%PDF-")


def test_a_paper_that_cannot_be_set_is_said(opened: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting.sys, "executable", "/nowhere")
    staff = opened.staff()
    assert staff.get(f"{MONTH}/paper.pdf").status_code == 303
    assert "Le PDF n'a pas pu être fait" in words(staff.get(MONTH).text)


def test_a_box_that_never_watched_has_no_report_yet(opened: Site, fresh: Site) -> None:
    fresh.office.add_user("camille", "x", role=opened.office.users()[1].role, language="fr")
    assert "Pas encore de rapport" in words(fresh.technician().get("/report").text)


def test_a_card_that_fails_is_said(opened: Site) -> None:
    staff = opened.staff()
    opened.break_card()
    for path in ("/report", MONTH):
        answer = staff.get(path)
        assert answer.status_code == 200
        assert "La base de données ne répond pas" in answer.text


def test_the_first_page_leads_to_it(opened: Site) -> None:
    assert 'href="/report"' in opened.staff().get("/").text
