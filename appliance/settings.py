"""What people set on the pages: a file beside the installer's own, and what may stand in it.

``vigie.toml`` is the installer's, and has the last word: what it sets, the pages show and cannot
change. Everything else that `adjustable` names is kept in ``settings.json``, by table and key as
in ``vigie.toml``. See docs/decisions/settings-on-pages.md.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias

from appliance.config import Config, parts
from appliance.durable import write

FILE = "settings.json"

LARGEST = 256 * 1024
"""Octets of the largest file that is read; forty people and ways need a tenth of it."""

SECRETS = "secrets"
"""Directory of what the ways to people must know and nobody reads again, one file for each."""

WITHHELD: Mapping[str, frozenset[str]] = {
    # Whoever had the pages in his hands could make the cut a pretence, or the next start deaf.
    "panel": frozenset({"pins", "technicians"}),
    "capture": frozenset({"ring_mib", "conversations"}),
    "web": frozenset({"listen"}),
    # And could have any file of ours sent, in clear, to an address that he names.
    "switch": frozenset({"auth_file", "privacy_file", "community_file"}),
}
"""What is the installer's alone."""

Tables: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Values by table and key, as a TOML document holds them."""


class UnusableSettings(Exception):  # noqa: N818 - it names the file, nobody erred
    """The file of the settings cannot be read; the text says why."""


def adjustable() -> Mapping[str, tuple[str, ...]]:
    """Give the keys that the pages may set, by their table; the outputs are apart."""
    return {
        name: tuple(
            part.name for part in fields(table) if part.name not in WITHHELD.get(name, frozenset())
        )
        for name, table in parts().items()
    }


def folder(config: Config) -> Path:
    """Give the directory of the settings: the pages write there, all parts read."""
    return config.settings or config.state


def load(path: Path) -> Tables:
    """Give what the file *path* sets, nothing where there is none; raises UnusableSettings.

    What the pages may not set is left out.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise UnusableSettings(f"{path}: it is larger than {LARGEST} octets.")
        document = json.loads(content)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UnusableSettings(f"{path}: it cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise UnusableSettings(f"{path}: it is not JSON: {error}.") from error
    if not isinstance(document, dict):
        raise UnusableSettings(f"{path}: it is not a table of settings.")
    return allowed(document)


def allowed(document: Mapping[str, Any]) -> Tables:
    """Give what of *document* the pages may set."""
    known = {name: set(keys) for name, keys in adjustable().items()}
    found: dict[str, Mapping[str, Any]] = {}
    for name, table in document.items():
        if isinstance(table, dict) and (name in known or name == "outputs"):
            keep = known.get(name, table.keys())
            found[name] = {key: value for key, value in table.items() if key in keep}
    return {name: table for name, table in found.items() if table}


def save(path: Path, tables: Tables) -> None:
    """Have *path* hold *tables*, whole or not at all; raises OSError."""
    text = json.dumps(tables, ensure_ascii=False, indent=1, sort_keys=True)
    write(path, text.encode() + b"\n", mode=0o640)


def joined(installers: Mapping[str, Any], pages: Mapping[str, Any]) -> dict[str, Any]:
    """Give one document of both; of what both set, the installer's value stands."""
    both = dict(pages) | dict(installers)
    for name in pages.keys() & installers.keys():
        ours, theirs = installers[name], pages[name]
        if isinstance(ours, dict) and isinstance(theirs, dict):
            both[name] = joined(ours, theirs)
    return both
