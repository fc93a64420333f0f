"""Templates hold no words, quote every attribute, and use texts that exist (W3)."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from appliance.texts import LANGUAGES, sentences

TEMPLATES = sorted((Path(__file__).parent.parent.parent / "web" / "templates").glob("*"))
SPOKEN = {"alt", "title", "placeholder", "aria-label", "value", "summary", "content"}
"""Attributes that are read out or shown."""

MACHINE = {"width=device-width, initial-scale=1", "light dark"}
UNSEEN = {"hidden", "checkbox", "radio"}
"""Kinds of input whose value is sent and not shown."""

LETTERS = re.compile(r"[^\W\d_]{2,}")
template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)


class Words(HTMLParser):
    """Collects the words that a reader would see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found += LETTERS.findall(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        unseen = tag in {"option", "button"} or dict(attrs).get("type") in UNSEEN
        for name, value in attrs:
            if name == "value" and unseen:
                continue
            if name in SPOKEN and value and value not in MACHINE:
                self.found += LETTERS.findall(value)


def words(text: str) -> list[str]:
    """Give the words of a template without its blanks, statements and comments."""
    bare = re.sub(r"{#.*?#}|{%.*?%}", "", text, flags=re.DOTALL)
    parser = Words()
    parser.feed(re.sub(r"{{.*?}}", "", bare, flags=re.DOTALL))
    return parser.found


def test_the_check_finds_words() -> None:
    assert words("<p>Hello</p>") == ["Hello"]
    assert words("<img alt='Hello'>") == ["Hello"]
    assert words("<input type='submit' value='Send'>") == ["Send"]
    assert words("<input type='hidden' value='what'>") == []
    assert words("<option value='what'>Hello</option>") == ["Hello"]
    assert words("<p>{{ t('a.b') }} · {% if x %}+{% endif %}</p>") == []


@template
def test_templates_hold_no_words(path: Path) -> None:
    assert words(path.read_text("utf-8")) == []


@template
def test_templates_are_ones_that_are_escaped(path: Path) -> None:
    assert path.suffix == ".html"
    text = path.read_text("utf-8")
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape" not in text


@template
def test_every_attribute_that_is_filled_is_quoted(path: Path) -> None:
    assert re.findall(r"=\s*{{", path.read_text("utf-8")) == []


@template
def test_nothing_runs_and_nothing_is_styled_inside_a_page(path: Path) -> None:
    text = path.read_text("utf-8").lower()
    assert re.findall(r"<style|\bstyle=|(?<!data-)\bon[a-z]+=|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert "//" not in re.sub(r"{#.*?#}", "", text)


@template
def test_links_are_made_by_name_not_by_what_came_from_the_wire(path: Path) -> None:
    links = re.findall(r'(?:href|action|src)="([^"]*)"', path.read_text("utf-8"))
    made = ("{{ url_for(", "{{ asset(", "{{ switch_language(", "{{ tel(", "#", "/")
    assert [link for link in links if not link.startswith(made)] == []


@template
def test_every_text_a_template_asks_for_exists(path: Path) -> None:
    asked = re.findall(r"""\bt\(\s*["']([a-z_.]+)["']\s*[,)]""", path.read_text("utf-8"))
    for language in LANGUAGES:
        assert [key for key in asked if key not in sentences(language)] == []
