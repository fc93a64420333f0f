"""What people had deleted: asked once, with all that it takes to carry it out."""

from appliance.decisions import Verdict
from appliance.erasures import What
from appliance.store import Role, erasures
from tests.appliance.store.samples import ALICE, BOB, NOON, alert, case, device


def filled(box):
    """Give a box that knows Alice and Bob, with an alert of each, and one that is of both."""
    watch, office = box.watch(), box.office()
    watch.save_devices([device(), device(mac=BOB)])
    own = alert(2, about=BOB, key=("port_scan", "2"), words={"target": "nas"}, peers=())
    both = alert(3, about=BOB, key=("host_sweep", "3"), words={"target": ALICE}, peers=(ALICE,))
    watch.save_alerts([alert(1), own, both], [case()])
    watch.flush(NOON)
    office.decide(author="marie", verdict=Verdict.DESCRIBE, mac=ALICE, name="Poste de Claire")
    office.decide(author="marie", verdict=Verdict.APPROVE, mac=BOB)
    office.decide(author="marie", verdict=Verdict.CLOSE, alert=own.id, mac=BOB)
    return watch, office, box.reader()


def test_what_people_said_of_a_device_goes_at_once(box):
    _, office, reader = filled(box)
    asked = office.erase(What.DEVICE, author="marie", macs=(ALICE,))
    assert {each.mac for each in reader.decisions()} == {BOB}
    assert asked.alerts == (alert(1).id, alert(3).id)
    assert reader.erasures() == (asked,)


def test_the_audit_says_what_was_deleted_and_hardly_whose(box):
    _, office, reader = filled(box)
    office.erase(What.DEVICE, author="marie", macs=(ALICE,))
    (entry,) = (each for each in reader.audit_entries() if each.what == "erase")
    assert entry.detail == "device …00:0a"
    assert office.verify_audit().whole


def test_decisions_go_with_what_they_are_about(box):
    _, office, reader = filled(box)
    office.erase(What.ALERTS, author="marie")
    assert {each.verdict for each in reader.decisions()} == {Verdict.DESCRIBE, Verdict.APPROVE}
    office.erase(What.DEVICES, author="marie")
    assert reader.decisions() == ()


def test_sessions_end_for_everybody(box):
    office = box.office()
    office.add_user("marie", "x", role=Role.TECHNICIAN, language="fr")
    token = office.open_session("marie")
    office.erase(What.SESSIONS, author="marie")
    assert office.session(token) is None
    assert box.reader().erasing() == ()


def test_whose_it_was_is_forgotten_once_it_is_done(box):
    watch, office, reader = filled(box)
    office.erase(What.DEVICE, author="marie", macs=(ALICE,))
    office.tidy(watch._keep)
    assert reader.erasures()[0].macs == (ALICE,)
    watch.begin_erasing()
    for _ in range(20):
        watch.go_on_erasing(NOON)
    office.tidy(watch._keep)
    assert reader.erasures()[0].macs == ()
    box.clock.at = NOON + erasures.REMEMBERED + 1
    office.tidy(watch._keep)
    assert reader.erasures() == ()
