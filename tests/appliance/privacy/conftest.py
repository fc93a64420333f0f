"""The practice with an incident open in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit import people
from tests.kit.incident import Dealt, dealing


@pytest.fixture
def dealt(tmp_path: Path) -> Iterator[Dealt]:
    """The practice, an incident that people dealt with for some minutes, and its evidence."""
    people.fill(tmp_path / "state")
    with dealing(tmp_path / "state") as made:
        yield made
