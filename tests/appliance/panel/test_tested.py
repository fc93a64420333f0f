"""What is kept of proof tests: it comes back whole, or is as if there was nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.tested import SOURCES, Ended, Learnt, Record, load, save
from tests.kit.front_panel import NOON

LEARNT = Learnt(at=NOON, cut="lan", sources=("probe", "internet"))
PASSED = Ended(
    at=NOON,
    who="alice",
    proof="proven",
    cut_seconds=1.6,
    joined_seconds=0.4,
    signs=("gateway_silent",),
    missing=("capture",),
)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    for record in (
        Record(since=NOON),
        Record(since=NOON, last=PASSED, learnt=LEARNT),
        Record(since=NOON, switch=PASSED),
    ):
        save(tmp_path / "tests.json", record)
        assert load(tmp_path / "tests.json", "lan", 0.0) == record


def test_what_was_kept_before_ports_were_tested_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "tests.json"
    save(path, Record(since=NOON, last=PASSED, learnt=LEARNT))
    kept = json.loads(path.read_text())
    del kept["switch"]
    path.write_text(json.dumps(kept))
    assert load(path, "lan", 0.0) == Record(since=NOON, last=PASSED, learnt=LEARNT)


def test_what_was_learnt_of_another_place_does_not_count(tmp_path: Path) -> None:
    """The relay was moved beyond the router: other signs must change there."""
    save(tmp_path / "tests.json", Record(since=NOON, last=PASSED, learnt=LEARNT))
    found = load(tmp_path / "tests.json", "wan", 0.0)
    assert (found.learnt, found.last) == (None, PASSED)


@given(st.binary(max_size=60) | st.sampled_from([b"{}", b"[]", b'{"since":1,"learnt":3}']))
def test_a_damaged_file_means_that_nothing_was_learnt(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("kept") / "tests.json"
    path.write_bytes(data)
    assert load(path, "lan", NOON) == Record(since=NOON)


@pytest.mark.parametrize(
    ("proof", "joined", "missing", "what"),
    [
        ("proven", 0.4, (), "test_passed"),
        ("proven", 0.4, SOURCES[:1], "test_differs"),
        ("proven", None, (), "test_not_joined"),
        ("not_proven", 0.4, (), "test_not_proven"),
        ("failed", None, (), "test_failed"),
        ("checking", 0.4, (), "test_checking"),
    ],
)
def test_how_a_test_ended_has_a_name(
    proof: str, joined: float | None, missing: tuple[str, ...], what: str
) -> None:
    ended = Ended(
        at=NOON, who="", proof=proof, cut_seconds=1.0, joined_seconds=joined, missing=missing
    )
    assert ended.what == what
