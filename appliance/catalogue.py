"""Writes ``docs/detectors.md`` and ``docs/configuration.md`` from the code they describe.

And the switches in ``docs/install.md``, between two marks: the rest of that page is written by
hand. ``python -m appliance.catalogue`` rewrites all; a house rule fails while they are not current.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, fields
from pathlib import Path
from textwrap import dedent
from typing import Any

from appliance.attack import techniques
from appliance.config import Config, parts
from appliance.config_outputs import TABLES
from appliance.config_place import DIRECTORIES, INSTALLED
from appliance.config_values import meaning, shapes
from appliance.detectors import ALL
from appliance.detectors.base import Detector
from appliance.knowledge.switches import switches
from appliance.texts import LANGUAGES, sentences

HEADINGS = (
    "What it sees",
    "Why it matters",
    "How it decides",
    "What it misses",
    "When it is wrong",
    "Sources",
)
"""Every detector's module text has these, in this order."""

PARTS = ("title", "body", "advice")
"""What the texts of an alert are made of."""

DOCS = Path(__file__).parent.parent / "docs"

_WRITTEN = "<!-- Written by `python -m appliance.catalogue`; change the code, not this page. -->"
_BEGIN = (
    "<!-- Written by `python -m appliance.catalogue` from appliance/data/mirror_switches.csv: -->"
)
_END = "<!-- Written by hand again. -->"


def sections(detector: type[Detector]) -> Mapping[str, str]:
    """Give the module text of *detector* by its headings; its first sentence is under ``""``."""
    found: dict[str, str] = {}
    heading, lines = "", list[str]()
    for line in [*(sys.modules[detector.__module__].__doc__ or "").splitlines(), "."]:
        if line and not line[0].isspace() and (heading or lines):
            found[heading] = dedent("\n".join(lines)).strip()
            heading, lines = line.strip(), []
        else:
            lines.append(line)
    return found


def pages() -> Mapping[str, str]:
    """Give each generated page by its name in ``docs/``."""
    return {
        "detectors.md": "\n".join(_detectors()) + "\n",
        "configuration.md": "\n".join(_configuration()) + "\n",
        "install.md": _installing((DOCS / "install.md").read_text("utf-8")),
    }


def write(folder: Path) -> None:
    """Write the generated pages into *folder*."""
    for name, page in pages().items():
        folder.joinpath(name).write_text(page, "utf-8")


def _detectors() -> Iterator[str]:
    yield from ("# What Vigie detects", "", _WRITTEN)
    for detector in ALL:
        about, text = detector.about, sections(detector)
        attack = (f"{id_} {techniques()[id_]}" for id_ in about.attack)
        yield from ("", f"## {about.id}", "", text[""], "")
        stage = "none" if about.stage is None else about.stage.name.lower()
        yield (
            f"Severity: {about.severity.name.lower()}. Stage of an intrusion: {stage}."
            f" ATT&CK: {', '.join(attack) or 'none'}."
            + " It may begin a count-down to a cut (`[automatic]`)."
            * about.cut_helps
        )
        for heading in HEADINGS:
            yield from ("", f"### {heading}", "", text[heading])
        yield from ("", "### What it says", "")
        yield from _table(
            ("", *LANGUAGES),
            ((part, *(sentences(of)[f"{about.id}.{part}"] for of in LANGUAGES)) for part in PARTS),
        )
        if fields(about.limits):
            yield from ("", f"### Limits, in `[detectors.{about.id}]`", "")
            yield from _settings(about.limits)


def _configuration() -> Iterator[str]:
    yield from ("# Configuration", "", _WRITTEN, "")
    yield (
        f"Vigie reads `{INSTALLED}`, or the file that `--config` names; in a checkout,"
        " `vigie.toml` beside the Makefile. An empty file is enough: every setting has a"
        " default. `vigie check` says all mistakes of a file at once."
    )
    outputs = {f"outputs.{what}.NAME": kind for what, kind in TABLES.items()}
    for name, table in (parts() | outputs).items():
        yield from ("", f"## [{name}]", "", str(table.__doc__).replace("``", "`"), "")
        yield from _settings(table)
    yield from ("", "## [paths]", "", "Directories; best left alone on an installed box.", "")
    yield from _table(
        ("key", "on a box", "in a checkout"),
        ((f"`{key}`", f"`{path}`", f"`{_default(key)}`") for key, path in DIRECTORIES.items()),
    )
    yield from ("", "## [detectors.…]", "", "One table for each detector, with its limits:")
    yield ", ".join(f"[{it.about.id}](detectors.md#{it.about.id})" for it in ALL) + "."


def _installing(page: str) -> str:
    before, rest = page.split(_BEGIN)
    _, after = rest.split(_END)
    return before + "\n".join((_BEGIN, "", *_switches(), "", _END)) + after


def _switches() -> Iterator[str]:
    words = sentences("en")
    yield from _table(
        ("switch", "its address", "menu", "the box's port", "the ports to watch", "to mind"),
        (
            (
                f"{it.maker} {it.models}",
                it.address,
                it.place,
                it.target,
                it.sources,
                ", ".join(f"*{_short(key)}*" for key in it.minds),
            )
            for it in switches()
        ),
    )
    yield ""
    for key in sorted({key for it in switches() for key in it.minds}, key=_short):
        yield f"- *{_short(key)}*: {words[key]}"
    yield from ("", "Where this is from, and what it says there:", "")
    for it in switches():
        yield f"- **{it.maker} {it.models}.** {it.source}: {it.says}."


def _short(key: str) -> str:
    return key.rpartition(".")[2]


def _default(key: str) -> Any:
    return next(part.default for part in fields(Config) if part.name == key) or Config().state


def _settings(table: Any) -> Iterator[str]:
    yield from _table(
        ("key", "default", "may be", "meaning"),
        (
            (f"`{it.name}`", f"`{_toml(it.default)}`", _may_be(table, it), it.metadata["doc"])
            for it in fields(table)
        ),
    )


def _may_be(table: Any, setting: Field[Any]) -> str:
    shape = shapes(table)[setting.name]
    what = meaning(shape.kind, setting.metadata)
    if shape.many:
        return f"a list; each {what}"
    return f"{what}, or false" if shape.optional else what


def _toml(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return str(bool(value)).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = tuple(head)
    for row in (names, ("---",) * len(names), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


if __name__ == "__main__":
    write(DOCS)
