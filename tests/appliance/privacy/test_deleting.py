"""Deletions under way, and incidents with their evidence."""

from appliance.config import Config
from appliance.erasures import What
from appliance.incidents import Origin, Wrote
from appliance.privacy.deleting import delete, delete_incident, waiting
from appliance.store import Watch
from appliance.store.outbox import Outbox
from appliance.store.tally import told
from tests.appliance.store.test_unsent import item
from tests.kit.incident import Dealt
from tests.kit.people import NOW, RECEPTION


def config_of(dealt: Dealt) -> Config:
    return Config(state=dealt.state)


def test_an_open_incident_is_not_deleted(dealt: Dealt) -> None:
    folder = dealt.keep()
    assert not delete_incident(config_of(dealt), dealt.office, dealt.incident.id, author="camille")
    assert folder.exists()


def test_a_closed_one_goes_with_all_its_evidence(dealt: Dealt) -> None:
    folder, one = dealt.keep(), dealt.incident.id
    dealt.office.add_to_incident(one, author="camille", what=Wrote.CLOSED)
    assert delete_incident(config_of(dealt), dealt.office, one, author="camille")
    assert not folder.exists()
    assert dealt.reader.incident(one) is None
    assert not delete_incident(config_of(dealt), dealt.office, one, author="camille")


def test_the_next_incident_of_that_day_has_a_number_of_its_own(dealt: Dealt) -> None:
    first = dealt.incident.id
    dealt.office.add_to_incident(first, author="camille", what=Wrote.CLOSED)
    second = dealt.office.open_incident(author="camille", origin=Origin.HAND)
    assert delete_incident(config_of(dealt), dealt.office, first, author="camille")
    dealt.office.add_to_incident(second.id, author="camille", what=Wrote.CLOSED)
    third = dealt.office.open_incident(author="camille", origin=Origin.HAND)
    assert third.id not in {first, second.id}


def test_no_name_of_an_incident_leads_out_of_their_folder(dealt: Dealt) -> None:
    dealt.keep()
    for name in ("..", ".", "../incidents", "/etc"):
        assert not delete_incident(config_of(dealt), dealt.office, name, author="x")
    assert (dealt.state / "incidents").exists()


def test_what_is_asked_waits_until_the_sensor_has_done_it(dealt: Dealt) -> None:
    config = config_of(dealt)
    asked = delete(config, dealt.office, What.DEVICE, author="camille", macs=(RECEPTION,))
    assert [one.id for one in waiting(config, dealt.reader)] == [asked.id]
    watch = Watch(dealt.state, config.keep, lambda: NOW)
    watch.begin_erasing()
    for _ in range(50):
        watch.go_on_erasing(NOW)
    watch.close()
    assert waiting(config, dealt.reader) == ()
    assert dealt.reader.device(RECEPTION) is None


def test_an_outbox_that_nobody_serves_any_more_is_emptied_at_once(dealt: Dealt) -> None:
    outbox = Outbox(dealt.state, lambda: NOW)
    outbox.put([item(1, "a1", created=NOW - 9)])
    outbox.close()
    delete(config_of(dealt), dealt.office, What.ALERTS, author="camille")
    assert told(dealt.state, ["a1"]) == []
