"""The sensor's share of a deletion: everything, by pieces, also in copies and files of days."""

from dataclasses import replace

from appliance.erasures import LEARNT, What
from appliance.store.flows import files
from tests.appliance.store.samples import ALICE, BOB, GATEWAY, NOON, delta, device, place
from tests.appliance.store.test_erasures import filled

DAY = 86_400.0


def carried_out(watch, now=NOON + 100, pieces=200):
    """Have the sensor carry out what is due; give whether it had to forget what it learnt."""
    begun = watch.begin_erasing()
    for _ in range(pieces):
        watch.go_on_erasing(now)
    return begun is not None and begun.what in LEARNT


def talked(watch, box):
    """Let Alice and Bob talk to others, on two days."""
    for day in (0, 1):
        at = NOON + day * DAY
        for mac, ip in ((ALICE, "192.168.1.10"), (BOB, "192.168.1.11")):
            one = replace_delta(at, mac, ip)
            watch.count_traffic([one], place)
        box.clock.at = at + 70
        watch.flush(at + 70)


def replace_delta(at, mac, ip):
    from msgspec.structs import replace as changed  # noqa: PLC0415 - only here

    return changed(delta(), at=at, first_at=at, mac=mac, src=ip, peer_mac=GATEWAY)


def octets(box, *besides):
    """Give all that is in the files of *box*, but those *besides*."""
    names = (each for each in box.directory.rglob("*") if each.is_file())
    return b"".join(each.read_bytes() for each in names if each.name not in besides)


def test_of_a_device_nothing_is_left_in_any_file(box):
    """Once the pages have let go of whose it was: free pages, logs, copies, files of days."""
    watch, office, reader = filled(box)
    talked(watch, box)
    watch.tidy(NOON + DAY + 200)
    assert (box.directory / "vigie.db.spare").exists()
    assert octets(box).count(ALICE.encode()) > 5
    office.erase(What.DEVICE, author="marie", macs=(ALICE,))
    assert carried_out(watch, NOON + DAY + 300)
    office.tidy(watch._keep)
    watch._writer.empty_log()
    assert reader.erasing() == ()
    left = octets(box, "vigie.db.spare")
    assert ALICE.encode() not in left
    assert b"Claire" not in octets(box)
    assert BOB.encode() in left
    assert {each.mac for each in reader.devices()} == {BOB}
    assert {row.mac for row in reader.flows(since=0.0)} == {BOB}
    assert {row.mac for row in reader.traffic(since=0.0, step="day")} == {BOB}


def test_an_alert_of_another_that_names_it_goes_too(box):
    watch, office, reader = filled(box)
    office.erase(What.DEVICE, author="marie", macs=(ALICE,))
    carried_out(watch)
    assert [each.detector for each in reader.alerts()] == ["port_scan"]
    assert reader.cases() == ()


def test_conversations_go_with_their_files(box):
    watch, office, reader = filled(box)
    talked(watch, box)
    assert len(files(box.directory)) == 2
    office.erase(What.CONVERSATIONS, author="marie")
    assert not carried_out(watch)
    assert reader.flows(since=0.0) == ()
    assert len(files(box.directory)) == 1
    watch.count_traffic([replace_delta(box.clock.at + 120, BOB, "192.168.1.11")], place)
    watch.flush(box.clock.at + 200)
    assert len(reader.flows(since=0.0)) == 1


def test_volumes_go_and_come_back_from_then_on(box):
    watch, office, reader = filled(box)
    talked(watch, box)
    office.erase(What.TRAFFIC, author="marie")
    carried_out(watch)
    assert [reader.traffic(since=0.0, step=step) for step in ("minute", "hour", "day")] == [()] * 3


def test_what_came_after_stays(box):
    """A deletion that is done again, after a damaged database, takes nothing that is newer."""
    watch, office, reader = filled(box)
    office.erase(What.DEVICES, author="marie")
    later = replace(device(mac=GATEWAY), first_at=box.clock.at + 10, last_at=box.clock.at + 10)
    watch.save_devices([later])
    watch.flush(box.clock.at + 11)
    carried_out(watch)
    assert [each.mac for each in reader.devices()] == [GATEWAY]


def test_a_deletion_under_way_goes_on_after_a_restart(box):
    watch, office, reader = filled(box)
    talked(watch, box)
    office.erase(What.DEVICE, author="marie", macs=(ALICE,))
    watch.begin_erasing()
    watch.go_on_erasing(NOON)
    watch.close()
    assert len(reader.erasing()) == 1
    again = box.watch()
    assert carried_out(again)
    assert reader.erasing() == ()
    assert not carried_out(again)


def test_a_piece_looks_through_no_more_than_so_many_rows(box, monkeypatch):
    """Packets must not wait for it."""
    monkeypatch.setattr("appliance.store.erasing.ROWS", 1)
    watch, office, reader = filled(box)
    talked(watch, box)
    office.erase(What.DEVICE, author="marie", macs=(ALICE,))
    carried_out(watch, pieces=4)
    assert reader.erasing()
    carried_out(watch)
    assert not reader.erasing()


def test_a_reader_in_the_way_does_not_stop_it_for_ever(box):
    """The log is emptied once nobody reads what was; after a minute it goes on without."""
    watch, office, reader = filled(box)
    office.erase(What.ALERTS, author="marie")
    with reader._pool.lend() as held:
        held.execute("BEGIN")
        held.execute("SELECT * FROM alerts").fetchall()
        watch._writer.be_patient(0.01)
        carried_out(watch, pieces=90)
        held.execute("ROLLBACK")
    assert reader.erasing() == ()
