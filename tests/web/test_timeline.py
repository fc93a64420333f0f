"""What became of a device."""

from dataclasses import replace

from appliance.decisions import Decision, Verdict
from appliance.model import Device
from tests.kit.machines import IMAGING, IMAGING_WIRELESS, evidence
from tests.kit.people import ATTACKER, DAY, NOW
from tests.kit.site import Site
from web.timeline import timeline
from web.wording import Names


def told(opened: Site, device: Device, *decisions: Decision) -> list[tuple[str, str]]:
    with opened.app.test_request_context():
        return [
            (event.what, event.words) for event in timeline("en", device, decisions, Names({}), NOW)
        ]


def test_it_begins_with_the_first_sight_and_ends_with_the_latest(opened: Site) -> None:
    device = opened.reader.device(ATTACKER)
    assert device is not None
    approved = Decision(id=1, at=NOW + 60, author="c", verdict=Verdict.APPROVE, mac=ATTACKER)
    what = [what for what, _ in told(opened, device, approved)]
    assert what == ["decision", "address", "alert", "seen"]


def test_an_address_and_a_join_are_told(opened: Site) -> None:
    says = f"{IMAGING_WIRELESS} = {IMAGING}"
    joined = evidence("joined", says, 60, days=3)
    device = Device(mac=IMAGING, first_at=NOW - 9 * DAY, evidence=(joined,))
    words = dict(told(opened, device))
    assert words["joined"] == f"Recognised under the address {IMAGING_WIRELESS} as well."
    assert words["address"] == "Takes the address 192.168.1.21 for the first time."


def test_a_device_that_was_never_seen_has_no_beginning(opened: Site) -> None:
    ghost = replace(Device(mac=ATTACKER), mac=IMAGING_WIRELESS)
    assert [what for what, _ in told(opened, ghost)] == []
