"""A page of the list of alerts, and what there is to choose among."""

from collections.abc import Mapping

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.store import Watch
from tests.kit import people
from tests.kit.people import HOUR, NOW, PHONE, SENSOR
from tests.kit.site import Site
from tests.kit.story import tell_story
from web.alert_list import Choice, Listed, listed
from web.roster import roster
from web.sifting import asked


def shown(opened: Site, query: Mapping[str, str]) -> Listed:
    with opened.app.test_request_context("/alerts", query_string=dict(query)):
        return listed(asked(), roster(), "fr")


def ids(found: Listed) -> list[str]:
    return [line.about.id for line in found.lines]


def numbers(choices: tuple[Choice, ...]) -> dict[str, int]:
    return {one.value: one.number for one in choices}


def test_each_choice_says_how_many_alerts_it_would_show(opened: Site) -> None:
    opened.office.decide(author="x", verdict=Verdict.SEEN, alert="a-spoof")
    opened.office.decide(author="x", verdict=Verdict.CLOSE, alert="a-phone")
    found = shown(opened, {})
    assert numbers(found.states) == {"open": 2, "seen": 1, "normal": 0, "closed": 1, "all": 3}
    assert numbers(found.severities) == {"danger": 1, "warning": 1, "notice": 0}
    assert numbers(found.detectors) == {"arp_spoof": 1, "off_limits": 1}
    for key, choices in (("severity", found.severities), ("detector", found.detectors)):
        for one in choices:
            assert shown(opened, {key: one.value}).found == one.number
    for state in found.states:
        assert shown(opened, {"state": state.value}).found == state.number
    warnings = shown(opened, {"severity": "warning"})
    assert numbers(warnings.states) == {"open": 1, "seen": 0, "normal": 0, "closed": 1, "all": 2}
    assert numbers(warnings.severities) == numbers(found.severities)


def test_filters_leave_what_fits(opened: Site) -> None:
    assert ids(shown(opened, {"severity": "warning"})) == ["a-phone", "a-sensor"]
    assert ids(shown(opened, {"detector": "off_limits"})) == ["a-sensor"]
    assert ids(shown(opened, {"device": PHONE})) == ["a-phone"]
    assert ids(shown(opened, {"days": "1"})) == ["a-spoof", "a-phone", "a-sensor"]
    assert ids(shown(opened, {"q": "updates"})) == ["a-sensor"]
    assert ids(shown(opened, {"q": "samsung"})) == ["a-phone"]
    assert ids(shown(opened, {"q": "inconnu"})) == ["a-phone"]
    assert ids(shown(opened, {"q": "updates samsung"})) == []


def test_a_filter_that_is_in_use_is_named_and_can_be_left_out(opened: Site) -> None:
    found = shown(opened, {"severity": "warning", "device": SENSOR, "days": "7", "q": "updates"})
    assert [(one.name, len(one.without)) for one in found.chosen] == [
        ("«\u202fupdates\u202f»", 3),
        ("À voir aujourd'hui", 3),
        ("Capteur panoramique", 3),
        ("7 derniers jours", 3),
    ]
    assert {"detector", "device"}.isdisjoint(one.value for one in found.severities)
    assert SENSOR in numbers(found.devices)


def test_a_filter_that_leaves_nothing_stays_among_the_choices(opened: Site) -> None:
    found = shown(opened, {"detector": "beacon", "device": "06:00:00:00:00:99"})
    assert (found.found, found.hidden, ids(found)) == (0, 3, [])
    assert "beacon" in numbers(found.detectors)
    assert "06:00:00:00:00:99" in numbers(found.devices)
    assert shown(opened, {"state": "closed"}).hidden == 0


def test_a_case_stands_before_what_is_as_bad_and_is_on_the_first_page_only(opened: Site) -> None:
    tell_story(opened.state)
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts(
        [
            people.alert(f"b-{n:03}", about=f"06:00:00:00:00:{n:02x}", last_at=NOW - n)
            for n in range(60)
        ]
    )
    watch.close()
    found, second = shown(opened, {}), shown(opened, {"page": "2"})
    assert (found.found, found.pages, second.page) == (67, 2, 2)
    assert (ids(found)[:2], found.lines[0].is_case) == (["c-story", "b-000"], True)
    assert len(found.lines[0].inside) == 4
    assert not any(line.is_case for line in second.lines)
    assert len(found.lines) - 1 + len(second.lines) == 63
    assert ids(shown(opened, {"sort": "newest"}))[0] == "b-000"
    one = shown(opened, {"detector": "ransomware"})
    assert [alert.id for alert, _ in one.lines[0].inside] == ["s-ransomware"]


def test_alerts_that_are_alike_fold_under_the_first(opened: Site) -> None:
    watch = Watch(opened.state, Keep(), opened.clock)
    watch.save_alerts(
        [people.alert(f"b-{n}", about=PHONE, last_at=NOW - n * HOUR) for n in range(3)]
    )
    watch.close()
    line = next(each for each in shown(opened, {}).lines if each.about.id == "b-0")
    assert [alert.id for alert, _ in line.after] == ["b-1", "b-2"]
