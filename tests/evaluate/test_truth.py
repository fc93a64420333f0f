"""Reading rows; all of them are made up."""

import pytest

from appliance.knowledge.kinds import Kind
from tests.evaluate.truth import ABOUT_DEVICES, Reading, Statement, read
from tests.evaluate.words import Claim


def row(truth: str, expected: str = "silent", subject: str = "", category: str = "") -> Reading:
    return read(
        {
            "category": category,
            "truth": truth,
            "expected": expected,
            "victim_or_subject_ip": subject,
        }
    )


def kinds(reading: Reading) -> dict[str, set[Kind]]:
    return {each.who: set(each.claim.kinds) for each in reading.statements}


def test_a_phrase_before_an_address_is_about_that_address() -> None:
    reading = row("logon against domain controller 192.0.2.9 from Win10 192.0.2.44")
    assert reading.statements == (
        Statement(who="192.0.2.9", claim=Claim(kinds=frozenset({Kind.SERVER}), system="windows")),
        Statement(who="192.0.2.44", claim=Claim(system="windows", release="10")),
    )


def test_a_short_address_has_the_net_of_the_one_before_it() -> None:
    reading = row("x", "info: roles (NAS 192.0.2.7, card reader .8, thing .9)")
    assert kinds(reading) == {"192.0.2.7": {Kind.NAS}, "192.0.2.8": {Kind.CARD_READER}}


def test_an_inventory_item_is_about_the_subject() -> None:
    reading = row("anything", "inventory: Android tablet; silent", "192.0.2.3")
    assert kinds(reading) == {"192.0.2.3": {Kind.TABLET}}


def test_a_hardware_address_in_the_item_says_who() -> None:
    """Whatever the column of subjects says."""
    expected = "inventory: identify vendor/type of Canon photo printer (MAC 02:00:00:AA:00:01)"
    (statement,) = row("anything", expected, "192.0.2.x").statements
    assert statement.who == "02:00:00:aa:00:01"
    assert statement.claim == Claim(kinds=frozenset({Kind.PRINTER}), makers=("canon",))


def test_what_the_truth_begins_with_adds_what_the_item_does_not_say() -> None:
    (statement,) = row(
        "Android 11 phone via somebody's iMac", "inventory: Android phone", "192.0.2.3"
    ).statements
    assert statement.claim == Claim(kinds=frozenset({Kind.PHONE}), system="android", release="11")


def test_without_an_item_the_words_the_truth_begins_with_count() -> None:
    """What comes after a preposition is another device."""
    for truth in ("Sony smart TV behind a router", "First traffic of Sony smart TV; at home"):
        (statement,) = row(truth, "silent", "192.0.2.3", ABOUT_DEVICES).statements
        assert statement.claim == Claim(kinds=frozenset({Kind.TELEVISION}), makers=("sony",))


def test_nobody_is_named_where_the_only_device_is_meant() -> None:
    (statement,) = row("Brother printer", "inventory: printer", "").statements
    assert (statement.who, statement.claim.makers) == ("", ("brother",))


@pytest.mark.parametrize(
    ("truth", "expected"),
    [
        ("office", "inventory: >=20 devices w/ names; silent"),
        ("office", "inventory: NAS + camera"),
        ("office", "inventory: cameras"),
        ("9 Acme gadgets talking", "inventory; silent"),
        ("two hosts", "silent"),
        ("SIP client", "silent"),
        ("camera discovery", "inventory: camera printing"),
    ],
)
def test_what_is_not_clear_is_not_judged_and_why_is_told(truth: str, expected: str) -> None:
    reading = row(truth, expected, "192.0.2.3", ABOUT_DEVICES)
    assert reading.statements == ()
    assert reading.unclear


def test_a_row_that_is_about_something_else_is_neither_judged_nor_listed() -> None:
    assert row("Printer is attacked", "alert:exploit", "192.0.2.3", "exploit") == Reading()
