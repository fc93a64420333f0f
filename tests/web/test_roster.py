"""All devices with what pages list, sort and search by."""

from dataclasses import replace
from datetime import date

from appliance.config import Keep
from appliance.model import Ip, Mac
from appliance.store import Count, Traffic, Watch
from tests.kit.machines import IMAGING_WIRELESS
from tests.kit.people import DAY, IMAGING, NAS, NOW, SENSOR, devices
from tests.kit.site import Site
from web.format import today as today_at
from web.roster import Roster, Rosters, octets, of_device, roster, terms


def test_what_is_known_already_is_not_worked_out_again() -> None:
    every, kept = devices(), Rosters()
    first = kept.of(every, NOW)
    assert kept.of(every, NOW) is first
    later = tuple(replace(each, last_at=NOW) for each in every)
    second = kept.of(later, NOW)
    assert second is not first
    for before, after in zip(first.entries, second.entries, strict=True):
        assert after.condition is before.condition
        assert after.device.last_at == NOW


def test_hygiene_is_judged_anew_every_day() -> None:
    """What was seen of updates grows old without anything being written."""
    every, kept = devices(), Rosters()
    first = kept.of(every, NOW)
    later = kept.of(every, NOW + 60 * DAY)
    assert first.entries[1].hygiene.what == "depends"
    assert later.entries[1].hygiene.what == "no_updates"


def test_what_a_report_asks_of_a_device_is_known_already() -> None:
    every, kept = devices(), Rosters()
    known, today = kept.of(every, NOW), today_at(NOW)
    assert all(known.condition(each.device, today) is each.condition for each in known.entries)


def test_a_device_that_changed_since_and_another_day_are_worked_out_anew() -> None:
    every, today = devices(), today_at(NOW)
    known = Rosters().of(every, NOW)
    other = replace(every[0], given_kind="printer")
    assert known.condition(other, today).told.kind == "printer"
    later = known.condition(every[1], date(2040, 1, 1)).support
    assert later
    assert later.verdict == "ended"
    assert Roster().condition(other, today).told.kind == "printer"


def test_a_device_is_found_by_all_that_people_know_of_it(opened: Site) -> None:
    with opened.app.test_request_context():
        every = roster()
        text = every.by_mac[SENSOR].text
    for word in ("capteur panoramique", "dürr dental", "192.168.1.30", "salle 2", "vistascan"):
        assert word in text
    assert every.by_mac[IMAGING_WIRELESS] is every.by_mac[IMAGING]
    assert "windowsupdate" not in every.by_mac[NAS].text
    assert "update.synology.com" in every.by_mac[NAS].text


def test_traffic_of_all_addresses_of_a_device_is_one_sum() -> None:
    one = Traffic(at=0, mac=NAS, lan=Count(octets_in=1, octets_out=2), outside=Count(octets_in=4))
    by_mac = octets((one, replace(one, mac=SENSOR)))
    assert by_mac == {NAS: 7, SENSOR: 7}
    sample = replace(devices()[0], mac=NAS, also=(SENSOR, Mac("02:00:00:00:00:99")))
    assert of_device(sample, by_mac) == 14


def test_sums_are_a_minute_old_at_most(opened: Site) -> None:
    with opened.app.test_request_context():
        kept = Rosters()
        first, pairs = kept.totals(NOW), kept.pairs(NOW)
        assert kept.totals(NOW + 59) is first
        assert kept.pairs(NOW + 59) is pairs
        assert kept.totals(NOW + 61) is not first
        assert kept.pairs(NOW + 61) is not pairs
        assert kept.totals(NOW - 10_000) is not first, "a clock that was set back"


def test_words_are_looked_for_each_and_an_address_in_any_spelling() -> None:
    assert terms("  Dürr  SALLE ") == ("dürr", "salle")
    assert terms("02-00-00-00-00-0D") == ("02:00:00:00:00:0d",)
    assert terms("0200.0000.000d") == ("02:00:00:00:00:0d",)
    assert len(terms("a b c d e f g h i")) == 6
    assert terms("") == ()


def test_what_the_sensor_writes_shows_in_the_roster(opened: Site) -> None:
    with opened.app.test_request_context():
        assert "192.168.1.99" not in roster().by_mac[NAS].text
        watch = Watch(opened.state, Keep(), opened.clock)
        sample = next(each for each in devices() if each.mac == NAS)
        watch.save_devices([replace(sample, addresses=(Ip("192.168.1.99"),))])
        watch.close()
        assert "192.168.1.99" in roster().by_mac[NAS].text
