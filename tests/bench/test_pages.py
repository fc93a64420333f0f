"""The bench of pages, on a box that is nearly empty."""

from pathlib import Path

from appliance.store import Reader
from tests.bench.crowded import fill
from tests.bench.pages import report
from tests.kit.people import DAY, NOW


def test_a_box_is_filled_and_every_page_measured(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    fill(tmp_path / "made", 30, 400, 500)
    reader = Reader(tmp_path / "made")
    assert len(reader.devices()) > 30
    assert len(reader.alerts(limit=1000)) > 400
    assert len(reader.flows(since=NOW - 8 * DAY, limit=1000)) > 500
    reader.close()
    first, *lines, last = report(tmp_path / "made", 1)
    assert first.startswith("page")
    assert len(lines) > 40
    assert last.startswith("goal")
