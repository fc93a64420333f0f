"""What the tests of the lab share: the right to build it, and a practice that is open."""

import os
from collections.abc import Iterator

import pytest

from tests.lab.machines import NEEDS_ROOT
from tests.lab.practice import Practice


@pytest.fixture(scope="session")
def root() -> None:
    """Skip, saying why, where namespaces cannot be made; in CI that is a failure."""
    if os.geteuid() != 0:
        pytest.skip(NEEDS_ROOT)


@pytest.fixture(scope="module")
def practice(root: None) -> Iterator[Practice]:
    """An open practice, shared by the tests of a file."""
    with Practice() as opened:
        yield opened
