"""Feeds into the shelf: what comes is taken, what is strange leaves what there is."""

import pytest

from appliance.durations import DAY
from appliance.lists.guard import Guard
from appliance.lists.held import read_state
from appliance.lists.offers import Offer
from appliance.lists.shelf import opened
from appliance.lists.taking_up import load
from appliance.outputs.feeds import Outcome, refresh
from appliance.outputs.fetch import Fetcher
from tests.kit.feed_server import FeedServer, feed_server

MANY = b"".join(b"x%d.example\n" % number for number in range(100))


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "localhost")
    with feed_server(tmp_path) as serves:
        serves.content = MANY
        yield serves


def fetch(folder, server: FeedServer, now: float = 0.0, form: str = "domains") -> Outcome:
    offer = Offer("feed", server.url, form, 7, True, "free", "made up")
    fetcher = Fetcher(largest=1_000_000, trusted=server.trusted)
    with opened(folder / "lists", Guard()) as shelf:
        (outcome,) = refresh(shelf, [offer], fetcher, now)
        shelf.save()
    return outcome


def found(folder, at: float = 0.0) -> bool:
    return load(folder / "lists").find_name("www.x7.example", at) is not None


def test_a_feed_is_in_use_for_its_days(tmp_path, server):
    outcome = fetch(tmp_path, server)
    assert (outcome.held.entries, outcome.held.source) == (100, server.url)
    assert found(tmp_path, 7 * DAY - 1)
    assert not found(tmp_path, 7 * DAY)


def test_what_has_not_changed_is_left_until_its_days_are_half_over(tmp_path, server):
    """Then it is fetched whole, so that its entries go on counting."""
    fetch(tmp_path, server)
    assert fetch(tmp_path, server, DAY).kept == "unchanged"
    assert fetch(tmp_path, server, 4 * DAY).held.entries == 100
    assert found(tmp_path, 8 * DAY)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"# nothing today\n", "empty"),
        (b"x7.example\n", "shrunk"),
        (b"".join(b"y%d.example\n" % number for number in range(1000)), "grown"),
    ],
)
def test_a_feed_that_is_suddenly_another_leaves_the_old_one(tmp_path, server, content, why):
    fetch(tmp_path, server)
    server.content, server.etag = content, '"2"'
    assert fetch(tmp_path, server).kept == why
    assert found(tmp_path)
    (held,) = read_state(tmp_path / "lists").lists
    assert held.trouble == why
    server.content, server.etag = MANY, '"1"'
    assert fetch(tmp_path, server).kept == "unchanged"
    (held,) = read_state(tmp_path / "lists").lists
    assert held.trouble == ""


def test_a_feed_that_suddenly_names_everybody_s_sites_loses_only_those(tmp_path, server):
    fetch(tmp_path, server)
    server.content, server.etag = MANY + b"google.com\ncom\n192.168.1.1\n", '"2"'
    assert fetch(tmp_path, server).held.left == {"needed": 1, "inside": 1}
    assert load(tmp_path / "lists").find_name("www.google.com", 0.0) is None
    assert found(tmp_path)


def test_a_feed_that_does_not_come_leaves_the_old_one(tmp_path, server):
    fetch(tmp_path, server)
    server.status, server.etag = 503, '"2"'
    assert "503" in fetch(tmp_path, server).trouble
    assert found(tmp_path)


def test_a_page_instead_of_a_list_leaves_the_old_one(tmp_path, server):
    fetch(tmp_path, server)
    server.content, server.etag = b"<html>\n<h1>Sorry!</h1>\n</html>\n" * 100, '"2"'
    assert "is no such list" in fetch(tmp_path, server).trouble
    assert found(tmp_path)
