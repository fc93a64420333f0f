"""All words a person reads, in French and in English; neither is a translation of the other.

``fr/*.toml`` and ``en/*.toml`` hold the same keys with the same blanks. A key is spelt
``table.name``; blanks are ``{in_braces}``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("fr", "en")


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Give every text of *language* by its key."""
    found: dict[str, str] = {}
    folder = resources.files(__name__) / language
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            found.update(_flat("", tomllib.loads(file.read_text("utf-8"))))
    return found


def say(language: str, key: str, **words: object) -> str:
    """Give the text *key* in *language*, its blanks filled from *words*.

    Raises KeyError for a key or a blank that does not exist: a misspelt text is a bug.
    """
    return sentences(language)[key].format(**words)


def say_part(language: str, table: str, part: str, words: Mapping[str, str]) -> str:
    """Give a *part* of what *table* says: title, body or advice.

    One that the table has for a single case, or a single list, goes before: ``words`` name it.
    """
    own = f"{table}.{words.get('case') or words.get('list', '')}.{part}"
    return say(language, own if own in sentences(language) else f"{table}.{part}", **words)


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield prefix + name, value
        else:
            yield from _flat(f"{prefix}{name}.", value)
