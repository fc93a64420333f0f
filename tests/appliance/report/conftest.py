"""The practice in September, with what the box saw of it."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from appliance.config import Config, Keep, Practice
from appliance.model import Health
from appliance.report.calendar import Month
from appliance.report.collect import Sources, collect
from appliance.report.facts import Facts
from appliance.store import Office, Reader, Watch
from appliance.store.months import Months
from tests.kit import people
from tests.kit.panel import FakePanel
from tests.kit.people import DAY, NOW

SEPTEMBER = Month(2026, 9)


@dataclass(slots=True)
class Kept:
    """A box in *state* that began to watch some weeks ago."""

    state: Path
    office: Office
    reader: Reader
    months: Months
    panel: FakePanel = field(default_factory=FakePanel)
    config: Config = field(default_factory=Config)

    def sources(self) -> Sources:
        status = None if self.panel.gone else self.panel.status()
        config = replace(self.config, state=self.state)
        return Sources(config=config, reader=self.reader, months=self.months, status=status)

    def facts(self, month: Month = SEPTEMBER, now: float = NOW) -> Facts:
        return collect(self.sources(), month, now)

    def hear(self, since: float, until: float, *, seeing: bool = True) -> None:
        """Have the sensor run from *since* to *until*, and say every 15 seconds how it is."""
        watch = Watch(self.state, Keep(), lambda: NOW)
        steps = int((until - since) // 15)
        for step in range(steps + 1):
            watch.save_health(Health(at=since + step * 15, seeing=seeing))
        watch.close()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    Watch(tmp_path, Keep(), lambda: NOW - 100 * DAY).close()
    people.fill(tmp_path)
    with ExitStack() as stack:
        office = stack.enter_context(closing(Office(tmp_path, lambda: NOW)))
        people.settle_in(office)
        yield Kept(
            state=tmp_path,
            office=office,
            reader=stack.enter_context(closing(Reader(tmp_path))),
            months=stack.enter_context(closing(Months(tmp_path))),
            config=Config(practice=Practice(name="Cabinet des Tilleuls")),
        )
