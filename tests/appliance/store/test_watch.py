"""What the sensor writes."""

from dataclasses import replace

from appliance.decisions import Decision, Verdict
from appliance.model import AlertState, Health
from appliance.store.watch import HEALTH
from tests.appliance.store.samples import (
    ALICE,
    BOB,
    NOON,
    alert,
    case,
    delta,
    device,
    numbered_mac,
    place,
)

WELL = Health(at=NOON, seeing=True)


def test_an_alert_is_there_once_saved(box):
    watch, reader = box.watch(), box.reader()
    assert watch.save_alerts([alert(1), alert(2)])
    assert [found.id for found in reader.alerts()] == [alert(2).id, alert(1).id]


def test_an_alert_saved_again_is_the_same_alert(box):
    watch, reader = box.watch(), box.reader()
    watch.save_alerts([alert(1)])
    watch.save_alerts([alert(1, count=7, last_at=NOON + 60)])
    assert reader.alerts() == (alert(1, count=7, last_at=NOON + 60),)


def test_what_was_known_is_there_after_a_restart(box):
    watch = box.watch()
    watch.save_devices([device(ALICE), device(BOB, first_at=NOON + 1)])
    watch.save_alerts([alert(1), alert(2, state=AlertState.CLOSED), alert(3)])
    watch.close()
    again = box.watch()
    assert again.known_devices() == (device(ALICE), device(BOB, first_at=NOON + 1))
    assert again.open_alerts() == (alert(1), alert(3))


def test_cases_are_there_after_a_restart_with_their_alerts(box):
    watch = box.watch()
    watch.save_alerts([alert(1), alert(2)], [case(1), case(2, state=AlertState.CLOSED)])
    watch.save_alerts([], [case(1, last_at=NOON + 60)])
    watch.close()
    assert box.watch().open_cases() == (case(1, last_at=NOON + 60),)
    assert len(box.reader().cases()) == 2


def test_the_first_start_is_remembered(box):
    """The learning time counts from it."""
    first = box.watch().first_started_at
    box.clock.at += 86_400
    assert box.watch().first_started_at == first == NOON


def test_new_decisions_are_given_once(box):
    watch, office = box.watch(), box.office()
    first = office.decide(author="marie", verdict=Verdict.APPROVE, mac=ALICE)
    second = office.decide(author="marie", verdict=Verdict.FORGET, mac=ALICE)
    assert watch.decisions() == (first, second)
    assert watch.decisions_after(first.id) == (second,)
    assert watch.decisions_after(second.id) == ()


def test_a_device_only_heard_again_waits_for_the_minute(box):
    """Its row is not rewritten, and the time is still right a minute later."""
    watch, reader = box.watch(), box.reader()
    watch.save_devices([device()])
    mark = reader.changed()
    watch.save_devices([device(last_at=NOON + 50)])
    assert reader.device(ALICE).last_at == NOON
    watch.flush(NOON + 70)
    assert reader.device(ALICE).last_at == NOON + 50
    assert reader.changed() == mark


def test_addresses_used_in_turn_are_no_change(box):
    watch, reader = box.watch(), box.reader()
    watch.save_devices([device()])
    mark = reader.changed()
    box.clock.at += 1
    watch.flush(box.clock.at)
    watch.save_devices([device(addresses=device().addresses[::-1])])
    assert reader.changed() == mark


def test_a_device_that_changed_is_written_at_once(box):
    watch, reader = box.watch(), box.reader()
    watch.save_devices([device()])
    watch.save_devices([device(names=("accueil",))])
    assert reader.device(ALICE).names == ("accueil",)


def test_health_is_written_when_it_says_something_new(box):
    """Counters alone wait, to spare the card."""
    watch, reader = box.watch(), box.reader()
    assert reader.health() is None
    watch.save_health(WELL)
    watch.save_health(replace(WELL, at=NOON + 1, packets=9))
    assert reader.health() == WELL
    blind = replace(WELL, at=NOON + 2, seeing=False, why="health.card_gone")
    watch.save_health(blind)
    assert reader.health() == blind
    later = replace(blind, at=NOON + 2 + HEALTH, packets=99)
    watch.save_health(later)
    assert reader.health() == later


def test_traffic_is_there_after_its_minute(box):
    watch, reader = box.watch(), box.reader()
    watch.count_traffic([delta(NOON + 1), delta(NOON + 2)], place)
    watch.flush(NOON + 30)
    assert reader.traffic(since=NOON) == ()
    watch.flush(NOON + 64)
    (hour,) = reader.traffic(since=NOON)
    assert (hour.mac, hour.outside.octets_in, hour.outside.octets_out) == (ALICE, 200, 20)
    (flow,) = reader.flows(since=NOON)
    assert (flow.dport, flow.octets_in, flow.first_at, flow.last_at) == (
        443,
        200,
        NOON + 1,
        NOON + 2,
    )


def test_closing_writes_what_is_left(box):
    watch = box.watch()
    watch.count_traffic([delta()], place)
    watch.save_devices([device()])
    watch.save_devices([device(last_at=NOON + 5)])
    watch.close()
    reader = box.reader()
    assert len(reader.flows(since=NOON)) == len(reader.traffic(since=NOON)) == 1
    assert reader.device(ALICE).last_at == NOON + 5


def test_a_flood_of_devices_and_alerts_stays_under_the_caps(box):
    watch, reader = box.watch(alerts=5, devices=5), box.reader()
    for number in range(30):
        watch.save_alerts([alert(number)])
        watch.save_devices([device(numbered_mac(number), last_at=NOON + number)])
    watch.flush(NOON + 64)
    assert {found.id for found in reader.alerts()} == {alert(n).id for n in range(25, 30)}
    assert {found.mac for found in reader.devices()} == {numbered_mac(n) for n in range(25, 30)}


def test_alerts_that_are_over_leave_before_open_ones(box):
    watch, reader = box.watch(alerts=2), box.reader()
    for one in (alert(1), alert(2, state=AlertState.CLOSED), alert(3)):
        watch.save_alerts([one])
    watch.flush(NOON + 64)
    assert {found.id for found in reader.alerts()} == {alert(1).id, alert(3).id}


def test_a_flood_of_cases_stays_under_the_cap(box):
    watch, reader = box.watch(alerts=2), box.reader()
    for one in (case(1), case(2, state=AlertState.CLOSED), case(3)):
        watch.save_alerts([], [one])
    watch.flush(NOON + 64)
    assert {found.id for found in reader.cases()} == {case(1).id, case(3).id}


def test_a_device_that_people_named_leaves_last(box):
    """A flood of made-up addresses does not push out what the technician described."""
    watch, office, reader = box.watch(devices=2), box.office(), box.reader()
    office.decide(author="marie", verdict=Verdict.DESCRIBE, mac=ALICE, name="Scanner")
    watch.save_devices([device(ALICE)])
    watch.save_devices([device(numbered_mac(n), last_at=NOON + n) for n in (1, 2)])
    watch.flush(NOON + 64)
    assert {found.mac for found in reader.devices()} == {ALICE, numbered_mac(2)}


def test_old_alerts_and_cases_are_forgotten(box):
    watch, reader = box.watch(alert_days=10), box.reader()
    recent = NOON + 86_400 * 9
    watch.save_alerts(
        [alert(1), alert(2, last_at=recent)], [case(1, alerts=()), case(2, last_at=recent)]
    )
    watch.tidy(NOON + 86_400 * 11)
    assert [found.id for found in reader.alerts()] == [alert(2).id]
    assert [found.id for found in reader.cases()] == [case(2).id]


def test_an_hour_later_the_whole_device_is_written(box):
    """Also what changed in it were only times."""
    watch = box.watch()
    watch.save_devices([device()])
    old = device().evidence[0]
    heard = device(evidence=(replace(old, last_at=NOON + 9),))
    watch.save_devices([heard])
    assert watch.known_devices() == (device(),)
    watch.tidy(NOON + 3600)
    watch.flush(NOON + 3601)
    assert watch.known_devices() == (heard,)


def test_the_sensor_reads_decisions_as_they_were_made(box):
    office = box.office()
    decision = office.decide(
        author="marie",
        verdict=Verdict.NORMAL,
        mac=ALICE,
        detector="port_scan",
        reason="Inventaire de la nuit",
        until=NOON + 5,
    )
    assert decision == Decision(
        id=decision.id,
        at=NOON,
        author="marie",
        verdict=Verdict.NORMAL,
        mac=ALICE,
        detector="port_scan",
        reason="Inventaire de la nuit",
        until=NOON + 5,
    )
    assert box.watch().decisions() == (decision,)
