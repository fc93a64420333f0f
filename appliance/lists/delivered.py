"""The lists that come with the box: ``data/lists``."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from appliance.lists.entry import Entry
from appliance.lists.own import parse


def delivered() -> Iterator[tuple[str, Iterator[Entry]]]:
    """Yield the name of each, and its entries."""
    folder = resources.files("appliance.data") / "lists"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield Path(file.name).stem, parse(file.read_text("utf-8").splitlines(), file.name)
