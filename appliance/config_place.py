"""Where the configuration is, and where it says that the box keeps its things.

`config_file` judges every value and knows every detector for it. An order to the panel needs no
more than `place_of`: it is quick, and no mistake in the file can be in its way.
"""

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from appliance.config import Config, Practice

INSTALLED = Path("/etc/vigie/vigie.toml")
"""Where an installed box has its configuration."""

DIRECTORIES = {
    "state": Path("/var/lib/vigie"),
    "latch": Path("/var/lib/vigie-panel"),
    "run": Path("/run/vigie"),
    "settings": Path("/var/lib/vigie-settings"),
}
"""The directories of an installed box; a checkout has its own (`Config`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an order to the panel must know."""

    run: Path
    """Directory of the sockets."""
    state: Path
    """Directory of the databases; only reports need it."""
    language: str


def usual(installed: Path = INSTALLED, here: Path = Path()) -> Path | None:
    """Give the usual place that has a file: *installed*, else ``vigie.toml`` in *here*."""
    local = here / "vigie.toml"
    return installed if installed.exists() else local if local.exists() else None


def directories(path: Path, installed: Path = INSTALLED) -> Mapping[str, Path]:
    """Give the directories that are meant where the file *path* names none."""
    on_a_box = path.absolute().is_relative_to(installed.absolute().parent)
    return DIRECTORIES if on_a_box else {}


def parse(path: Path) -> Mapping[str, Any]:
    """Give the TOML of *path*; raises OSError and ValueError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except RecursionError as error:
        raise ValueError(error) from error


def place_of(path: Path | None = None) -> Place:
    """Give what *path*, or the usual file, says of the place; what cannot be read is not there."""
    path = path or usual()
    document: Mapping[str, Any] = {}
    if path is not None:
        with suppress(OSError, ValueError):  # `vigie check` tells; an order goes out all the same
            document = parse(path)
    config = Config()
    meant = {"run": config.run, "state": config.state} | (dict(directories(path)) if path else {})
    run, state = _text(document, "paths", "run"), _text(document, "paths", "state")
    language = _text(document, "practice", "language")
    spoken = next(each.metadata["among"] for each in fields(Practice) if each.name == "language")
    return Place(
        run=Path(run) if run else meant["run"],
        state=Path(state) if state else meant["state"],
        language=language if language in spoken else config.practice.language,
    )


def _text(document: Mapping[str, Any], table: str, key: str) -> str:
    found = document.get(table)
    value = found.get(key) if isinstance(found, dict) else None
    return value if isinstance(value, str) and value.isprintable() else ""
