"""A Debian that systemd has booted, with Vigie installed, for the tests of one file."""

from collections.abc import Iterator

import pytest

from tests.kit.booted import Machine
from tests.kit.installed import bare, install, speaking


@pytest.fixture(scope="module")
def box() -> Iterator[Machine]:
    with bare("trixie") as machine, speaking(machine):
        done = install(machine)
        assert done.returncode == 0, done.stdout + done.stderr
        yield machine
