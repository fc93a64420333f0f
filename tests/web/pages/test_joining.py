"""Addresses of one device joined and parted."""

from appliance.decisions import Verdict, standing
from tests.kit.machines import IMAGING, IMAGING_WIRELESS, PHONE, RECEPTION, SENSOR
from tests.kit.people import TECHNICIAN
from tests.kit.site import Site


def test_two_devices_are_joined_with_a_reason_that_both_pages_show(opened: Site) -> None:
    technician = opened.technician()
    reason = {"other": RECEPTION, "reason": "même boîtier"}
    answer = technician.post(f"/devices/{PHONE}/join", **reason)
    assert answer.headers["Location"] == f"/devices/{RECEPTION}"
    last = opened.reader.decisions()[-1]
    assert (last.verdict, last.mac, last.other) == (Verdict.JOIN, PHONE, RECEPTION)
    assert (last.author, last.reason) == (TECHNICIAN, "même boîtier")
    assert standing(opened.reader.decisions()).joined == {PHONE: RECEPTION}
    assert "même boîtier" in technician.get(f"/devices/{RECEPTION}").text
    assert technician.get(f"/devices/{PHONE}").headers["Location"] == f"/devices/{RECEPTION}"


def test_what_was_joined_is_listed_once_at_once_and_twice_again_when_parted(opened: Site) -> None:
    """Also while no sensor runs: the list is put together when somebody asks for it."""
    technician = opened.technician()
    phone = opened.reader.device(PHONE)
    technician.post(f"/devices/{PHONE}/join", other=RECEPTION, reason="même boîtier")
    whole = opened.reader.device(RECEPTION)
    assert whole.also == (PHONE,)
    assert set(phone.addresses) <= set(whole.addresses)
    assert PHONE not in [device.mac for device in opened.reader.devices()]
    assert f'/devices/{PHONE}"' not in technician.get("/devices").text
    technician.post(f"/devices/{PHONE}/part")
    assert opened.reader.audit_entries(limit=1)[0].detail.startswith(f"part {PHONE}")
    assert opened.reader.device(PHONE) == phone
    assert f'/devices/{PHONE}"' in technician.get("/devices").text


def test_what_is_decided_of_a_joined_address_is_decided_of_the_device(opened: Site) -> None:
    technician = opened.technician()
    technician.post(f"/devices/{PHONE}/join", other=RECEPTION, reason="même boîtier")
    technician.post(f"/devices/{PHONE}/approve")
    assert opened.reader.decisions()[-1].mac == RECEPTION
    technician.post(f"/devices/{PHONE}/join", other=SENSOR, reason="même boîtier")
    last = opened.reader.decisions()[-1]
    assert (last.mac, last.other) == (RECEPTION, SENSOR)
    assert set(opened.reader.device(SENSOR).also) == {RECEPTION, PHONE}


def test_a_joined_address_is_parted_again(opened: Site) -> None:
    technician = opened.technician()
    assert "Ce sont deux appareils" in technician.get(f"/devices/{IMAGING}").text
    answer = technician.post(f"/devices/{IMAGING_WIRELESS}/part")
    assert answer.headers["Location"] == f"/devices/{IMAGING}"
    last = opened.reader.decisions()[-1]
    assert (last.verdict, last.mac) == (Verdict.PART, IMAGING_WIRELESS)
    text = technician.get(f"/devices/{IMAGING}").text
    assert IMAGING_WIRELESS in text
    assert "redevient un appareil à part" in text
    assert "Séparé" in text


def test_nonsense_joins_nothing(opened: Site) -> None:
    technician = opened.technician()
    before = opened.reader.decisions()
    for form in (
        {"other": "", "reason": "x"},
        {"other": PHONE, "reason": "x"},
        {"other": "02:ff:ff:ff:ff:ff", "reason": "x"},
        {"other": RECEPTION, "reason": " "},
        {},
    ):
        assert technician.post(f"/devices/{PHONE}/join", **form).status_code == 303
    assert technician.post("/devices/02:ff:ff:ff:ff:ff/join").status_code == 404
    assert technician.post(f"/devices/{PHONE}/part").status_code == 404
    assert opened.reader.decisions() == before
    technician.post(f"/devices/{PHONE}/join", other=RECEPTION)
    assert "Dites à quoi vous le voyez" in technician.get(f"/devices/{PHONE}").text
