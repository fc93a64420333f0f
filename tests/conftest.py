"""What every test session shares: `--bless`, the property profiles, and no silent gap in CI."""

import os
import time
from collections.abc import Generator, Iterator
from typing import Any, TypeVar

import hypothesis
import pytest

from tests.kit.vigie import ELSEWHERE

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

hypothesis.settings.register_profile(
    "usual", max_examples=50, derandomize=True, deadline=None, database=None
)
hypothesis.settings.register_profile("long", max_examples=5000, deadline=None)
hypothesis.settings.load_profile("usual")

TOGETHER = (
    "tests/lab/",  # starts many programs
    "tests/appliance/sensor/test_ring.py",  # counts what a card lost
    "tests/appliance/panel/test_simulated_pins.py",  # one machine, one story
)
"""Folders and files of which all tests run in one process, one after the other.

pytest 9.2 no longer lets pytest-xdist 3.8 mark groups: its ``xdist_group`` does nothing, silently.
"""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share out single tests, but those of `TOGETHER` as one."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only where there are workers

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc] # it has no types
        def _split_scope(self, nodeid: str) -> str:
            return next((one for one in TOGETHER if nodeid.startswith(one)), nodeid)

    return Scheduling(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite the expected alerts")


@pytest.fixture(autouse=True)
def _zone_as_before() -> Iterator[None]:
    """A command has this process tell its practice's time; the next test has its own again."""
    before = os.environ.get("TZ")
    yield
    if os.environ.get("TZ") != before:
        os.environ.pop("TZ", None)
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _refused_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _refused_in_ci((yield))


def _refused_in_ci(report: Report) -> Report:
    """In CI a skipped test has failed: a missing tool is a mistake, if it is of this Debian."""
    excused = hasattr(report, "wasxfail") or ELSEWHERE in str(report.longrepr)
    if report.skipped and not excused and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
