"""What everybody reads."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from appliance.decisions import Verdict, standing
from appliance.facts import DhcpAsked
from appliance.model import NO_MAC, AlertState, Health, Trust
from appliance.store import StoreTrouble, Trouble
from tests.appliance.store.samples import ALICE, BOB, NOON, alert, case, delta, device, place
from tests.kit.check import inventory

DAY = 86_400


def test_before_anything_has_started_every_answer_is_empty(box):
    reader = box.reader()
    assert reader.devices() == reader.alerts() == reader.decisions() == reader.cases() == ()
    assert reader.traffic(since=0) == reader.flows(since=0) == reader.audit_entries() == ()
    assert reader.device(ALICE) is reader.alert("x") is reader.case("x") is reader.health() is None
    assert reader.changed() == ""


def test_a_directory_that_does_not_exist_is_empty_too(tmp_path, box):
    box.directory = tmp_path / "nowhere"
    assert box.reader().devices() == box.reader().flows(since=0) == ()


def test_a_file_whose_tables_are_not_made_yet_is_empty(box):
    """The first writer is just starting."""
    (box.directory / "vigie.db").touch()
    assert box.reader().devices() == ()


def test_a_reader_cannot_write(box):
    """SQLite itself refuses."""
    box.watch().save_alerts([alert()])
    reader = box.reader()
    with pytest.raises(StoreTrouble) as caught:
        reader._ask(lambda db: db.execute("DELETE FROM alerts"), None)
    assert "readonly" in str(caught.value)
    assert len(reader.alerts()) == 1


def test_a_reader_needs_no_running_sensor(box):
    """The files of a box that was shut down cleanly can be read."""
    watch = box.watch()
    watch.save_alerts([alert()])
    watch.count_traffic([delta()], place)
    watch.close()
    reader = box.reader()
    assert len(reader.alerts()) == len(reader.flows(since=NOON)) == 1


def test_devices_wear_what_people_said(box):
    """Also while the sensor is down."""
    watch, office, reader = box.watch(), box.office(), box.reader()
    watch.save_devices([device(ALICE), device(BOB, first_at=NOON + 1)])
    office.decide(
        author="marie", verdict=Verdict.DESCRIBE, mac=BOB, name="Scanner", role="imaging", place="2"
    )
    office.decide(author="marie", verdict=Verdict.APPROVE, mac=BOB)
    alice, bob = reader.devices()
    assert alice == device(ALICE)
    assert (bob.name, bob.role, bob.place, bob.trust) == ("Scanner", "imaging", "2", Trust.APPROVED)
    assert reader.device(BOB) == bob


def test_joined_addresses_are_one_device_with_the_history_of_all(box):
    """By evidence; what is asked for one of them is answered for both."""
    watch, reader = box.watch(), box.reader()
    watch.save_devices([device(also=(BOB,)), device(BOB, names=("wifi",))])
    watch.save_alerts([alert(1, about=ALICE), alert(2, about=BOB)])
    (whole,) = reader.devices()
    assert (whole.mac, whole.also) == (ALICE, (BOB,))
    assert "wifi" in whole.names
    assert reader.device(ALICE) == reader.device(BOB) == whole
    for mac in (ALICE, BOB):
        assert len(reader.alerts(mac=mac)) == 2


def test_pages_show_the_devices_that_the_sensor_sees(box):
    """Joined by evidence, by people, and parted; also after a restart."""
    watch, office, reader = box.watch(), box.office(), box.reader()
    sensor = inventory()
    said = {"version": 4, "message": "discover", "hostname": "pc", "vendor_class": "MSFT 5.0"}
    said |= {"client_id": "ff" + "11100042" * 4, "parameters": (1, 3)}
    for at, mac in ((NOON, ALICE), (NOON + 100, BOB)):
        sensor.learn(DhcpAsked(at=at, mac=mac, **said))
    for verdict in (None, Verdict.PART, Verdict.JOIN):
        if verdict:
            office.decide(author="marie", verdict=verdict, mac=BOB, other=ALICE)
        sensor.heed(standing(watch.decisions()))
        watch.save_devices(sensor.learnt())
        restarted = inventory()
        restarted.restore(watch.known_devices())
        restarted.heed(standing(watch.decisions()))
        assert reader.devices() == tuple(sensor.devices()) == tuple(restarted.devices())
        assert len(reader.devices()) == (2 if verdict is Verdict.PART else 1)


def test_parting_brings_a_row_back_at_once_and_joining_takes_it_away(box):
    """The sensor need not run; and what was normal for the device is for all its addresses."""
    watch, office, reader = box.watch(), box.office(), box.reader()
    alone = (device(), device(BOB, names=("wifi",)))
    watch.save_devices([replace(alone[0], also=(BOB,)), alone[1]])
    watch.save_alerts([alert(1, about=BOB)])
    office.decide(author="marie", verdict=Verdict.PART, mac=BOB, other=ALICE)
    assert reader.devices() == alone
    assert reader.alerts(mac=ALICE) == ()
    office.decide(author="marie", verdict=Verdict.JOIN, mac=BOB, other=ALICE)
    (whole,) = reader.devices()
    assert whole.also == (BOB,)
    (before,) = reader.alerts()
    office.decide(
        author="marie", verdict=Verdict.NORMAL, mac=ALICE, detector=before.detector, reason="x"
    )
    (after,) = reader.alerts(mac=ALICE)
    assert (before.state, after.state) == (AlertState.OPEN, AlertState.NORMAL)


def test_a_device_has_the_conversations_of_all_its_addresses(box):
    watch, reader = box.watch(), box.reader()
    watch.save_devices([device(also=(BOB,)), device(BOB)])
    watch.count_traffic([delta(NOON, mac=ALICE), delta(NOON, mac=BOB, sport=7)], place)
    for after in (60, 130, 200):
        box.clock.at = NOON + after
        watch.flush(NOON + after)
    assert len(reader.flows(mac=BOB, since=NOON - 60)) == 2
    assert {step.mac for step in reader.traffic(mac=BOB, since=NOON - 60)} >= {ALICE, BOB}


def test_a_decision_shows_on_the_alert_at_once(box):
    watch, office, reader = box.watch(), box.office(), box.reader()
    watch.save_alerts([alert(1), alert(2, detector="beacon"), alert(3, about=BOB)])
    office.decide(author="marie", verdict=Verdict.CLOSE, alert=alert(1).id)
    office.decide(author="marie", verdict=Verdict.NORMAL, mac=ALICE, detector="beacon")
    states = {found.id: found.state for found in reader.alerts()}
    assert states == {
        alert(1).id: AlertState.CLOSED,
        alert(2).id: AlertState.NORMAL,
        alert(3).id: AlertState.OPEN,
    }
    assert reader.alert(alert(1).id).state is AlertState.CLOSED
    assert [one.id for one in reader.alerts(states={AlertState.OPEN})] == [alert(3).id]
    assert [one.id for one in reader.alerts(states={AlertState.NORMAL})] == [alert(2).id]


def test_what_was_found_after_normal_ended_is_not_normal(box):
    watch, office, reader = box.watch(), box.office(), box.reader()
    office.decide(
        author="marie", verdict=Verdict.NORMAL, mac=ALICE, detector="port_scan", until=NOON + 60
    )
    watch.save_alerts([alert(1, last_at=NOON + 59), alert(2, last_at=NOON + 60)])
    assert [one.state for one in reader.alerts()] == [AlertState.OPEN, AlertState.NORMAL]


def test_alerts_can_be_asked_for_by_device_and_detector(box):
    watch, reader = box.watch(), box.reader()
    watch.save_alerts([alert(1), alert(2, detector="beacon"), alert(3, about=BOB)])
    assert [one.id for one in reader.alerts(mac=BOB)] == [alert(3).id]
    assert [one.id for one in reader.alerts(detector="beacon")] == [alert(2).id]


def test_pages_of_alerts_leave_none_out(box):
    """Also when many were last heard at the same moment."""
    watch, reader = box.watch(), box.reader()
    watch.save_alerts([alert(number, last_at=NOON) for number in range(10)])
    seen, before = [], None
    while page := reader.alerts(limit=3, before=before):
        seen += [one.id for one in page]
        before = page[-1].id
    assert sorted(seen) == [alert(number).id for number in range(10)]
    assert reader.alerts(before="unknown") == ()


def test_cases_come_latest_first_in_the_state_they_have_now(box):
    """One whose alerts people have all dealt with is closed at once, also without a sensor."""
    closed = case(3, state=AlertState.CLOSED)
    box.watch().save_alerts([alert(1), alert(2)], [case(1), case(2, alerts=(alert(2).id,)), closed])
    reader, office = box.reader(), box.office()
    assert [one.id for one in reader.cases()] == [case(n).id for n in (3, 2, 1)]
    assert len(reader.cases(states=(AlertState.OPEN,))) == 2
    assert len(reader.cases(limit=1)) == 1
    office.decide(author="marie", verdict=Verdict.CLOSE, alert=alert(2).id)
    assert reader.cases(states=(AlertState.OPEN,)) == (case(1),)
    office.decide(author="marie", verdict=Verdict.CLOSE, alert=alert(1).id)
    assert reader.cases(states=(AlertState.OPEN,)) == ()


def test_a_case_is_given_with_its_alerts_that_are_kept(box):
    gone = case(alerts=(alert(1).id, "forgotten", alert(2).id))
    box.watch().save_alerts([alert(1), alert(2)], [gone])
    box.office().decide(author="marie", verdict=Verdict.CLOSE, alert=alert(1).id)
    reader = box.reader()
    closed = replace(alert(1), state=AlertState.CLOSED)
    assert reader.case(gone.id) == (gone, (closed, alert(2)))
    assert reader.case("no such id") is None


def test_decisions_of_one_device_can_be_asked_for(box):
    office, reader = box.office(), box.reader()
    about_bob = office.decide(author="marie", verdict=Verdict.APPROVE, mac=BOB)
    close = office.decide(author="marie", verdict=Verdict.CLOSE, alert="x")
    assert reader.decisions() == (about_bob, close)
    assert reader.decisions(mac=BOB) == (about_bob,)
    assert close.mac == NO_MAC


def test_the_mark_changes_with_what_pages_show(box):
    """And with nothing else, so that browsers are not woken for traffic."""
    watch, office, reader = box.watch(), box.office(), box.reader()
    marks = [reader.changed()]
    for change in (
        lambda: watch.save_alerts([alert()]),
        lambda: watch.save_alerts([alert(count=2)]),
        lambda: watch.save_alerts([], [case()]),
        lambda: watch.save_alerts([], [case(alerts=(alert().id,))]),
        lambda: watch.save_alerts([], [case(alerts=(alert().id,), state=AlertState.CLOSED)]),
        lambda: watch.save_devices([device()]),
        lambda: watch.save_health(Health(at=NOON, seeing=True)),
        lambda: office.decide(author="marie", verdict=Verdict.CLOSE, alert=alert().id),
    ):
        change()
        marks.append(reader.changed())
    assert len(set(marks)) == len(marks)
    watch.count_traffic([delta()], place)
    watch.flush(NOON + 64)
    office.audit("marie", "look")
    assert reader.changed() == marks[-1]


def test_conversations_are_found_across_days(box):
    """Newest first, of one device at either end."""
    watch, reader = box.watch(), box.reader()
    for day in range(3):
        watch.count_traffic([delta(NOON + day * DAY, mac=ALICE, peer_mac=BOB)], place)
    watch.flush(NOON + 3 * DAY)
    assert [one.last_at for one in reader.flows(since=0)] == [NOON + 2 * DAY, NOON + DAY, NOON]
    assert len(reader.flows(since=NOON, until=NOON + DAY)) == 1
    assert len(reader.flows(since=0, limit=2)) == 2
    assert len(reader.flows(mac=BOB, since=0)) == 3
    assert reader.flows(mac=NO_MAC, since=0) == ()


def test_an_unknown_step_is_a_mistake_of_the_caller(box):
    box.watch()
    with pytest.raises(KeyError):
        box.reader().traffic(since=0, step="week; DROP TABLE alerts")


def test_many_threads_may_ask_one_reader(box):
    """The web answers from several threads; every connection is closed in the end."""
    box.watch().save_alerts([alert(number) for number in range(50)])
    reader = box.reader()
    together = threading.Barrier(8)

    def ask(_):
        together.wait()
        return [len(reader.alerts()) for _ in range(20)]

    with ThreadPoolExecutor(8) as threads:
        assert {n for found in threads.map(ask, range(8)) for n in found} == {50}


def test_a_reader_follows_when_the_file_is_exchanged(box):
    """A damaged file set aside by a writer is not read for ever."""
    watch, reader = box.watch(), box.reader()
    watch.save_alerts([alert(1)])
    assert len(reader.alerts()) == 1
    watch._writer._open(damaged=True)
    watch.save_alerts([alert(2)])
    assert len(reader.alerts()) == 2


def test_a_damaged_file_is_said_plainly(box):
    """Until a writer has mended it."""
    (box.directory / "vigie.db").write_bytes(b"not a database at all" * 500)
    with pytest.raises(StoreTrouble) as caught:
        box.reader().alerts()
    assert caught.value.what is Trouble.DAMAGED


def test_a_reader_is_not_kept_waiting_by_a_writer(box):
    box.watch().save_alerts([alert()])
    other = sqlite3.connect(box.directory / "vigie.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert len(box.reader().alerts()) == 1
    other.close()
