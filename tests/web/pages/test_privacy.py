"""What is kept, taken along, printed and deleted."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from appliance.config import Keep
from appliance.erasures import What
from appliance.incidents import Origin, Wrote
from appliance.model import Mac
from appliance.privacy.records import RECORDS
from appliance.store import Watch
from appliance.texts import LANGUAGES, say
from tests.kit import people
from tests.kit.people import NOW, PHONE, RECEPTION
from tests.kit.site import Site
from web.pages.privacy import LISTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_may_read_what_is_kept(opened: Site, language: str) -> None:
    opened.office.set_language(people.STAFF, language)
    page = opened.staff().get("/privacy").text
    for one in RECORDS:
        assert say(language, f"privacy_record.{one.id}.name").replace("'", "&#39;") in page
    assert "183" in page
    assert "/privacy/sure" not in page
    assert "/privacy/export.zip" not in page


def test_the_page_is_found_from_every_page(opened: Site) -> None:
    assert 'href="/privacy"' in opened.staff().get("/").text


def test_staff_neither_delete_nor_take_along(opened: Site) -> None:
    visitor = opened.staff()
    assert visitor.get("/privacy/sure?what=alerts").status_code == 403
    assert visitor.post("/privacy/delete", what="alerts").status_code == 403
    assert visitor.post("/privacy/export.zip", device=RECEPTION).status_code == 403
    assert opened.reader.erasures() == ()


def test_the_notice_is_for_everybody_and_the_note_for_the_technician(opened: Site) -> None:
    notice = opened.staff().get("/privacy/notice.pdf")
    assert notice.content_type == "application/pdf"
    assert notice.data.startswith(b"%PDF-")
    assert opened.staff().get("/privacy/note.pdf").status_code == 403
    assert opened.technician().get("/privacy/note.pdf").data.startswith(b"%PDF-")
    assert opened.technician().get("/privacy/other.pdf").status_code == 404


def test_all_of_a_device_is_taken_along_and_the_audit_says_so(opened: Site) -> None:
    answer = opened.technician().post("/privacy/export.zip", device=RECEPTION)
    with ZipFile(BytesIO(answer.data)) as packed:
        assert packed.testzip() is None
        assert RECEPTION in packed.read("devices.json").decode()
    assert opened.reader.audit_entries()[0].detail == f"privacy {RECEPTION}"


def test_without_a_device_nothing_is_taken_along(opened: Site) -> None:
    visitor = opened.technician()
    assert visitor.post("/privacy/export.zip").status_code == 303
    assert visitor.get("/privacy").text.count('role="alert"') == 1


def test_a_deletion_is_asked_twice_and_then_carried_out(opened: Site) -> None:
    visitor = opened.technician()
    asked = visitor.get(f"/privacy/sure?what=device&key={PHONE}")
    assert asked.status_code == 200
    assert PHONE in asked.text
    assert opened.reader.erasures() == ()
    assert visitor.post("/privacy/delete", what="device", key=PHONE).status_code == 303
    (one,) = opened.reader.erasures()
    assert (one.what, one.who, one.macs) == (What.DEVICE, people.TECHNICIAN, (PHONE,))
    waits = say("fr", "privacy.waiting")
    assert waits in visitor.get("/privacy").text
    watch = Watch(opened.state, Keep(), lambda: NOW)
    watch.begin_erasing()
    for _ in range(50):
        watch.go_on_erasing(NOW)
    watch.close()
    assert waits not in visitor.get("/privacy").text
    assert PHONE not in visitor.get("/devices").text


@pytest.mark.parametrize("what", [each for each in What if each is not What.DEVICE])
def test_each_kind_is_named_before_it_is_deleted(opened: Site, what: What) -> None:
    asked = opened.technician().get(f"/privacy/sure?what={what.value}").text
    names = [one.id for one in RECORDS if one.now is what]
    assert names
    for name in names:
        assert say("fr", f"privacy_record.{name}.name") in asked


def test_what_does_not_exist_is_not_deleted(opened: Site) -> None:
    visitor = opened.technician()
    for query in ("what=audit", "what=device&key=00:00:00:00:00:99", "what=incident&key=x", ""):
        assert visitor.get(f"/privacy/sure?{query}").status_code == 404
    assert visitor.post("/privacy/delete", what="audit").status_code == 404
    assert opened.reader.erasures() == ()


def test_only_a_closed_incident_is_deleted(opened: Site) -> None:
    visitor = opened.technician()
    held = opened.office.open_incident(author="accueil", origin=Origin.HAND)
    assert visitor.get(f"/privacy/sure?what=incident&key={held.id}").status_code == 404
    opened.office.add_to_incident(held.id, author="camille", what=Wrote.CLOSED)
    assert held.id in visitor.get("/privacy").text
    assert visitor.get(f"/privacy/sure?what=incident&key={held.id}").status_code == 200
    visitor.post("/privacy/delete", what="incident", key=held.id)
    assert opened.reader.incidents() == ()


def test_who_deletes_all_sessions_signs_in_again(opened: Site) -> None:
    visitor = opened.technician()
    visitor.post("/privacy/delete", what="sessions")
    assert visitor.get("/privacy").status_code == 303


def test_the_page_stands_when_the_card_gives_up(opened: Site) -> None:
    visitor = opened.technician()
    visitor.get("/privacy")
    opened.break_card()
    page = visitor.get("/privacy")
    assert page.status_code == 200
    assert say("fr", "privacy_record.devices.name") in page.text


def test_among_very_many_devices_one_is_named_by_its_address(opened: Site) -> None:
    """The page would be a list of thousands, twice."""
    watch = Watch(opened.state, Keep(), lambda: NOW)
    like = people.devices()[0]
    watch.save_devices(
        replace(like, mac=Mac(f"06:00:00:00:{n >> 8:02x}:{n & 255:02x}")) for n in range(LISTED)
    )
    watch.close()
    visitor = opened.technician()
    page = visitor.get("/privacy").text
    assert '<input id="delete-device"' in page
    assert "<select id=" not in page
    spelt = RECEPTION.upper().replace(":", "-")
    sure = visitor.get(f"/privacy/sure?what=device&key={spelt}").text
    assert f'value="{RECEPTION}"' in sure
    taken = visitor.post("/privacy/export.zip", device=spelt)
    assert taken.mimetype == "application/zip"
