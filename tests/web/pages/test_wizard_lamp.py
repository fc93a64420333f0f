"""The set-up tries the lamp, colour by colour."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import settings
from appliance.config_file import load as load_config
from appliance.panel.lamp import Part
from tests.kit.site import Site, site
from web.progress import Progress, Went, load


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path, installer="") as opened:
        yield opened


def kept(opened: Site) -> Progress:
    return load(load_config(opened.state / "vigie.toml"))


def test_a_colour_is_shown_and_asked_for_and_the_answer_is_kept(made: Site) -> None:
    technician = made.technician()
    assert "Avez-vous vu" not in technician.get("/wizard/panel").text
    answer = technician.post("/wizard/panel/lamp", part="red")
    assert answer.headers["Location"] == "/wizard/panel?tried=red#colours"
    assert made.panel.lamp == "red"
    page = technician.get("/wizard/panel?tried=red").text
    assert 'data-lit="red"' in page
    assert "Avez-vous vu du rouge" in page
    technician.post("/wizard/panel/seen", part="red", seen="yes")
    assert kept(made).lamp == {Part.RED: True}
    assert kept(made).of("panel") is Went.TO_DO


def test_colours_that_were_not_seen_lead_to_the_setting_and_all_three_to_what_they_mean(
    made: Site,
) -> None:
    technician = made.technician()
    for part, seen in (("red", "no"), ("green", "no")):
        technician.post("/wizard/panel/seen", part=part, seen=seen)
    page = technician.get("/wizard/panel").text
    assert "leurs trois réponses" in page
    assert "respiration lente" not in page
    technician.post("/wizard/panel/seen", part="blue", seen="yes")
    page = technician.get("/wizard/panel").text
    assert "Le rouge et le vert sont sans doute inversés" in page
    assert 'href="/settings/panel#panel-red"' in page
    assert "respiration lente" in page


def test_what_the_panel_refuses_to_show_is_said_and_not_asked_for(made: Site) -> None:
    made.panel.isolated = True
    technician = made.technician()
    answer = technician.post("/wizard/panel/lamp", part="red")
    assert answer.headers["Location"] == "/wizard/panel"
    assert "le voyant doit le montrer" in technician.get("/wizard/panel").text
    assert technician.post("/wizard/panel/lamp", part="amber").status_code == 400


def test_the_buzzer_is_tried_where_there_is_one(made: Site) -> None:
    assert "Faire sonner" not in made.technician().get("/wizard/panel").text
    settings.save(made.state / settings.FILE, {"panel": {"buzzer": 25}})
    technician = made.technician()
    assert "Faire sonner" in technician.get("/wizard/panel").text
    technician.post("/wizard/panel/seen", part="buzzer", seen="no")
    assert 'href="/settings/panel#panel-buzzer"' in technician.get("/wizard/panel").text


def test_putting_it_aside_forgets_no_answer(made: Site) -> None:
    technician = made.technician()
    technician.post("/wizard/panel/seen", part="blue", seen="yes")
    technician.post("/wizard/reminder/aside", aside="1")
    assert kept(made).lamp == {Part.BLUE: True}
