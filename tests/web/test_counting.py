"""The count-down in words: what was seen, on which machine, and how long there is."""

from dataclasses import replace

from tests.kit.people import NOW
from tests.kit.site import Site
from web.counting import counting


def test_without_one_there_is_nothing_to_say(opened: Site) -> None:
    with opened.app.app_context():
        assert counting(None, "fr") is None
        assert counting(opened.panel.status(), "fr") is None


def test_it_names_what_was_seen_and_the_machine(opened: Site) -> None:
    status = opened.panel.announce("ransomware", "a-spoof")
    with opened.app.app_context():
        found = counting(status, "en")
    assert found is not None
    assert (found.seconds, found.title) == (42, "Shared files are being encrypted")
    assert found.device
    assert found.alert == "a-spoof"


def test_it_needs_no_database(opened: Site) -> None:
    status = opened.panel.announce("ransomware", "a-spoof")
    opened.break_card()
    with opened.app.app_context():
        found = counting(status, "en")
    assert found is not None
    assert (found.device, found.alert, found.seconds) == ("", "", 42)


def test_one_that_is_over_has_no_seconds_left(opened: Site) -> None:
    status = opened.panel.announce("ransomware", "a-spoof")
    assert status.count_down is not None
    late = replace(status, count_down=replace(status.count_down, ends_at=NOW - 3))
    with opened.app.app_context():
        found = counting(late, "fr")
    assert found is not None
    assert found.seconds == 0
