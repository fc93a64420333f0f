"""Alerts, times and volumes as the file writes them."""

import pytest

from appliance.dossier.words import known, moment, names, octets, titled
from appliance.model import NO_MAC
from tests.kit.people import ATTACKER, BOX, NOW, RECEPTION, alert, devices


def test_an_alert_names_devices_instead_of_addresses() -> None:
    text = titled("fr", alert(), {ATTACKER: "Intrus", BOX: "Box"})
    assert "Intrus" in text
    assert BOX not in text


def test_a_guest_is_called_by_its_network_address() -> None:
    text = titled(
        "en", alert(about=NO_MAC, detector="port_scan", words={"target": BOX, "ports": "9"}), {}
    )
    assert "192.168.1.66" in text
    assert NO_MAC not in text


def test_an_alert_whose_words_no_longer_fit_is_told_by_its_detector() -> None:
    assert "arp_spoof" in titled("en", alert(words={}), {})


def test_signs_that_hide_or_turn_text_are_spelt_out() -> None:
    text = titled(
        "en", alert(detector="beacon", words={"host": "a\u202eb", "every": "", "calls": "1"}), {}
    )
    assert "\u202e" not in text


def test_a_time_is_given_in_the_zone_of_the_box_and_in_utc() -> None:
    assert moment("en", NOW).endswith("UTC)")
    assert moment("en", NOW).startswith("2026-09-21")
    assert moment("fr", NOW).startswith("21/09/2026")


@pytest.mark.parametrize(
    ("language", "size", "text"),
    [("en", 999, "999 B"), ("fr", 4_200_000_000, "4,2 Go"), ("en", 18_000, "18 kB")],
)
def test_a_volume_has_the_unit_that_suits_it(language: str, size: float, text: str) -> None:
    assert octets(language, size) == text


def test_a_device_is_named_under_each_of_its_addresses() -> None:
    found = names(devices())
    assert found["192.168.1.20"] == found[RECEPTION]


def test_a_text_that_does_not_exist_is_replaced() -> None:
    assert known("fr", "no.such", "x") == "x"


def test_an_alert_from_before_the_clock_was_set_says_so() -> None:
    early = titled("en", alert(timed=False), {})
    assert early.endswith(
        ". The box's clock was not yet set when this was written: the time may be wrong."
    )
    assert ".." not in early
