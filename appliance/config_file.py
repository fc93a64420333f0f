"""Reading the configuration file: every mistake at once, each with the nearest valid name.

The file is TOML. Its tables are those of `Config`, ``[detectors.<id>]`` with the limits of that
detector, and ``[paths]``. What a value may be is declared beside it (`config.option`,
`detectors.base.limit`) and judged in `config_values`; no setting but the paths is known here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from appliance import settings
from appliance.config import Automatic, Config, Panel, parts
from appliance.config_outputs import TABLES, Outputs, mistakes
from appliance.config_pins import wrong_wiring
from appliance.config_place import DIRECTORIES, INSTALLED, directories, parse, usual
from appliance.config_switch import mistakes as of_the_switch
from appliance.config_values import complaint, shapes, shown


class ConfigError(Exception):
    """The configuration cannot be used; one line for each mistake."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def load(path: Path | None = None, *, installed: Path = INSTALLED, here: Path = Path()) -> Config:
    """Give the configuration in *path*, or in the usual place, or the defaults.

    The usual place is *installed* where that file exists, else ``vigie.toml`` in *here*. What was
    set on the pages is in it (`settings`); of that, what cannot be used is said in
    `Config.unusable` and left out: no part of the box stays down for it. Raises ConfigError with
    every mistake found in the file.
    """
    document, name, meant = installers(path, installed=installed, here=here)
    config = read(document, name, meant)
    file = settings.folder(config) / settings.FILE
    try:
        pages = settings.load(file)
    except settings.UnusableSettings as error:
        return replace(config, unusable=(str(error),))
    return _adjusted(config, document, pages, meant) if pages else config


def installers(
    path: Path | None = None, *, installed: Path = INSTALLED, here: Path = Path()
) -> tuple[Mapping[str, Any], str, Mapping[str, Path]]:
    """Give what the installer's file sets, its name, and the directories meant where it names none.

    Raises ConfigError.
    """
    path = path or usual(installed, here)
    if path is None:
        return {}, "vigie.toml", {}
    return _parse(path), str(path), directories(path, installed)


def _adjusted(
    config: Config, document: Mapping[str, Any], pages: settings.Tables, meant: Mapping[str, Path]
) -> Config:
    """Give *config*, made of *document*, with what the *pages* set, less what cannot be used."""
    try:
        return read(settings.joined(document, pages), settings.FILE, meant)
    except ConfigError:
        unusable: list[str] = []
    for name, table in pages.items():
        tried = settings.joined(document, {name: table})
        try:
            config = read(tried, settings.FILE, meant)
        except ConfigError as error:
            unusable += error.mistakes
        else:
            document = tried
    return replace(config, unusable=tuple(unusable))


def read(document: Mapping[str, Any], name: str, meant: Mapping[str, Path]) -> Config:
    """Build the configuration from a parsed TOML *document* that came from the file *name*.

    *meant* are the directories where the document names none. Raises ConfigError.
    """
    reading = _Reading(name)
    config = reading.config(document, meant)
    if reading.mistakes:
        raise ConfigError(reading.mistakes)
    return config


def _parse(path: Path) -> Mapping[str, Any]:
    try:
        return parse(path)
    except OSError as error:
        raise ConfigError([f"{path}: it cannot be read: {error.strerror}."]) from error
    except ValueError as error:
        raise ConfigError([f"{path}: it is not TOML: {error}."]) from error


def limits_of() -> dict[str, type]:
    """Give what can be set of each detector.

    They are loaded for whoever sets something of one: most parts of the box go without their 4 MB.
    """
    from appliance.detectors import ALL  # noqa: PLC0415 - as it says

    return {detector.about.id: detector.about.limits for detector in ALL}


class _Reading:
    """One reading of a document, and the mistakes found so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.mistakes: list[str] = []

    def config(self, document: Mapping[str, Any], meant: Mapping[str, Path]) -> Config:
        plain = parts()
        given = self._known(document, (*plain, "outputs", "detectors", "paths"), "", "table")
        tuned = self._table(given, "detectors")
        kinds = limits_of() if tuned else {}
        limits = self._known(tuned, kinds, "detectors", "detector")
        paths: dict[str, Any] = {**meant, **self._paths(self._table(given, "paths"))}
        config = Config(
            **{
                name: self._values(kind, self._table(given, name), name)
                for name, kind in plain.items()
            },
            outputs=self._outputs(self._table(given, "outputs")),
            detectors={
                name: self._values(
                    kinds[name], self._table(limits, name, "detectors."), f"detectors.{name}"
                )
                for name in limits
            },
            **paths,
        )
        for table, sentence in of_the_switch(config.switch, config.panel.relay_kind):
            self._wrong(table, sentence)
        return config

    def _outputs(self, given: Mapping[str, Any]) -> Outputs:
        """Build the tables ``[outputs.<what>.<name>]``, and judge what they say of each other."""
        known = self._known(given, TABLES, "outputs", "table")
        found: dict[str, dict[str, Any]] = {}
        for what, kind in TABLES.items():
            named = self._table(known, what, "outputs.")
            above = f"outputs.{what}."
            found[what] = {
                name: self._values(kind, self._table(named, name, above), above + name)
                for name in named
            }
        outputs = Outputs(**found)
        for table, sentence in mistakes(outputs):
            self._wrong(table, sentence)
        return outputs

    def _wrong(self, table: str, sentence: str) -> None:
        self.mistakes.append(f"{self._name}: {f'[{table}] ' if table else ''}{sentence}.")

    def _table(self, given: Mapping[str, Any], key: str, above: str = "") -> Mapping[str, Any]:
        found = given.get(key, {})
        if isinstance(found, dict):
            return found
        self._wrong(
            "", f"{above}{key} is a table, to be written [{above}{key}] on a line of its own"
        )
        return {}

    def _known(
        self, given: Mapping[str, Any], names: Iterable[str], table: str, what: str
    ) -> dict[str, Any]:
        """Give what of *given* has one of the *names*; everything else is a mistake."""
        known = tuple(names)
        for name in sorted(set(given) - set(known)):
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}" if near else f"there are {', '.join(known)}"
            self._wrong(table, f"no {what} is called {shown(name)} ({hint})")
        return {name: given[name] for name in known if name in given}

    def _values(self, kind: Any, given: Mapping[str, Any], table: str) -> Any:
        """Build the dataclass *kind*; what is wrong keeps its default."""
        known, about = shapes(kind), {part.name: part.metadata for part in fields(kind)}
        values: dict[str, Any] = {}
        for name, value in self._known(given, known, table, "key").items():
            shape = known[name]
            if shape.optional and value is False:
                values[name] = None
            elif shape.many and not isinstance(value, list):
                self._wrong(table, f"{name} must be a list in [ ], not {shown(value)}")
            else:
                ones = value if shape.many else [value]
                wrong = [said for one in ones if (said := complaint(one, shape.kind, about[name]))]
                for sentence in wrong:
                    self._wrong(table, f"{name} {sentence}")
                if not wrong:
                    values[name] = tuple(value) if shape.many else shape.kind(value)
        built = kind(**values)
        if isinstance(built, Panel):
            for sentence in wrong_wiring(built):
                self._wrong(table, sentence)
        if isinstance(built, Automatic) and built.detectors:
            from appliance.config_automatic import wrong_automatic  # noqa: PLC0415 - as `limits_of`

            for sentence in wrong_automatic(built):
                self._wrong(table, sentence)
        return built

    def _paths(self, given: Mapping[str, Any]) -> dict[str, Path]:
        found = {}
        for name, value in self._known(given, DIRECTORIES, "paths", "key").items():
            if sentence := complaint(value, str, {"holds": "directory"}):
                self._wrong("paths", f"{name} {sentence}")
            else:
                found[name] = Path(value)
        return found
