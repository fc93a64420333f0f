"""Updates seen, and in which words: never that something was not done."""

import re
from dataclasses import replace

import pytest

from appliance.model import Contact, Device, Table
from appliance.texts import LANGUAGES, sentences
from appliance.upkeep import QUIET_AFTER, antivirus, care
from tests.kit.machines import ATTACKER, IMAGING, NOW, RECEPTION, contact, devices

PARK = {device.mac: device for device in devices()}


def talking(*contacts: Contact) -> Device:
    return replace(PARK[ATTACKER], contacts=contacts)


def test_a_well_kept_computer_shows_its_updates_and_its_antivirus() -> None:
    found = care(PARK[RECEPTION], "workstation")
    assert [(each.subject, each.proof) for each in found] == [
        ("system", "reached"),
        ("antivirus", "update"),
        ("browser", "check"),
    ]
    system, protection, browser = found
    assert system.loaded_at
    assert not system.quiet(NOW)
    assert not protection.quiet(NOW)
    assert antivirus(found) == ("ESET",)
    assert browser.updated_at == 0


def test_a_check_is_no_update_and_what_is_expected_but_unseen_is_listed() -> None:
    system, protection = care(PARK[IMAGING], "acquisition_pc")
    assert (system.proof, system.updated_at) == ("check", 0)
    assert (protection.subject, protection.product) == ("antivirus", "")
    assert protection.quiet(NOW)


def test_of_a_printer_nothing_is_expected() -> None:
    assert care(talking(), "printer") == []


def test_contacts_that_prove_nothing_show_nothing() -> None:
    alive = contact(Table.HYGIENE, "ctldl.windowsupdate.com")
    elsewhere = contact(Table.PRACTICE, "windowsupdate.com")
    gone = contact(Table.HYGIENE, "host.of.another.version.example")
    assert care(talking(alive, elsewhere, gone), "unknown") == []


def test_an_update_long_ago_is_told_so() -> None:
    days = QUIET_AFTER / 86_400
    old = contact(Table.HYGIENE, "windowsupdate.com", days=0, loaded=days + 1)
    new = contact(Table.HYGIENE, "windowsupdate.com", days=0, loaded=days - 1)
    assert care(talking(old), "unknown")[0].quiet(NOW)
    assert not care(talking(new), "unknown")[0].quiet(NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_speak_of_what_was_seen(language: str) -> None:
    words = {key: text for key, text in sentences(language).items() if key.startswith("care.")}
    assert words
    for key, text in words.items():
        assert not re.search(r"pas à jour|not (updated|up to date)|out of date", text), key
