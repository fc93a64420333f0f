"""What is asked for and what came, in files that both sides read."""

from pathlib import Path

import msgspec

from appliance.model import Mac
from appliance.packets import (
    AFTER,
    FIRST,
    Asked,
    Caught,
    asked,
    asked_file,
    caught,
    caught_file,
    handed_over,
    place,
    unanswered,
)

ALICE = Mac("02:00:00:00:00:0a")
CAUGHT = Caught(at=2.0, packets=3, first_at=0.5, last_at=1.5, devices=(ALICE,))


def write(path: Path, value: object) -> None:
    path.write_bytes(msgspec.json.encode(value))


def test_what_was_asked_for_is_read_as_it_was_written(tmp_path: Path) -> None:
    write(asked_file(tmp_path, FIRST), Asked(at=1.0, devices=(ALICE,), after=0.5))
    assert asked(tmp_path, FIRST) == Asked(at=1.0, devices=(ALICE,), after=0.5)
    assert asked(tmp_path, AFTER) is None


def test_what_is_not_answered_is_due(tmp_path: Path) -> None:
    write(asked_file(tmp_path, FIRST), Asked(at=1.0))
    write(asked_file(tmp_path, AFTER), Asked(at=9.0))
    assert [name for name, _ in unanswered(tmp_path)] == [FIRST, AFTER]
    write(caught_file(tmp_path, FIRST), CAUGHT)
    assert list(unanswered(tmp_path)) == [(AFTER, Asked(at=9.0))]


def test_what_came_is_told_by_the_file_that_holds_it(tmp_path: Path) -> None:
    assert handed_over(tmp_path) == ()
    write(caught_file(tmp_path, FIRST), CAUGHT)
    assert handed_over(tmp_path) == (("packets.pcap", CAUGHT),)
    assert caught(tmp_path, FIRST) == CAUGHT


def test_a_torn_file_is_none(tmp_path: Path) -> None:
    asked_file(tmp_path, FIRST).write_bytes(b'{"at": 1')
    caught_file(tmp_path, FIRST).write_bytes(b"[]")
    assert (asked(tmp_path, FIRST), caught(tmp_path, FIRST)) == (None, None)
    assert list(unanswered(tmp_path / "missing")) == []


def test_what_is_no_address_is_not_believed(tmp_path: Path) -> None:
    """The sensor must not fall over what another process wrote."""
    for said in (b'{"at":1,"devices":["x"]}', b'{"at":1,"devices":[7]}', b"\xff", b"[" * 99_999):
        asked_file(tmp_path, FIRST).write_bytes(said)
        assert list(unanswered(tmp_path)) == []


def test_an_incident_has_a_folder_of_its_own() -> None:
    assert place(Path("/s"), "20261125-1") == Path("/s/incidents/20261125-1")
