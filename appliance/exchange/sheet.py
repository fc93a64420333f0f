"""What a sheet of devices looks like: its columns, and cells that no spreadsheet runs.

A spreadsheet takes a cell that begins with ``= + - @`` for a formula (OWASP, "CSV injection"), also
behind a separator that is not ours but its own. An apostrophe in front makes it text; reading
takes away exactly what writing added.
"""

import re
from collections.abc import Mapping
from functools import cache

from appliance.knowledge.kinds import Kind
from appliance.roles import roles
from appliance.texts import LANGUAGES, sentences

DESCRIBED = ("name", "kind", "role", "place", "socket", "bought_on")
"""Columns of what people say: written, and read back."""

SEEN = (
    "calls_itself",
    "seen_kind",
    "seen_kind_sure",
    "maker",
    "maker_sure",
    "model",
    "model_sure",
    "os",
    "os_sure",
    "addresses",
    "also",
    "trust",
    "first",
    "last",
)
"""Columns of what was seen: written only."""

ADDRESS = "mac"
COLUMNS = (ADDRESS, *DESCRIBED, *SEEN)

SEPARATORS = {"fr": ";", "en": ","}
"""What the spreadsheets of a language take apart at."""

_RISKY = re.compile(r"""(^|[;,\t\r\n])(?=["']*[=+\-@\t\r])""")
_GUARDED = re.compile(r"""(^|[;,\t\r\n])'(?=["']*[=+\-@\t\r])""")


def guarded(text: str) -> str:
    """Give *text* as a cell that is text to every spreadsheet."""
    return _RISKY.sub(r"\1'", text)


def bare(cell: str) -> str:
    """Give the text that `guarded` made *cell* of."""
    return _GUARDED.sub(r"\1", cell)


def plain(text: str) -> str:
    """Give *text* with signs that turn or hide text spelt out; tabs and line ends stay."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or sign in "\t\r\n" else f"\\u{ord(sign):04x}" for sign in text
    )


def kind_words(language: str, kind: str) -> str:
    """Give the name of *kind* in *language*: that of the role of the same name, if there is one."""
    words = sentences(language)
    return words.get(f"roles.{kind}") or words.get(f"kind.{kind}", kind)


@cache
def columns_by_word() -> Mapping[str, str]:
    """Give the columns by their headings in every language and by their own names, case folded."""
    found = {column: column for column in COLUMNS}
    for language in LANGUAGES:
        words = sentences(language)
        found |= {words[f"sheet.{column}"].casefold(): column for column in COLUMNS}
    return found


@cache
def kinds_by_word() -> Mapping[str, str]:
    """Give the kinds that people can say by their names in every language, case folded."""
    return _by_word([kind.value for kind in Kind if kind is not Kind.UNKNOWN])


@cache
def roles_by_word() -> Mapping[str, str]:
    """Give the roles by their names in every language, case folded."""
    return _by_word(list(roles()))


def _by_word(keys: list[str]) -> Mapping[str, str]:
    found = {key: key for key in keys}
    for language in LANGUAGES:
        found |= {kind_words(language, key).casefold(): key for key in keys}
    return found
