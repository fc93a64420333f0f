"""The words of the pages: complete, alike in both languages, well set, and of the right length."""

import re
import tomllib
from pathlib import Path

import pytest

from appliance.knowledge.hint import Source
from appliance.knowledge.kinds import Kind
from appliance.knowledge.support import Verdict
from appliance.knowledge.tables import rows
from appliance.model import Sureness
from appliance.roles import roles
from appliance.texts import LANGUAGES, sentences
from appliance.upkeep import SUBJECTS

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
    return {
        key: text
        for name in ("pages", "devices")
        for key, text in flat(
            "", tomllib.loads((ROOT / language / f"{name}.toml").read_text("utf-8"))
        ).items()
    }


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_sentence_and_every_source_its_name(language: str) -> None:
    words = sentences(language)
    assert all(f"kind_means.{kind}" in words for kind in Kind)
    assert all(f"source.{source}" in words for source in Source)
    assert all(f"sure.{sure}" in words and f"sure_means.{sure}" in words for sure in Sureness)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_tables_of_hosts_say_has_its_words(language: str) -> None:
    words = sentences(language)
    every = list(rows("practice_hosts"))
    assert all(f"reliance_of.{row['category']}" in words for row in every)
    assert all(f"stops.{row['cut'] or 'unknown'}" in words for row in every)
    subjects = {row["subject"] for row in rows("hygiene_hosts")}
    assert subjects == set(SUBJECTS)
    assert all(f"care_subject.{subject}" in words for subject in subjects)


@pytest.mark.parametrize("language", LANGUAGES)
def test_support_has_its_words_and_its_questions(language: str) -> None:
    words = sentences(language)
    for verdict in (*Verdict, "unknown"):
        assert f"support.{verdict}" in words
        assert f"support_means.{verdict}" in words
    assert all(f"support_means.{verdict}_on" in words for verdict in Verdict)
    questions = {row["question"] for row in rows("windows_versions")} - {""}
    assert all(f"support_question.{question}" in words for question in questions)
