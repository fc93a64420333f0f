"""The pages over a practice, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.store import Office
from tests.kit import people
from tests.kit.site import Clock, Site, Visitor, site


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state directory with the practice in it; not to be written to."""
    state = tmp_path_factory.mktemp("practice")
    people.fill(state)
    office = Office(state, Clock())
    people.settle_in(office)
    office.close()
    return state


@pytest.fixture
def state(practice: Path, tmp_path: Path) -> Path:
    """A copy of the practice, to be used as one likes."""
    return Path(shutil.copytree(practice, tmp_path / "state"))


@pytest.fixture
def opened(state: Path) -> Iterator[Site]:
    """The pages over that copy."""
    with site(state, filled=False) as made:
        yield made


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Site]:
    """The pages of a box that nobody has set up and that has seen nothing."""
    with site(tmp_path / "fresh", filled=False) as made:
        yield made


@pytest.fixture
def technician(opened: Site) -> Visitor:
    return opened.technician()


@pytest.fixture
def staff(opened: Site) -> Visitor:
    return opened.staff()
