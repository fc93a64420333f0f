"""What the pages ask of the lists is done once, and what became of it is told."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import errands
from appliance.config import Config
from appliance.errands import ListsAsked, Outcome
from appliance.lists import bundle
from appliance.lists import offers as table
from appliance.lists.held import read_state
from appliance.lists.noted import noted
from appliance.lists.offers import Offer
from appliance.lists.taking_up import load
from appliance.outputs.fetch import Fetcher
from appliance.outputs.wishes import carry_out
from appliance.texts import LANGUAGES, sentences
from tests.kit.bundles import key_pair, packed
from tests.kit.feed_server import FeedServer, feed_server

NOW = 1_000_000.0


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "settings").mkdir()
    return Config(state=tmp_path, run=tmp_path, settings=tmp_path / "settings")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    """A feed on a server of our own, which takes the place of the table."""
    monkeypatch.setenv("no_proxy", "localhost")
    with feed_server(tmp_path) as serves:
        serves.content = b"bad.example\n"
        offer = Offer("feed", serves.url, "domains", 7, True, "free", "made up")
        monkeypatch.setattr("appliance.lists.changes.offers", lambda: {"feed": offer})
        yield serves


def told(config: Config, fetcher: Fetcher | None = None, **asked: str) -> Outcome:
    """Ask for a thing and have it done; give what became of it."""
    number = str(len(list(config.state.glob("asked-*"))))
    (config.state / f"asked-{number}").touch()
    wish = ListsAsked(id=number, at=NOW, **asked)  # type: ignore[arg-type] # a word of the test's
    errands.ask_lists(config, wish)
    carry_out(config, fetcher or Fetcher(largest=1_000_000), lambda: NOW)
    outcome = errands.outcome(config, "lists")
    assert outcome is not None
    assert outcome.asked == number
    for language in LANGUAGES:
        where = "done" if outcome.state == "done" else "refused"
        assert f"lists_page.{where}.{outcome.key}" in sentences(language)
        sentences(language)[f"lists_page.{where}.{outcome.key}"].format(**outcome.words)
    return outcome


def sent(config: Config, content: bytes) -> None:
    errands.folder(config).mkdir(exist_ok=True)
    (errands.folder(config) / errands.LIST).write_bytes(content)


def finds(config: Config, name: str) -> bool:
    return load(config.state / "lists").find_name(name, NOW) is not None


def test_what_is_noted_is_in_use_and_what_is_forgotten_no_more(config: Config) -> None:
    assert told(config, what="note", entry=" BAD.example ", why="x").key == "now_noted"
    assert finds(config, "www.bad.example")
    assert told(config, what="forget", entry="bad.example").key == "forgotten"
    assert not finds(config, "bad.example")


def test_what_may_not_be_noted_is_refused_and_nothing_changes(config: Config) -> None:
    outcome = told(config, what="note", entry="google.com", why="x")
    assert (outcome.state, outcome.key) == ("refused", "left.needed")
    assert told(config, what="note", entry="no name", why="x").key == "unusable"
    assert noted(config.state / "lists") == ()


def test_a_feed_that_is_turned_on_is_fetched_at_once(config: Config, server: FeedServer) -> None:
    fetcher = Fetcher(largest=1_000_000, trusted=server.trusted)
    assert told(config, fetcher, what="turn-on", name="feed").key == "turned_on"
    assert finds(config, "bad.example")
    assert read_state(config.state / "lists").tried["feed"].trouble == ""
    assert told(config, what="turn-off", name="feed").key == "turned_off"
    assert not finds(config, "bad.example")
    assert read_state(config.state / "lists").tried == {}


def test_one_that_does_not_come_is_on_and_says_why(config: Config, server: FeedServer) -> None:
    server.status = 503
    fetcher = Fetcher(largest=1_000_000, trusted=server.trusted)
    assert told(config, fetcher, what="turn-on", name="feed").key == "on_not_come"
    state = read_state(config.state / "lists")
    assert state.on == ("feed",)
    assert "503" in state.tried["feed"].trouble


def test_a_feed_that_is_not_offered_is_refused(config: Config) -> None:
    assert told(config, what="turn-on", name="moon").key == "not_offered"
    assert "moon" not in table.offers()


def test_a_list_that_was_sent_is_in_use_under_the_name_of_its_file(config: Config) -> None:
    sent(config, b"bad.example,a mail\ngoogle.com\n")
    outcome = told(config, what="take", name="mine.csv")
    assert (outcome.key, outcome.words) == ("taken", {"names": "mine", "n": "1", "left": "1"})
    assert finds(config, "bad.example")
    assert told(config, what="remove", name="mine").key == "removed"
    assert not finds(config, "bad.example")


@pytest.mark.parametrize("name", ["", "..", "../x.csv", "é.csv", ".csv"])
def test_a_file_whose_name_names_no_list_is_refused(config: Config, name: str) -> None:
    sent(config, b"bad.example\n")
    outcome = told(config, what="take", name=name)
    assert outcome.key in {"bad_name", "taken"}
    assert not list(config.state.glob("*.csv"))


def test_what_is_wrong_in_a_list_is_told_and_nothing_changes(config: Config) -> None:
    sent(config, b"bad.example\nno name\n")
    outcome = told(config, what="take", name="mine.csv")
    assert outcome.key == "unusable"
    assert "line 2" in outcome.words["why"]
    assert str(config.state) not in outcome.words["why"]
    assert not finds(config, "bad.example")


def test_a_file_that_is_gone_is_told(config: Config) -> None:
    assert told(config, what="take", name="mine.csv").key == "not_kept"


def test_a_link_or_a_pipe_in_its_place_is_not_read(config: Config) -> None:
    sent(config, b"")
    place = errands.folder(config) / errands.LIST
    place.unlink()
    place.symlink_to("/etc/hostname")
    assert told(config, what="take", name="mine.csv").key == "not_kept"
    place.unlink()
    os.mkfifo(place)
    assert told(config, what="take", name="mine.csv").key == "not_kept"


def test_a_bundle_is_taken_only_when_a_trusted_key_signed_it(
    config: Config, tmp_path: Path
) -> None:
    ours, theirs = key_pair(tmp_path / "ours"), key_pair(tmp_path / "theirs")
    sent(config, packed(tmp_path, ours.private, {"group": "bad.example\n"}).read_bytes())
    assert told(config, what="take", name="b.zip").key == "no_key"
    key = config.state / "lists" / bundle.KEY
    key.write_bytes(theirs.public.read_bytes())
    assert "not signed" in told(config, what="take", name="b.zip").words["why"]
    key.write_bytes(ours.public.read_bytes())
    assert told(config, what="take", name="b.zip").words["names"] == "group"
    assert finds(config, "bad.example")
    assert told(config, what="take", name="b.zip").key == "older"


def test_what_was_done_is_not_done_again(config: Config) -> None:
    told(config, what="note", entry="bad.example", why="x")
    fetcher = Fetcher(largest=1)
    assert carry_out(config, fetcher, lambda: NOW) is None


def test_where_nothing_is_asked_nothing_is_done(config: Config) -> None:
    assert carry_out(config, Fetcher(largest=1), lambda: NOW) is None
    assert errands.outcome(config, "lists") is None


def test_a_folder_that_takes_nothing_is_told(config: Config) -> None:
    (config.state / "lists").write_text("in the way")
    assert told(config, what="note", entry="bad.example", why="x").key == "not_kept"
