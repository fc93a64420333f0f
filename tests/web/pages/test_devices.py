"""The devices' pages."""

from dataclasses import replace

import pytest

from appliance.addresses import Home
from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.model import Ip, Mac, Trust
from appliance.store import Conversation, Watch
from tests.kit import people
from tests.kit.people import ATTACKER, NAS, NOW, SENSOR, TECHNICIAN
from tests.kit.site import Site, Visitor
from web.pages.devices import talk
from web.wording import Names


def names(opened: Site, query: str = "") -> list[str]:
    text = opened.staff().get(f"/devices{query}").text
    known = {device.mac: device.name for device in opened.reader.devices()}
    listed = [(text.find(f'/devices/{mac}"'), name) for mac, name in known.items()]
    return [name for place, name in sorted(listed) if place >= 0]


def test_unknown_devices_come_first(opened: Site) -> None:
    assert names(opened)[:3] == [ATTACKER, "Samsung-Galaxy-A12", "Box Internet"]
    assert len(names(opened)) == 8


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=dürr", ["Capteur panoramique"]),
        ("?q=DÜRR+salle", ["Capteur panoramique"]),
        ("?q=192.168.1.40", ["Sauvegardes"]),
        ("?q=00:0d", ["Sauvegardes"]),
        ("?q=windows", ["PC de l'accueil"]),
        ("?trust=learnt", ["BRN30055C"]),
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
    assert len(names(opened, "?page=3")) == 58
    assert "page=2" in opened.staff().get("/devices").text


def _numbered(device, number: int):
    return replace(device, mac=Mac(f"02:00:00:01:{number // 256:02x}:{number % 256:02x}"))


def test_a_device_shows_its_evidence_and_its_conversations(opened: Site) -> None:
    text = opened.staff().get(f"/devices/{people.RECEPTION}").text
    assert "Demande d&#39;adresse" in text
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


def test_a_host_that_is_none_is_named_and_nothing_changes(opened: Site) -> None:
    before = opened.reader.decisions(mac=NAS)
    text = describe(opened.technician(), name="x", hosts="http://backup.example/")
    assert "http://backup.example/" in text
    assert opened.reader.decisions(mac=NAS) == before


def test_a_purpose_that_does_not_exist_is_refused(opened: Site) -> None:
    answer = opened.technician().post(f"/devices/{NAS}/describe", role="spaceship")
    assert answer.status_code == 400


@pytest.mark.parametrize("what", ["", "/approve", "/describe"])
def test_a_device_never_seen_has_no_page(opened: Site, what: str) -> None:
    technician = opened.technician()
    path = f"/devices/02:ff:ff:ff:ff:ff{what}"
    answer = technician.post(path) if what else technician.get(path)
    assert answer.status_code == 404


def test_a_conversation_is_told_from_the_side_of_the_device() -> None:
    flow = Conversation(
        first_at=NOW - 60,
        last_at=NOW,
        mac=NAS,
        peer_mac=SENSOR,
        src=Ip("192.168.1.40"),
        dst=Ip("192.168.1.30"),
        sport=50_000,
        dport=104,
        proto=6,
        packets_out=1,
        packets_in=2,
        octets_out=100,
        octets_in=200,
    )
    ours = talk(flow, NAS, Names({}), Home())
    theirs = talk(flow, SENSOR, Names({"192.168.1.40": "Sauvegardes"}), Home())
    assert (ours.peer, ours.sent, ours.got) == ("192.168.1.30", 100, 200)
    assert (theirs.peer, theirs.sent, theirs.got) == ("Sauvegardes", 200, 100)
    assert ours.service == "TCP 104"
    assert not ours.outside
