"""What the page of lists shows of them."""

from appliance.lists import changes
from appliance.lists.entry import entry
from appliance.lists.guard import Guard
from appliance.lists.held import SHELF, Held
from appliance.lists.shelf import opened
from tests.kit.bundles import key_pair
from web.shelves import feeds, lines, shown, trusted


def test_a_new_box_has_the_lists_that_came_with_it(tmp_path):
    found = shown(tmp_path)
    assert {line.kind for line in lines(found.state)} == {"shipped"}
    assert not any(feed.on for feed in feeds(found.state))


def test_each_list_says_where_it_is_from_and_feeds_that_are_on_come_first(tmp_path):
    with opened(tmp_path, Guard()) as shelf:
        changes.note(shelf, entry("bad.example", "x"), 1.0)
        shelf.put(Held(name="mine", origin="file", taken_at=2.0), [entry("worse.example")])
        changes.turn_on(shelf, "cert-polska")
        shelf.tried("cert-polska", 3.0, "the server answers 503")
        shelf.save()
    found = shown(tmp_path)
    told = {line.name: (line.kind, line.entries, line.removable) for line in lines(found.state)}
    assert told["noted"] == ("noted", 1, False)
    assert told["mine"] == ("file", 1, True)
    assert [one.text for one in found.own] == ["bad.example"]
    first = feeds(found.state)[0]
    assert (first.offer.name, first.on, first.host) == ("cert-polska", True, "hole.cert.pl")
    assert first.tried.trouble == "the server answers 503"


def test_of_a_fetched_list_the_server_is_told_and_of_a_bundle_what_it_says(tmp_path):
    with opened(tmp_path, Guard()) as shelf:
        for name, source in (("a", "https://lists.example/drop.txt"), ("b", "the CERT (2026-09)")):
            shelf.put(Held(name=name, origin="bundle", source=source), [entry("bad.example")])
        shelf.save()
    told = {line.name: line.source for line in lines(shown(tmp_path).state)}
    assert (told["a"], told["b"]) == ("lists.example", "the CERT (2026-09)")


def test_what_cannot_be_read_is_said_and_the_rest_is_shown(tmp_path):
    (tmp_path / SHELF).write_text("{")
    found = shown(tmp_path)
    assert "damaged" in found.damaged
    assert list(lines(found.state))


def test_whose_bundles_are_taken_is_known_by_a_fingerprint(tmp_path):
    assert trusted(tmp_path) == ""
    keys = key_pair(tmp_path / "keys")
    (tmp_path / "trusted.pem").write_bytes(keys.public.read_bytes())
    assert len(trusted(tmp_path)) == len("0123 4567 89ab cdef")
