"""Every page: there in both languages, whatever is broken, with nothing hostile in it."""

import re

import pytest

from appliance.model import Level
from appliance.texts import LANGUAGES
from tests.kit.people import IMAGING, STAFF, TECHNICIAN
from tests.kit.site import Site

PAGES = [
    "/",
    "/devices",
    f"/devices/{IMAGING}",
    "/alerts",
    "/alerts?state=all",
    "/alerts/a-spoof",
    "/isolation",
    "/help",
    "/privacy",
    "/account",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [TECHNICIAN, STAFF])
def test_every_page_opens_in_both_languages(
    opened: Site, path: str, language: str, name: str
) -> None:
    opened.office.set_language(name, language)
    answer = opened.client(name).get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("level", list(Level))
def test_every_page_opens_in_every_state(opened: Site, path: str, level: Level) -> None:
    opened.panel.light = level
    answer = opened.technician().get(path)
    assert answer.status_code == 200
    assert f'data-level="{level.value}"' in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_while_the_panel_is_silent(opened: Site, path: str) -> None:
    opened.panel.gone = True
    answer = opened.technician().get(path)
    assert answer.status_code == 200
    assert "État inconnu" in answer.text


@pytest.mark.parametrize("path", ["/", "/devices", "/alerts", "/isolation", "/help", "/account"])
def test_every_list_opens_while_the_card_fails(opened: Site, path: str) -> None:
    staff = opened.staff()
    opened.break_card()
    answer = staff.get(path)
    assert answer.status_code == 200
    if path in ("/", "/devices", "/alerts"):
        assert "La base de données ne répond pas" in answer.text


@pytest.mark.parametrize("path", ["/", "/devices", "/alerts", "/isolation", "/help", "/account"])
def test_every_list_opens_on_an_empty_box(opened: Site, fresh: Site, path: str) -> None:
    fresh.office.add_user(TECHNICIAN, "x", role=opened.office.users()[1].role, language="fr")
    assert fresh.technician().get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_field_of_a_form_has_its_label(opened: Site, path: str) -> None:
    text = opened.technician().get(path).text
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text)
    shown = [field for field in fields if "hidden" not in field]
    for field in shown:
        (id_,) = re.findall(r'\bid="([^"]+)"', field)
        assert f'<label for="{id_}"' in text, field


@pytest.mark.parametrize("path", PAGES)
def test_every_form_that_changes_something_carries_the_token(opened: Site, path: str) -> None:
    text = opened.technician().get(path).text
    for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL):
        assert 'name="csrf_token"' in form


@pytest.mark.parametrize("path", PAGES)
def test_no_id_is_used_twice(opened: Site, path: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', opened.technician().get(path).text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(opened: Site, path: str) -> None:
    """Octets before compression; the style sheet and the script are fetched once."""
    assert len(opened.technician().get(path).data) < 24_000
