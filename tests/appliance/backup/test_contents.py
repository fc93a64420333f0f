"""What belongs to a backup, and what never does."""

import pytest

from appliance.backup.contents import Source, pieces, place_of
from tests.kit.boxes import kept


def names(source: Source) -> set[str]:
    return {piece.name for piece in pieces(source)}


def test_all_that_makes_a_box_is_in_it_but_latch_journal_copies_and_traffic(tmp_path) -> None:
    assert names(kept(tmp_path).source) == {
        "vigie.toml",
        "settings/settings.json",
        "settings/secrets/mail",
        "state/tls/ca.key",
        "state/lists/own.csv",
        "state/incidents/one/evidence.json",
        "state/web.key",
    }


def test_traffic_is_in_it_where_it_is_asked_for(tmp_path) -> None:
    box = kept(tmp_path)
    source = Source(config=box.config, configuration=box.configuration, traffic=True)
    assert names(source) - names(box.source) == {"state/flows-20260101.db"}


def test_a_link_is_not_followed(tmp_path) -> None:
    """Whoever may write there would have files of root's in the backup."""
    box = kept(tmp_path)
    (box.state / "mine").symlink_to("/etc/shadow")
    (box.state / "mine_too").symlink_to("/etc")
    assert not {name for name in names(box.source) if "mine" in name}


def test_everything_has_its_place_again(tmp_path) -> None:
    box = kept(tmp_path)
    for piece in pieces(box.source):
        assert place_of(piece.name, box.config, box.configuration) == piece.path


@pytest.mark.parametrize(
    "name",
    [
        "state/latch.json",
        "state/panel-journal.jsonl",
        "state/../../etc/passwd",
        "state//etc/passwd",
        "/etc/passwd",
        "state",
        "state/",
        "settings/other",
        "settings/secrets/../../x",
        "state/tls/\n",
        "other/file",
        "state/vigie.db-wal",
        "state/restoring/ready",
    ],
)
def test_what_has_no_place_here_is_left_out(tmp_path, name: str) -> None:
    box = kept(tmp_path)
    assert place_of(name, box.config, box.configuration) is None
