"""The map's page."""

import re

from appliance.store import Role
from tests.kit.people import NAS, SENSOR
from tests.kit.site import Site


def test_the_drawing_and_the_table_say_the_same(opened: Site) -> None:
    text = opened.staff().get("/map").text
    drawing, table = text.split("</svg>\n</div>")
    for device in opened.reader.devices():
        link = f'href="/devices/{device.mac}"'
        assert link in drawing
        assert link in table
    for words in ("Prise de rendez-vous", "Doctolib", "Mises à jour"):
        assert words in drawing
        assert words in table
    assert 'href="/alerts/a-sensor"' in drawing
    assert 'href="/alerts/a-sensor"' in table


def test_one_goes_through_the_devices_row_by_row(opened: Site) -> None:
    """The order of the page is that of the keyboard."""
    text = opened.staff().get("/map").text.split("</svg>\n</div>")[0]
    spots = re.findall(r'class="node[^"]*" transform="translate\((\d+) (\d+)\)"', text)
    places = [(int(y), int(x)) for x, y in spots[:-1]]
    assert places == sorted(places)


def test_the_lines_of_one_device_are_shown_on_their_own(opened: Site) -> None:
    text = opened.staff().get(f"/map?device={SENSOR}").text
    assert "Les traits de Capteur panoramique" in text
    assert "faint" in text
    assert "Les traits de" not in opened.staff().get("/map?device=nonsense").text


def test_before_anything_was_seen_the_page_says_so(fresh: Site) -> None:
    fresh.office.add_user("x", "hash", role=Role.TECHNICIAN, language="fr")
    assert "Rien à dessiner" in fresh.client("x").get("/map").text


def test_a_cut_stands_in_the_drawing(opened: Site) -> None:
    opened.panel.isolate(who="@button")
    assert "Internet coupé" in opened.staff().get("/map").text


def test_each_device_leads_to_its_place_on_the_map(opened: Site) -> None:
    assert f"/map?device={NAS}" in opened.staff().get(f"/devices/{NAS}").text
