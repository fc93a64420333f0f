"""The texts: French and English say the same things, each in its own manners."""

import re
from string import Formatter

import pytest

from appliance.texts import LANGUAGES, say, say_part, sentences

FINE = "\u202f"
"""The narrow no-break space of French typography."""

JARGON = re.compile(
    r"\b(ARP|spoof\w*|payload|host|flow|IOC|MAC|DHCP|DNS|TCP|UDP|TTL|packets?|paquets?|"
    r"error occurred)\b"
)
"""Words that a receptionist does not know."""

TECHNICAL = ("sight.", "setting.", "settings.", "wizard.")
"""Texts that only the technician meets: how well the mirror port works, the settings, and
the set-up."""


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def wrong(language: str, pattern: str) -> dict[str, str]:
    """Give the texts in which *pattern* is found, with a word in place of each blank."""
    texts = {key: re.sub(r"{\w*}", "x", text) for key, text in sentences(language).items()}
    return {key: text for key, text in texts.items() if re.search(pattern, text)}


def test_both_languages_hold_the_same_keys() -> None:
    first, *others = (set(sentences(language)) for language in LANGUAGES)
    assert all(other == first for other in others)


def test_both_languages_have_the_same_blanks() -> None:
    """A blank is a plain name: no format, no attribute, no position."""
    french, english = (
        {key: blanks(text) for key, text in sentences(language).items()} for language in LANGUAGES
    )
    assert french == english
    assert all(re.fullmatch(r"[a-z_]+", blank) for found in french.values() for blank in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_hold_no_markup_and_no_stray_space(language: str) -> None:
    assert wrong(language, r"<[a-z/]|&[a-z]+;|[\x00-\x1f]") == {}
    assert wrong(language, r"^\s|\s$|\s\s|^$") == {}


def test_french_punctuation_stands_off_by_a_narrow_space() -> None:
    assert wrong("fr", rf"[^{FINE}][;:!?](?=[\s»)]|$)") == {}
    assert wrong("fr", rf"«(?!{FINE})|(?<!{FINE})»") == {}


def test_english_punctuation_stands_close() -> None:
    assert wrong("en", rf"{FINE}|[«»]|\s[;:!?,.](?=\s|$)") == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_jargon_where_anybody_reads(language: str) -> None:
    found = wrong(language, JARGON.pattern)
    assert {key: text for key, text in found.items() if not key.startswith(TECHNICAL)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_is_short(language: str) -> None:
    titles = {k: text for k, text in sentences(language).items() if k.endswith(".title")}
    assert titles
    assert {key for key, text in titles.items() if len(text) > 60} == set()


def test_a_text_is_said_with_its_blanks_filled() -> None:
    assert "Capteur 2" in say("fr", "new_device.body", about="Capteur 2")


@pytest.mark.parametrize(("key", "words"), [("nothing.such", {}), ("new_device.body", {})])
def test_a_misspelt_text_is_a_bug(key: str, words: dict[str, str]) -> None:
    """A key or a blank that does not exist raises."""
    with pytest.raises(KeyError):
        say("fr", key, **words)


def test_a_case_may_have_a_part_of_its_own_and_else_takes_the_tables() -> None:
    """A list of names is a case, too."""
    words = {"about": "x", "host": "x", "list": "wannacry-switch"}
    own = say_part("en", "known_bad", "advice", words)
    assert own != say_part("en", "known_bad", "advice", words | {"list": "other"})
    assert say_part("en", "known_bad", "title", words) == say("en", "known_bad.title")
