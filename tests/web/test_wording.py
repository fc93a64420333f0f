"""Alerts and decisions in sentences that name devices, not addresses."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decisions import Decision, Verdict
from appliance.detectors import ALL
from appliance.model import NO_MAC, Mac
from appliance.texts import LANGUAGES
from tests.kit.people import ATTACKER, BOX, NOW, alert, devices
from tests.kit.story import case
from web.wording import Names, bought_words, decided, known, tell, tell_case, titled, who

NAMES = Names.of(devices())


def decision(verdict: Verdict, **more: object) -> Decision:
    return Decision(id=1, at=NOW, author="camille", verdict=verdict, **more)  # type: ignore[arg-type]  # by name


def test_a_hardware_address_gives_way_to_a_name() -> None:
    told = tell("en", alert(), NAMES)
    assert "“livebox”" in told.body
    assert BOX not in told.body


def test_a_guest_is_called_by_its_network_address() -> None:
    """Nothing else is kept of it."""
    guest = alert(about=NO_MAC, detector="port_scan", words={"target": BOX, "ports": "9"})
    assert who(guest, NAMES) == "192.168.1.66"
    assert NO_MAC not in repr(tell("en", guest, NAMES))
    assert who(alert(), NAMES) == NAMES.device(ATTACKER)


def test_a_network_address_that_the_sentence_is_about_stays() -> None:
    assert "192.168.1.1" in tell("en", alert(), NAMES).body


def test_a_device_without_a_name_is_called_by_its_address() -> None:
    assert ATTACKER in tell("fr", alert(), Names.of(())).advice


def test_a_case_names_its_devices() -> None:
    told = tell_case("en", case(also=(BOX,)), NAMES)
    assert told.body.startswith("One after the other, “PC-ACCUEIL” gave")
    assert told.body.endswith("Also concerned: “livebox”.")
    assert "“PC-ACCUEIL” and “livebox”" in told.advice


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("detector", ALL, ids=lambda each: each.about.id)
def test_an_alert_whose_words_are_missing_is_told_plainly(detector, language: str) -> None:
    """One of an earlier version, or of a detector that is no more."""
    told = tell(language, alert(detector=detector.about.id, words={}), NAMES)
    gone = tell(language, alert(detector="forgotten", words={}), NAMES)
    assert all((told.title, told.body, told.advice, gone.title, gone.body, gone.advice))
    assert "forgotten" in gone.title


def test_a_case_may_have_words_of_its_own() -> None:
    """What it does not say itself, the table says."""
    words = dict.fromkeys(("client", "target", "exploit", "targets", "hits"), "x")
    inside = tell("en", alert(detector="exploit", words=words | {"case": ""}), NAMES)
    outside = tell("en", alert(detector="exploit", words=words | {"case": "outside"}), NAMES)
    assert "attacks other machines" in inside.title
    assert "from the internet" in outside.title


def test_a_machine_with_wannacry_is_unplugged_before_anything_is_cut() -> None:
    """While the name answers, the worm sleeps."""
    words = {"host": "x.example", "list": "wannacry-switch", "why": ""}
    switch = tell("en", alert(detector="known_bad", words=words), NAMES)
    other = tell("en", alert(detector="known_bad", words=words | {"list": "tor-gateways"}), NAMES)
    assert "Do not cut the internet" in switch.advice
    assert "cut" not in other.advice
    assert switch.title == other.title


@given(st.dictionaries(st.sampled_from(["ip", "owner", "host", "list"]), st.text(max_size=40)))
def test_hostile_words_do_no_harm(words: dict[str, str]) -> None:
    """Braces in a name are not blanks to fill."""
    assert tell("en", alert(words=words), NAMES).title
    assert (
        "{0.__class__}" in tell("en", alert(words={"ip": "{0.__class__}", "owner": ""}), NAMES).body
    )


def test_an_address_belongs_to_its_latest_user() -> None:
    one, other = devices()[1], devices()[2]
    moved = Names.of([_at(one, "10.0.0.9", 1.0), _at(other, "10.0.0.9", 2.0)])
    assert moved.name("10.0.0.9") == other.name


def _at(device, address: str, at: float):
    return replace(device, addresses=(address,), last_at=at)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_decision_has_a_sentence(verdict: Verdict, language: str) -> None:
    assert decided(language, decision(verdict), NOW)


def test_a_decision_says_what_was_decided() -> None:
    described = decision(Verdict.DESCRIBE, name="NAS", role="nas", hosts=("maker.example",))
    assert decided("en", described, NOW) == "Described: NAS, Storage server (NAS), maker.example"
    normal = decision(Verdict.NORMAL, detector="off_limits", reason="updates", until=NOW + 86_400)
    assert "until" in decided("en", normal, NOW)
    assert titled("en", "off_limits") in decided("en", normal, NOW)
    assert decided("en", decision(Verdict.CLOSE, reason="done"), NOW) == "Alert closed: done"


def test_what_is_normal_with_one_other_side_names_it() -> None:
    normal = decision(Verdict.NORMAL, detector="port_scan", reason="checks", peer=BOX)
    assert "Normal here with livebox" in decided("en", normal, NOW, NAMES)
    until = replace(normal, until=NOW + 86_400)
    assert "with livebox until" in decided("en", until, NOW, NAMES)
    assert decided("fr", normal, NOW, NAMES).startswith("Normal ici avec livebox (")


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Encore\u202f: un appareil"), ("en", "Again: a device")]
)
def test_one_more_on_an_alarmed_device_begins_with_again(language: str, said: str) -> None:
    assert tell(language, alert(again=True), NAMES).title.startswith(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_out_of_hours_one_sentence_is_added(language: str) -> None:
    by_day, by_night = (tell(language, alert(at_night=each), NAMES) for each in (False, True))
    assert by_night.body.removeprefix(by_day.body) == f" {known(language, 'alert.at_night')}"
    assert (by_night.title, by_night.advice) == (by_day.title, by_day.advice)


def test_a_description_names_kind_and_date_and_no_word_twice() -> None:
    described = decision(Verdict.DESCRIBE, kind="nas", role="nas", bought_on="2021-03-31")
    assert decided("en", described, NOW) == (
        "Described: Storage server (NAS), bought on 31 March 2021"
    )


def test_joining_and_parting_name_both_and_the_reason() -> None:
    joined = decision(Verdict.JOIN, mac=ATTACKER, other=BOX, reason="same lid")
    assert decided("en", joined, NOW, NAMES) == f"Joined: {ATTACKER} and livebox. same lid"
    parted = decision(Verdict.PART, mac=ATTACKER, other=BOX)
    assert decided("en", parted, NOW, NAMES) == f"Parted: {ATTACKER}"


def test_a_day_that_is_none_stays_as_it_is() -> None:
    assert bought_words("en", "2021-03-31") == "31 March 2021"
    assert bought_words("en", "2021-13-31") == "2021-13-31"


def test_a_text_that_does_not_exist_gives_what_is_to_stand_in() -> None:
    assert known("fr", "no.such.text", "stand-in") == "stand-in"
    assert titled("fr", "forgotten") == "forgotten"
    assert NAMES.device(Mac("ff:ff:ff:ff:ff:ff")) == "ff:ff:ff:ff:ff:ff"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_found_before_the_clock_was_set_says_so(language: str) -> None:
    known_at, unknown = (tell(language, alert(timed=each), NAMES) for each in (True, False))
    assert unknown.body.removeprefix(known_at.body) == f" {known(language, 'clock.untimed')}"
