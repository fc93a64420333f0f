"""``vigie lists``: a good list is used, a bad one changes nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.cli import main
from appliance.lists import offers as table
from appliance.lists.index import Lists
from appliance.lists.offers import Offer
from appliance.lists.taking_up import load
from tests.kit.bundles import Keys, key_pair, packed
from tests.kit.feed_server import FeedServer, feed_server
from tests.kit.vigie import WITHOUT_RIGHTS, config_in, one_sentence, vigie

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def config(tmp_path: Path) -> str:
    return str(config_in(tmp_path))


@pytest.fixture
def told(config: str, capsys: pytest.CaptureFixture[str]) -> Told:
    """Tell the command something; get its exit status and what it says."""

    def tell(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        what, *given = map(str, words)
        status = main(["lists", what, "--config", config, *given])
        return status, *capsys.readouterr()

    return tell


def written(folder: Path, content: bytes, name: str = "bad.csv") -> str:
    file = folder / name
    file.write_bytes(content)
    return str(file)


def lists(tmp_path: Path) -> Lists:
    return load(tmp_path / "state/lists")


def finds(tmp_path: Path, name: str, at: float = 0.0) -> bool:
    return lists(tmp_path).find_name(name, at) is not None


def test_a_list_is_in_use_and_its_entries_are_counted(tmp_path: Path, told: Told) -> None:
    file = written(tmp_path, b"bad.example,seen in a mail\n203.0.113.7\n")
    assert told("add", file) == (0, "Entries of bad.csv in use: 2.\n", "")
    assert finds(tmp_path, "www.bad.example")


def test_a_list_of_the_same_name_takes_the_place_of_the_first(tmp_path: Path, told: Told) -> None:
    for name in (b"old.example", b"new.example"):
        assert told("add", written(tmp_path, name))[0] == 0
    assert finds(tmp_path, "new.example")
    assert not finds(tmp_path, "old.example")


def test_what_would_accuse_the_innocent_is_passed_over_and_told(tmp_path: Path, told: Told) -> None:
    status, said, _ = told("add", written(tmp_path, b"bad.example\nco.uk\ngoogle.com\n"))
    assert status == 0
    assert said == (
        "Entries of bad.csv in use: 1.\n"
        "Passed over in bad.csv, because they would accuse the innocent: 2 (such as co.uk).\n"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "holds no entry", id="empty"),
        pytest.param(b"\xff\xd8\xff\xe0", "is not a text file", id="a picture"),
        pytest.param(b"good.example\nnot a name\n", "line 2", id="one bad line"),
        pytest.param(b"0.0.0.0/0\n", "far too large", id="the whole internet"),
        pytest.param(b"192.168.1.0/24\n", "not on the internet", id="our own network"),
        pytest.param(b"a" * 200_000, "field limit", id="one endless line"),
        pytest.param(b"\0" * 1000, "line 1", id="zeros"),
    ],
)
def test_a_bad_list_is_refused_in_a_sentence_and_the_old_one_stays(
    tmp_path: Path, told: Told, content: bytes, said: str
) -> None:
    assert told("add", written(tmp_path, b"old.example"))[0] == 0
    status, out, err = told("add", written(tmp_path, content))
    assert status == 2
    assert said in err
    assert one_sentence(err)
    assert out == ""
    assert finds(tmp_path, "old.example")


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, told: Told, name: str) -> None:
    status, _, err = told("add", tmp_path / name)
    assert status == 2
    assert "cannot be read" in err


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, config: str) -> None:
    """The state of an installed box is not for everybody."""
    (tmp_path / "state").mkdir(mode=0o500)
    file = written(tmp_path, b"bad.example")
    done = vigie("lists", "add", "--config", config, file, within=WITHOUT_RIGHTS)
    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    assert one_sentence(done.stderr)


def test_lists_are_listed_and_removed(tmp_path: Path, told: Told) -> None:
    assert "no lists but those" in told("list")[1]
    told("add", written(tmp_path, b"bad.example"))
    assert told("list")[1].startswith("bad: 1 entries, taken on 20")
    assert told("remove", "bad") == (0, "The list bad is removed.\n", "")
    assert not finds(tmp_path, "bad.example")
    status, _, err = told("remove", "bad")
    assert status == 2
    assert "no list “bad”" in err


@pytest.mark.parametrize("what", ["add", "import", "trust", "remove", "turn-on", "turn-off"])
def test_an_order_that_needs_a_file_or_a_name_says_so(told: Told, what: str) -> None:
    status, _, err = told(what)
    assert status == 2
    assert "is missing" in err


# Bundles


@pytest.fixture
def keys(tmp_path: Path, told: Told) -> Keys:
    made = key_pair(tmp_path / "keys")
    status, said, _ = told("trust", made.public)
    assert status == 0
    assert "signed with the key" in said
    return made


def test_without_a_trusted_key_no_bundle_is_taken(tmp_path: Path, told: Told) -> None:
    """None comes with the box."""
    keys = key_pair(tmp_path / "keys")
    status, _, err = told("import", packed(tmp_path, keys.private, {"a": "bad.example\n"}))
    assert status == 2
    assert "No key is trusted yet" in err


def test_a_bundle_is_in_use_until_its_last_day(tmp_path: Path, told: Told, keys: Keys) -> None:
    file = packed(tmp_path, keys.private, {"a": "bad.example\n"}, expires="1970-01-01")
    assert told("import", file) == (0, "Entries of a in use: 1.\n", "")
    assert finds(tmp_path, "bad.example", 86_399.0)
    assert not finds(tmp_path, "bad.example", 86_400.0)


def test_a_newer_bundle_takes_the_place_of_the_older_whole(
    tmp_path: Path, told: Told, keys: Keys
) -> None:
    told("import", packed(tmp_path, keys.private, {"a": "a.example\n", "b": "b.example\n"}))
    told("import", packed(tmp_path, keys.private, {"b": "new.example\n"}, serial=2))
    there = [finds(tmp_path, name) for name in ("a.example", "b.example", "new.example")]
    assert there == [False, False, True]


@pytest.mark.parametrize("serial", [4, 5])
def test_a_bundle_that_is_not_newer_is_refused(
    tmp_path: Path, told: Told, keys: Keys, serial: int
) -> None:
    told("import", packed(tmp_path, keys.private, {"a": "new.example\n"}, serial=5))
    old = packed(tmp_path, keys.private, {"a": "old.example\n"}, serial=serial)
    status, _, err = told("import", old)
    assert status == 2
    assert f"(number {serial}) is not newer" in err
    assert finds(tmp_path, "new.example")


def test_a_bundle_of_which_one_list_cannot_be_used_changes_nothing(
    tmp_path: Path, told: Told, keys: Keys
) -> None:
    told("import", packed(tmp_path, keys.private, {"a": "old.example\n"}))
    broken = packed(tmp_path, keys.private, {"a": "new.example\n", "b": "not a name\n"}, serial=2)
    assert told("import", broken)[0] == 2
    assert finds(tmp_path, "old.example")
    assert not finds(tmp_path, "new.example")
    assert told("import", packed(tmp_path, keys.private, {"a": "x.example\n"}, serial=2))[0] == 0


def test_a_bundle_does_not_take_the_place_of_a_list_from_elsewhere(
    tmp_path: Path, told: Told, keys: Keys
) -> None:
    told("add", written(tmp_path, b"mine.example\n", "a.csv"))
    status, _, err = told("import", packed(tmp_path, keys.private, {"a": "bad.example\n"}))
    assert status == 2
    assert "another list called a" in err
    assert finds(tmp_path, "mine.example")


# Feeds


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    """A feed called ``feed``, whose server the system trusts."""
    monkeypatch.setenv("no_proxy", "localhost")
    with feed_server(tmp_path) as serves:
        offer = Offer("feed", serves.url, "domains", 7, False, "ask first", "made up")
        for place in ("appliance.commands.lists", "appliance.lists.changes"):
            monkeypatch.setattr(f"{place}.offers", lambda: {"feed": offer})
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
        yield serves


def test_offers_are_shown_with_their_terms_and_none_is_on(told: Told) -> None:
    status, said, _ = told("offer")
    assert status == 0
    assert len(said.splitlines()) == len(table.offers())
    assert said.count("(off)") == len(table.offers())
    assert "spamhaus-drop (off): " in said
    assert "Terms unclear, read them first" in said


def test_a_feed_is_fetched_once_it_is_turned_on_and_gone_when_it_is_off(
    tmp_path: Path, told: Told, server: FeedServer
) -> None:
    assert "nothing was fetched" in told("refresh")[1]
    assert "Terms: ask first." in told("turn-on", "feed")[1]
    assert server.asked == []
    assert told("refresh") == (0, "Entries of feed in use: 1.\n", "")
    assert told("refresh")[1] == "feed: has not changed.\n"
    assert finds(tmp_path, "www.bad.example")
    assert server.url in told("list")[1]
    assert "turn it off" in told("remove", "feed")[2]
    assert told("turn-off", "feed")[0] == 0
    assert not finds(tmp_path, "www.bad.example")


def test_a_feed_that_fails_leaves_the_old_one_and_is_told(
    tmp_path: Path, told: Told, server: FeedServer
) -> None:
    told("turn-on", "feed")
    told("refresh")
    server.status, server.etag = 500, '"2"'
    status, said, _ = told("refresh")
    assert status == 1
    assert "could not be fetched" in said
    server.status, server.content = 200, b""
    status, said, _ = told("refresh")
    assert status == 1
    assert "was not taken (it is empty); the earlier one stays" in said
    assert "a newer one was not taken (it is empty)" in told("list")[1]
    assert finds(tmp_path, "www.bad.example")


@pytest.mark.parametrize("what", ["turn-on", "turn-off"])
def test_a_feed_that_nobody_offers_is_told(told: Told, what: str) -> None:
    status, _, err = told(what, "nobody")
    assert status == 2
    assert "no feed “nobody”" in err
