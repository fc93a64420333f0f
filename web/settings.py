"""Settings as people see and set them: one field for each key, judged as the file's are.

What the installer's file sets is shown and cannot be changed here. Only what differs from the
default is kept, so that a better default of a later version counts for everybody else.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from appliance import settings
from appliance.config import Config, parts
from appliance.config_detectors import nameable
from appliance.config_file import read
from appliance.config_values import Shape, complaint, shapes
from appliance.knowledge.remote import remote
from appliance.texts import say, sentences
from web import opening

LONGEST = 4096
"""Signs taken of one field."""

MOST = 200
"""Items taken of one list; there are 137 tools for remote control."""

SEVERAL: Mapping[str, Callable[[], Iterable[str]]] = {
    "practice.remote_tools": lambda: remote().tools,
    "automatic.detectors": nameable,
}
"""Lists of which each item is one of those given: they are ticked, not typed."""

HOURS = "practice.hours"
"""Is filled in as a week, a row for each day, where it fits into one."""

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One setting in a form."""

    key: str
    """``table.name``."""
    control: str
    """``choice``, ``several``, ``yes``, ``number``, ``line``, ``lines`` or ``hours``."""
    value: str
    """As it is typed; the items of a list each on a line of its own."""
    options: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = True
    fixed: bool = False
    """The installer's file has it."""
    wrong: str = ""
    """Why what was typed cannot be used, as a sentence."""
    rows: tuple[opening.Row, ...] = ()
    """Of ``hours``: the week."""

    @property
    def items(self) -> tuple[str, ...]:
        """The items of a list."""
        return tuple(self.value.splitlines())


def form(config: Config, keys: Iterable[str], installers: Mapping[str, Any]) -> tuple[Field, ...]:
    """Give the fields of *keys* as they stand; *installers* is what ``vigie.toml`` sets."""
    return tuple(_field(key, _typed(_standing(config, key)), installers) for key in keys)


def take(
    keys: Iterable[str],
    given: "MultiDict[str, str]",
    installers: Mapping[str, Any],
    language: str,
) -> tuple[tuple[Field, ...], Mapping[str, Any]]:
    """Judge what was *given* for *keys*: the fields, and the values of those that are right.

    Why a field is wrong is said in *language*.
    """
    found: list[Field] = []
    values: dict[str, Any] = {}
    for key in keys:
        if key == HOURS and (rows := opening.typed(key, given)):
            field, hours = _week(rows, installers, language)
            found.append(field)
            if not field.fixed and not field.wrong:
                values[key] = hours
            continue
        shape, about = _declared(key)
        text = _text(given, key, shape)
        value = _value(text, shape)
        field = _field(key, text, installers, _wrong(value, shape, about, language))
        found.append(field)
        if not field.fixed and not field.wrong:
            values[key] = value
    return tuple(found), values


def _week(
    rows: tuple[opening.Row, ...], installers: Mapping[str, Any], language: str
) -> tuple[Field, list[str]]:
    """Judge a week that was filled in."""
    try:
        hours, wrong = list(opening.entries_of(rows)), ""
    except ValueError as day:
        hours, wrong = [], say(language, "hours.wrong", day=say(language, f"hours.day.{day}"))
    field = _field(HOURS, "\n".join(hours), installers, wrong)
    return replace(field, control="hours", rows=rows), hours


def keep(path: Path, values: Mapping[str, Any], installers: Mapping[str, Any]) -> tuple[str, ...]:
    """Add *values* to what is kept in *path*; give the keys that changed.

    Raises `ConfigError` where they contradict each other, `settings.UnusableSettings` where what
    was kept cannot be read, OSError where nothing can be written. Then nothing has changed.
    """
    with _ONE_AT_A_TIME:
        kept = {name: dict(table) for name, table in settings.load(path).items()}
        before = {name: dict(table) for name, table in kept.items()}
        for key, value in values.items():
            table, _, name = key.partition(".")
            if value == _written(_default(key)):
                kept.get(table, {}).pop(name, None)
            else:
                kept.setdefault(table, {})[name] = value
        kept = {name: table for name, table in kept.items() if table}
        read(settings.joined(installers, kept), settings.FILE, {})
        if kept != before:
            settings.save(path, kept)
    return tuple(key for key in values if _at(kept, key) != _at(before, key))


def keep_outputs(
    path: Path,
    change: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    installers: Mapping[str, Any],
) -> bool:
    """Have *change* make the outputs' tables anew in what is kept in *path*; tell if it differs.

    Raises as `keep`.
    """
    with _ONE_AT_A_TIME:
        before = settings.load(path)
        outputs = change(before.get("outputs", {}))
        kept = {name: table for name, table in before.items() if name != "outputs"}
        kept |= {"outputs": outputs} if outputs else {}
        read(settings.joined(installers, kept), settings.FILE, {})
        if kept != before:
            settings.save(path, kept)
    return kept != before


def _at(tables: settings.Tables, key: str) -> Any:
    table, _, name = key.partition(".")
    return tables.get(table, {}).get(name)


def _declared(key: str) -> tuple[Shape, Mapping[str, Any]]:
    """Give how the setting *key* is written, and what was declared of it."""
    table, _, name = key.partition(".")
    kind = parts()[table]
    return shapes(kind)[name], next(it.metadata for it in fields(kind) if it.name == name)


def _standing(config: Config, key: str) -> Any:
    table, _, name = key.partition(".")
    return getattr(getattr(config, table), name)


def _default(key: str) -> Any:
    return _standing(Config(), key)


def _written(value: Any) -> Any:
    """Give *value* as a document holds it."""
    if value is None:
        return False
    return list(value) if isinstance(value, tuple) else value


def _typed(value: Any) -> str:
    """Give *value* as it stands in a form."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _text(given: "MultiDict[str, str]", key: str, shape: Shape) -> str:
    """Give what was typed for *key*, cut to size; the items of a list one a line."""
    if not shape.many:
        return given.get(key, "")[:LONGEST].strip()
    lines = (line.strip() for typed in given.getlist(key) for line in typed[:LONGEST].splitlines())
    return "\n".join([line for line in lines if line][:MOST])


def _value(text: str, shape: Shape) -> Any:
    """Give what *text* stands for, as a document holds it; text where it is no number."""
    if shape.many:
        return [_one(line, shape) for line in text.splitlines()]
    if shape.optional and not text:
        return False
    return _one(text, shape)


def _one(text: str, shape: Shape) -> Any:
    if shape.kind is bool:
        return bool(text)
    if shape.kind is str:
        return text
    try:
        return shape.kind(text.replace(",", "."))
    except ValueError:
        return text


def _wrong(value: Any, shape: Shape, about: Mapping[str, Any], language: str) -> str:
    """Say why *value* cannot be used, naming the first item that is wrong; nothing if it can."""
    if shape.optional and value is False:
        return ""
    for one in value if shape.many else [value]:
        if complaint(one, shape.kind, about):
            words = {"what": _must(shape, about, language), "typed": str(one)[:60]}
            return say(language, "settings.missing" if one == "" else "settings.wrong", **words)
    return ""


def _must(shape: Shape, about: Mapping[str, Any], language: str) -> str:
    """Say what an item may be."""
    own = f"settings.must.{about.get('holds')}"
    if own in sentences(language):
        return say(language, own)
    if "minimum" in about:
        kind = "whole" if shape.kind is int else "number"
        words = {"minimum": about["minimum"], "maximum": about["maximum"]}
        return say(language, f"settings.must.{kind}", **words)
    return say(language, "settings.must.text")


def _field(key: str, text: str, installers: Mapping[str, Any], wrong: str = "") -> Field:
    shape, about = _declared(key)
    table, _, name = key.partition(".")
    fixed = name in installers.get(table, {})
    rows = opening.week(text.splitlines()) if key == HOURS else None
    own = "several" if key in SEVERAL else "hours" if rows else ""
    return Field(
        key=key,
        control=own or _control(shape, about),
        rows=rows or (),
        value=text,
        options=tuple(SEVERAL[key]()) if key in SEVERAL else about.get("among", ()),
        minimum=about.get("minimum"),
        maximum=about.get("maximum"),
        whole=shape.kind is int,
        fixed=fixed,
        wrong="" if fixed else wrong,
    )


def _control(shape: Shape, about: Mapping[str, Any]) -> str:
    if shape.many:
        return "lines"
    if about.get("among"):
        return "choice"
    if shape.kind is bool:
        return "yes"
    return "number" if shape.kind in {int, float} else "line"
