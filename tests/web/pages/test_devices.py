"""The devices' pages."""

from dataclasses import replace

import pytest

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.model import Mac, Trust
from appliance.store import Watch
from tests.kit import people
from tests.kit.machines import IMAGING, IMAGING_WIRELESS, SERVER
from tests.kit.people import ATTACKER, NAS, RECEPTION, SENSOR, TECHNICIAN
from tests.kit.site import Site, Visitor


def names(opened: Site, query: str = "") -> list[str]:
    text = opened.staff().get(f"/devices{query}").text
    known = {device.mac: device.name for device in opened.reader.devices()}
    listed = [(text.find(f'/devices/{mac}"'), name) for mac, name in known.items()]
    return [name for place, name in sorted(listed) if place >= 0]


def test_unknown_devices_come_first(opened: Site) -> None:
    assert names(opened)[:2] == [ATTACKER, "Samsung-Galaxy-A12"]
    assert len(names(opened)) == 11


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=dürr", ["Capteur panoramique"]),
        ("?q=DÜRR+salle", ["Capteur panoramique"]),
        ("?q=192.168.1.40", ["Sauvegardes"]),
        ("?q=00:0d", ["Sauvegardes"]),
        ("?q=windows+10+2004", ["PC de l'accueil"]),
        ("?q=01:0b", ["Station d'imagerie"]),
        ("?trust=learnt&q=brn", ["BRN30055C"]),
        ("?kind=acquisition_pc", ["Station d'imagerie"]),
        ("?kind=unknown", [ATTACKER]),
        ("?kind=nonsense", []),
        ("?role=sensor", ["Capteur panoramique"]),
        ("?trust=unknown&q=samsung", ["Samsung-Galaxy-A12"]),
        ("?q=nothing+like+it", []),
        ("?trust=nonsense", []),
        ("?page=99", None),
        ("?page=-1", None),
        ("?page=x", None),
    ],
)
def test_the_list_can_be_searched(opened: Site, query: str, found: list[str] | None) -> None:
    assert names(opened, query) == (names(opened) if found is None else found)


def test_a_long_list_has_pages(opened: Site) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    sample = people.devices()[5]
    from_flood = [_numbered(sample, number) for number in range(250)]
    watch.save_devices(from_flood)
    watch.close()
    assert len(names(opened)) == 100
    assert len(names(opened, "?page=3")) == 61
    assert "page=2" in opened.staff().get("/devices").text


def _numbered(device, number: int):
    return replace(device, mac=Mac(f"02:00:00:01:{number // 256:02x}:{number % 256:02x}"))


def test_a_device_shows_its_evidence_and_its_conversations(opened: Site) -> None:
    text = opened.staff().get(f"/devices/{RECEPTION}").text
    assert "Version de Windows dite en se connectant" in text
    assert "PC-ACCUEIL" in text
    assert "93.184.216.34" in text
    assert "Sauvegardes" in opened.staff().get(f"/devices/{people.IMAGING}").text


def test_staff_see_no_form_that_they_may_not_use(opened: Site) -> None:
    text = opened.staff().get(f"/devices/{SENSOR}").text
    assert "/approve" not in text
    assert "/describe" not in text


def test_a_device_can_be_approved_and_the_approval_taken_back(opened: Site) -> None:
    technician = opened.technician()
    assert technician.post(f"/devices/{ATTACKER}/approve").status_code == 303
    assert opened.reader.device(ATTACKER).trust is Trust.APPROVED
    technician.post(f"/devices/{ATTACKER}/forget")
    assert opened.reader.device(ATTACKER).trust is not Trust.APPROVED
    last = opened.reader.decisions(mac=ATTACKER)[-1]
    assert (last.author, last.verdict) == (TECHNICIAN, Verdict.FORGET)


def describe(technician: Visitor, **fields: str) -> str:
    technician.post(f"/devices/{NAS}/describe", **fields)
    return technician.get(f"/devices/{NAS}").text


def test_a_device_is_given_a_name_a_purpose_a_place_and_hosts(opened: Site) -> None:
    technician = opened.technician()
    text = describe(
        technician, name="NAS du fond", role="nas", place="Cave", hosts="backup.example\nb.example"
    )
    device = opened.reader.device(NAS)
    assert (device.given_name, device.role, device.place) == ("NAS du fond", "nas", "Cave")
    assert "backup.example\nb.example</textarea>" in text
    assert "Décrit" in text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("hosts", "http://backup.example/", "pas un nom de site"),
        ("bought_on", "2021-02-30", "n&#39;est pas un jour du calendrier"),
        ("bought_on", "2031-01-01", "date dans le futur"),
        ("bought_on", "1989-12-31", "trop ancien"),
        ("bought_on", "soon", "n&#39;est pas un jour du calendrier"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(
    opened: Site, field: str, value: str, says: str
) -> None:
    before = opened.reader.decisions(mac=NAS)
    fields = {"name": "Nouveau nom", "kind": "server", field: value}
    answer = opened.technician().post(f"/devices/{NAS}/describe", **fields)
    assert answer.status_code == 400
    assert says in answer.text
    assert 'value="Nouveau nom"' in answer.text
    assert '<option value="server" selected>' in answer.text
    assert opened.reader.decisions(mac=NAS) == before


def test_a_device_is_given_a_kind_and_a_date_and_both_win(opened: Site) -> None:
    text = describe(opened.technician(), kind="server", bought_on="2026-09-21")
    device = opened.reader.device(NAS)
    assert (device.given_kind, device.bought_on) == ("server", "2026-09-21")
    assert "indiqué à la main" in text
    assert "Les signes disent" in text


def test_what_a_form_does_not_send_stays_as_it_was(opened: Site) -> None:
    """A decision replaces all that was said before."""
    technician = opened.technician()
    describe(
        technician, name="N", role="nas", kind="nas", bought_on="2020-01-02", hosts="a.example"
    )
    describe(technician, place="Cave")
    device = opened.reader.device(NAS)
    said = (device.given_name, device.role, device.given_kind, device.bought_on, device.place)
    assert said == ("N", "nas", "nas", "2020-01-02", "Cave")
    assert opened.reader.decisions(mac=NAS)[-1].hosts == ("a.example",)


def test_a_kind_that_does_not_exist_is_refused(opened: Site) -> None:
    for kind in ("spaceship", "unknown"):
        answer = opened.technician().post(f"/devices/{NAS}/describe", kind=kind)
        assert answer.status_code == 400


def test_a_role_is_suggested_by_the_kind_and_never_set(opened: Site) -> None:
    text = opened.technician().get(f"/devices/{people.PRINTER}").text
    assert "conviendrait" in text
    assert '<option value="" selected' not in text
    assert opened.reader.device(people.PRINTER).role == ""


def test_signs_that_contradict_are_shown(opened: Site) -> None:
    text = opened.staff().get(f"/devices/{people.PRINTER}").text
    assert text.count("D&#39;autres signes disent") == 2
    assert "Caméra" in text


def test_a_system_is_judged_as_far_as_its_version_tells(opened: Site) -> None:
    staff = opened.staff()
    assert "Plus suivi" in staff.get(f"/devices/{SERVER}").text
    depends = staff.get(f"/devices/{RECEPTION}").text
    assert "Suivi à vérifier" in depends
    assert "mises à jour prolongées" in depends
    assert "Suivi inconnu" in staff.get(f"/devices/{NAS}").text


def test_age_and_support_stand_in_the_list(opened: Site) -> None:
    text = opened.staff().get("/devices").text
    assert "à renouveler" in text
    assert "à prévoir" in text
    assert "Plus suivi" in text
    assert "registre du" in text


def test_another_address_of_a_device_leads_to_it(opened: Site) -> None:
    answer = opened.staff().get(f"/devices/{IMAGING_WIRELESS}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/devices/{IMAGING}"


def test_a_purpose_that_does_not_exist_is_refused(opened: Site) -> None:
    answer = opened.technician().post(f"/devices/{NAS}/describe", role="spaceship")
    assert answer.status_code == 400


@pytest.mark.parametrize("what", ["", "/approve", "/describe"])
def test_a_device_never_seen_has_no_page(opened: Site, what: str) -> None:
    technician = opened.technician()
    path = f"/devices/02:ff:ff:ff:ff:ff{what}"
    answer = technician.post(path) if what else technician.get(path)
    assert answer.status_code == 404


def test_headings_sort_and_say_how_the_list_is_sorted(opened: Site) -> None:
    assert names(opened, "?sort=name")[1] == ATTACKER
    assert names(opened, "?sort=-name")[-2] == ATTACKER
    text = opened.staff().get("/devices?sort=-traffic&trust=learnt").text
    assert text.count('aria-sort="descending"') == 1
    assert text.count('aria-sort="none"') == 6
    assert "/devices?trust=learnt&amp;sort=traffic" in text


def test_traffic_place_and_socket_stand_in_the_list(opened: Site) -> None:
    describe(opened.technician(), place="Cave", socket="B12")
    text = opened.staff().get("/devices").text
    assert "2,4\u202fMo" in text
    assert "Prise B12" in text
    assert names(opened, "?q=b12") == ["Sauvegardes"]


def test_several_devices_are_approved_at_once_one_decision_and_one_note_each(opened: Site) -> None:
    technician = opened.technician()
    assert technician.get("/devices").text.count('type="checkbox"') == 5
    answer = technician.browser.post(
        "/devices/ticked/approve?q=0&page=1",
        data={
            "csrf_token": technician.token(),
            "mac": [ATTACKER, people.PHONE, ATTACKER, NAS, "nonsense"],
        },
    )
    assert answer.headers["Location"] == "/devices?q=0&page=1"
    for mac in (ATTACKER, people.PHONE):
        assert opened.reader.device(mac).trust is Trust.APPROVED
        assert [one.verdict for one in opened.reader.decisions(mac=mac)] == [Verdict.APPROVE]
    notes = [note.detail for note in opened.reader.audit_entries() if note.what == "decide"]
    assert sorted(notes) == [f"approve {ATTACKER}", f"approve {people.PHONE}"]
    assert "2 appareils de plus" in technician.get("/devices").text


def test_nothing_ticked_is_said(opened: Site) -> None:
    technician = opened.technician()
    technician.post("/devices/ticked/approve")
    assert "Cochez d&#39;abord" in technician.get("/devices").text


def test_staff_can_tick_nothing(opened: Site) -> None:
    staff = opened.staff()
    assert 'type="checkbox"' not in staff.get("/devices").text
    assert staff.post("/devices/ticked/approve", mac=ATTACKER).status_code == 403


def test_a_device_tells_where_it_is_and_gives_a_label(opened: Site) -> None:
    describe(opened.technician(), place="Cave", socket="B12")
    text = opened.staff().get(f"/devices/{NAS}").text
    assert text.index("Où est-il") < text.index("B12")
    label = opened.staff().get(f"/devices/{NAS}/label").text
    for words in ("nas", "00:00:0d", "Cave", "B12"):
        assert words in label
    assert opened.staff().get("/devices/02:ff:ff:ff:ff:ff/label").status_code == 404


def test_a_socket_is_kept_when_something_else_is_said(opened: Site) -> None:
    technician = opened.technician()
    describe(technician, socket="B12")
    describe(technician, place="Cave")
    device = opened.reader.device(NAS)
    assert (device.place, device.socket) == ("Cave", "B12")
    assert opened.reader.decisions(mac=NAS)[-1].socket == "B12"


def test_a_device_tells_with_whom_it_talks_and_what_became_of_it(opened: Site) -> None:
    text = opened.staff().get(f"/devices/{people.IMAGING}").text
    assert f'href="/devices/{NAS}"' in text
    assert "TCP 445" in text
    assert "Vu pour la première fois" in text
    sensor = opened.staff().get(f"/devices/{SENSOR}").text
    assert "/search?q=198.51.100.7" in sensor


def test_among_very_many_devices_the_other_address_is_typed(opened: Site) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    sample = people.devices()[5]
    watch.save_devices(_numbered(sample, number) for number in range(320))
    watch.close()
    text = opened.technician().get(f"/devices/{NAS}").text
    assert '<input id="other" name="other"' in text
    assert '<select id="other"' not in text
