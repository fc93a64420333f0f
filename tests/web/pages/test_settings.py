"""Settings on the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.settings import FILE, load
from tests.kit.site import Site, site
from web.pages.settings import GROUPS


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Site]:
    with site(
        tmp_path, installer='[keep]\nflow_days = 12\n[practice]\nname = "Tilleuls"\n'
    ) as opened:
        yield opened


def test_what_is_saved_counts_at_once(opened: Site) -> None:
    technician = opened.technician()
    answer = technician.post(
        "/settings/home/save", **{"home.learning_days": "3", "home.networks": ""}
    )
    assert answer.status_code == 303
    assert load(opened.state / FILE) == {"home": {"learning_days": 3.0}}
    assert 'value="3"' in technician.get("/settings/home").text


def test_it_is_written_down_who_changed_what(opened: Site) -> None:
    opened.technician().post("/settings/home/save", **{"home.learning_days": "3"})
    last = opened.reader.audit_entries(limit=1)[0]
    assert (last.what, last.detail) == ("settings", "home.learning_days")


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_group_has_its_page_in_both_languages(
    opened: Site, group: str, language: str
) -> None:
    technician = opened.technician()
    technician.post("/account/language", language=language)
    answer = technician.get(f"/settings/{group}")
    assert answer.status_code == 200
    assert f'href="/settings/{group}"' in technician.get("/settings").text


def test_what_the_installer_set_is_shown_and_cannot_be_changed(opened: Site) -> None:
    technician = opened.technician()
    page = technician.get("/settings/keep").text
    assert 'name="keep.flow_days" type="text" inputmode="numeric" size="10" value="12"' in page
    assert "Fixé par l&#39;installateur" in page
    technician.post("/settings/keep/save", **{"keep.flow_days": "7"})
    assert load(opened.state / FILE) == {}


def test_a_mistake_loses_nothing_that_was_typed(opened: Site) -> None:
    answer = opened.technician().post(
        "/settings/home/save", **{"home.learning_days": "soon", "home.networks": "10.0.0.0/8"}
    )
    assert answer.status_code == 400
    assert "« soon » ne convient pas" in answer.text.replace("\u202f", " ")
    assert 'value="soon"' in answer.text
    assert "10.0.0.0/8" in answer.text
    assert load(opened.state / FILE) == {}


def test_wiring_that_cannot_be_is_refused_with_the_reason(opened: Site) -> None:
    wired = {"panel.relay": "5", "panel.button": "5", "panel.cut": "lan"}
    answer = opened.technician().post("/settings/panel/save", **wired)
    assert answer.status_code == 400
    assert load(opened.state / FILE) == {}


def test_a_damaged_file_is_said_and_not_written_over(opened: Site) -> None:
    (opened.state / FILE).write_text("{", "utf-8")
    technician = opened.technician()
    assert "it is not JSON" in technician.get("/settings").text
    answer = technician.post("/settings/home/save", **{"home.learning_days": "3"})
    assert answer.status_code == 503
    assert (opened.state / FILE).read_text("utf-8") == "{"


def test_there_is_no_group_of_another_name(opened: Site) -> None:
    assert opened.technician().get("/settings/paths").status_code == 404


def test_only_the_technician_has_settings(opened: Site) -> None:
    assert opened.staff().get("/settings").status_code == 403
    assert 'href="/settings"' not in opened.staff().get("/").text
