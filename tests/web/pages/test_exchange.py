"""The list taken along, and names brought back in two steps."""

import csv
import io
import json
import re
from dataclasses import replace

import msgspec
import pytest

from appliance.config import Keep
from appliance.exchange.record import Device
from appliance.model import Mac
from appliance.store import Watch
from tests.kit.machines import ATTACKER, NAS, NOW, PRINTER, SERVER, devices
from tests.kit.people import TECHNICIAN
from tests.kit.site import Site, Visitor
from web.pages.exchange import LARGEST, _packed, _unpacked

HIDDEN = re.compile(r'name="(content|shown)" value="([^"]*)"')


def send(visitor: Visitor, content: bytes):
    """Send a sheet as a browser does."""
    form = {"csrf_token": visitor.token(), "file": (io.BytesIO(content), "devices.csv")}
    return visitor.browser.post(
        "/devices/import/look", data=form, content_type="multipart/form-data"
    )


def test_a_spreadsheet_opens_in_the_readers_language(opened: Site) -> None:
    technician = opened.technician()
    french = technician.get("/devices/export.csv")
    assert french.data.startswith(b"\xef\xbb\xbf")
    assert b'"Adresse mat\xc3\xa9rielle";"Nom"' in french.data
    assert "attachment" in french.headers["Content-Disposition"]
    opened.office.set_language(TECHNICIAN, "en")
    assert b'"Hardware address","Name"' in opened.technician().get("/devices/export.csv").data


def test_the_file_is_what_the_api_gives(opened: Site) -> None:
    staff = opened.staff()
    file, api = staff.get("/devices/export.json"), staff.get("/api/v1/devices")
    assert json.loads(file.data) == api.json
    assert msgspec.json.decode(file.data, type=list[Device], strict=True)


def test_a_bill_of_materials_names_the_practice(opened: Site) -> None:
    answer = opened.staff().get("/devices/export.cdx.json")
    assert answer.mimetype == "application/vnd.cyclonedx+json"
    assert json.loads(answer.data)["metadata"]["properties"][0]["value"] == "Cabinet des Tilleuls"


def test_what_was_exported_changes_nothing_when_it_comes_back(opened: Site) -> None:
    technician = opened.technician()
    answer = send(technician, technician.get("/devices/export.csv").data)
    assert answer.status_code == 200
    assert "ne change rien" in answer.text


def test_a_sheet_is_shown_before_it_changes_anything(opened: Site) -> None:
    technician, before = opened.technician(), opened.reader.decisions()
    sheet = f"mac;Nom;Acheté le\n{PRINTER};Imprimante du bureau;31/03/2021\n".encode()
    shown = send(technician, sheet)
    assert "Imprimante du bureau" in shown.text
    assert "31 mars 2021" in shown.text
    assert opened.reader.decisions() == before
    answer = technician.post("/devices/import/apply", **dict(HIDDEN.findall(shown.text)))
    assert answer.status_code == 303
    device = opened.reader.device(PRINTER)
    assert (device.given_name, device.bought_on) == ("Imprimante du bureau", "2021-03-31")
    assert opened.reader.audit_entries(limit=1)[0].what == "import"


def test_an_import_loses_nothing_that_was_said_before(opened: Site) -> None:
    technician = opened.technician()
    technician.post(f"/devices/{NAS}/describe", hosts="backup.example", kind="nas")
    before = opened.reader.device(NAS)
    shown = send(technician, f"mac,place\n{NAS},Cave\n".encode())
    technician.post("/devices/import/apply", **dict(HIDDEN.findall(shown.text)))
    assert opened.reader.device(NAS) == replace(before, place="Cave")
    assert opened.reader.decisions(mac=NAS)[-1].hosts == ("backup.example",)


def test_every_wrong_line_is_told_at_once_and_nothing_changes(opened: Site) -> None:
    technician, before = opened.technician(), opened.reader.decisions()
    sheet = f"mac;kind;bought_on\nx;nas;\n{NAS};spaceship;2021-02-30\n{PRINTER};printer;\n"
    answer = send(technician, sheet.encode())
    assert answer.status_code == 400
    assert [line for line in ("Ligne 2", "Ligne 3") if line in answer.text] == [
        "Ligne 2",
        "Ligne 3",
    ]
    assert answer.text.count("Ligne 3") == 2
    assert "import/apply" not in answer.text
    assert opened.reader.decisions() == before


def test_a_list_that_moved_on_is_shown_again(opened: Site) -> None:
    technician = opened.technician()
    shown = send(technician, f"mac;name\n{NAS};Fond\n".encode())
    technician.post(f"/devices/{NAS}/describe", name="Autre nom")
    answer = technician.post("/devices/import/apply", **dict(HIDDEN.findall(shown.text)))
    assert answer.status_code == 409
    assert "Entre-temps" in answer.text
    assert opened.reader.device(NAS).given_name == "Autre nom"
    again = technician.post("/devices/import/apply", **dict(HIDDEN.findall(answer.text)))
    assert again.status_code == 303
    assert opened.reader.device(NAS).given_name == "Fond"


def test_nothing_sent_is_told(opened: Site) -> None:
    technician = opened.technician()
    assert technician.post("/devices/import/look").status_code == 303
    assert "Choisissez d&#39;abord un fichier" in technician.get("/devices/import").text


@pytest.mark.parametrize("content", ["", "x", "é", "AAAA", "=" * 9])
def test_a_second_step_without_a_first_is_refused(opened: Site, content: str) -> None:
    answer = opened.technician().post("/devices/import/apply", content=content, shown="")
    assert answer.status_code == 400 or "Entre-temps" in answer.text


def test_a_bomb_unpacks_to_no_more_than_a_sheet() -> None:
    assert len(_unpacked(_packed(b"0" * 10_000_000))) == LARGEST


def test_what_the_network_says_is_text_in_the_sheet_too(opened: Site) -> None:
    hostile = (
        "=cmd|' /C calc'!A0",
        "<script>window.ran=1</script>",
        "\u202egnp.exe",
        "a;=1+1",
        '"+1',
    )
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_devices(
        [
            replace(devices()[7], mac=Mac(f"02:00:00:00:99:{place:02x}"), names=(text,), maker=text)
            for place, text in enumerate(hostile)
        ]
    )
    watch.flush(NOW)
    watch.close()
    staff = opened.staff()
    sheet = staff.get("/devices/export.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "\u202e" not in sheet
    assert "'=cmd|' /C calc'!A0" in cells
    assert "a;'=1+1" in cells
    page = staff.get("/devices").text
    assert "<script>window" not in page
    for mac in (ATTACKER, SERVER):
        assert mac in sheet


def test_every_field_of_the_form_has_its_label_and_its_token(opened: Site) -> None:
    text = opened.technician().get("/devices/import").text
    assert '<label for="file"' in text
    assert text.count('name="csrf_token"') == text.count('method="post"')


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_form_opens_in_both_languages(opened: Site, language: str) -> None:
    opened.office.set_language(TECHNICIAN, language)
    text = opened.technician().get("/devices/import").text
    assert f'<html lang="{language}">' in text
    assert 'aria-current="page"' in text
