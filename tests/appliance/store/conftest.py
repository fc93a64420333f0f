"""A directory with its clock, and the three ways into it, closed at the end."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from appliance.config import Keep
from appliance.store import Office, Reader, Watch
from tests.appliance.store.samples import Clock


class Box:
    """One directory of databases; what it opens, it closes."""

    def __init__(self, directory: Path, stack: ExitStack) -> None:
        self.directory = directory
        self.clock = Clock()
        self._stack = stack

    def watch(self, **keep: int) -> Watch:
        return self._stack.enter_context(closing(Watch(self.directory, Keep(**keep), self.clock)))

    def office(self) -> Office:
        return self._stack.enter_context(closing(Office(self.directory, self.clock)))

    def reader(self) -> Reader:
        return self._stack.enter_context(closing(Reader(self.directory)))


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with ExitStack() as stack:
        yield Box(tmp_path, stack)
