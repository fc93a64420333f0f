"""Addresses of one device joined and parted."""

from appliance.decisions import Verdict, standing
from tests.kit.machines import IMAGING, IMAGING_WIRELESS, PHONE, RECEPTION
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
    for mac in (PHONE, RECEPTION):
        assert "même boîtier" in technician.get(f"/devices/{mac}").text


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
