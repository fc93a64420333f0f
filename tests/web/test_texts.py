"""The words of the pages: complete, alike in both languages, well set, and of the right length."""

import re
import tomllib
from pathlib import Path

import pytest

from appliance.roles import roles
from appliance.texts import LANGUAGES, sentences

ROOT = Path(__file__).parent.parent.parent / "appliance" / "texts"
JARGON = re.compile(
    r"\b(ARP|spoof\w*|payload|host|flow|IOC|MAC|IP|DNS|DHCP|error|erreur|email|login|"
    r"firewall|hub|routeur|cloud|scan)\b"
)
EXPLAINED = re.compile(r"^(help\.word|source|proof)\.")
"""Keys where a word of the trade may stand: where it is explained, and the technician's proof."""


def flat(prefix: str, table: dict) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, str):
            found[prefix + name] = value
        else:
            found |= flat(f"{prefix}{name}.", value)
    return found


def texts(language: str) -> dict[str, str]:
    return flat("", tomllib.loads((ROOT / language / "pages.toml").read_text("utf-8")))


def test_both_languages_say_the_same_things() -> None:
    french, english = texts("fr"), texts("en")
    assert set(french) == set(english)
    for key, text in french.items():
        blanks = set(re.findall(r"{(\w+)}", text))
        assert blanks == set(re.findall(r"{(\w+)}", english[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_said_by_two_files(language: str) -> None:
    """Whichever is read last would win."""
    seen: set[str] = set()
    for path in sorted((ROOT / language).glob("*.toml")):
        keys = set(flat("", tomllib.loads(path.read_text("utf-8"))))
        assert not seen & keys, path.name
        seen |= keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_clean(language: str) -> None:
    for key, text in texts(language).items():
        assert text.strip() == text, key
        assert text, key
        assert "<" not in text, key
        assert "  " not in text, key


def test_french_is_set_as_french_is() -> None:
    """A narrow no-break space before ; : ! ? and inside « »."""
    for key, text in texts("fr").items():
        assert not re.search(r"[^\u202f\s{}][;!?]|\s(?<!\u202f)[;:!?]", text), key
        assert not re.search(r"[^\u202f0-9/]:(?!//)", text), key
        assert not re.search(r"«(?!\u202f)|(?<!\u202f)»", text), key
        assert "“" not in text, key


def test_english_is_set_as_english_is() -> None:
    for key, text in texts("en").items():
        assert not re.search(r"\s[;:!?]|[«»\u202f]", text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_buttons_are_short(language: str) -> None:
    for key, text in texts(language).items():
        if key.endswith(".title") or key.startswith(("menu.", "form.")):
            assert len(text) <= 60, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_jargon_stays_out(language: str) -> None:
    found = {
        key: match[0]
        for key, text in texts(language).items()
        if (match := JARGON.search(text)) and not EXPLAINED.search(key)
    }
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_promise_is_made(language: str) -> None:
    for key, text in texts(language).items():
        assert not re.search(r"vous êtes protégé|en sécurité|you are (safe|protected)", text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_has_its_name(language: str) -> None:
    assert all(f"roles.{role}" in sentences(language) for role in roles())
