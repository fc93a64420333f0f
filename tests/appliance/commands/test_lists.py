"""``vigie lists add``: a good list is used, a bad one changes nothing."""

from pathlib import Path

import pytest

from appliance.cli import main
from appliance.lists import load
from tests.kit.vigie import WITHOUT_RIGHTS, config_in, one_sentence, vigie


@pytest.fixture
def config(tmp_path: Path) -> str:
    return str(config_in(tmp_path))


def written(folder: Path, content: bytes, name: str = "bad.csv") -> str:
    file = folder / name
    file.write_bytes(content)
    return str(file)


def test_a_list_is_in_use_and_its_entries_are_counted(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, b"bad.example,seen in a mail\n203.0.113.7\n")
    assert main(["lists", "add", "--config", config, file]) == 0
    assert capsys.readouterr().out == "Entries of bad.csv in use: 2.\n"
    assert load(tmp_path / "state/lists").find_name("www.bad.example") is not None


def test_a_list_of_the_same_name_takes_the_place_of_the_first(tmp_path: Path, config: str) -> None:
    for name in (b"old.example", b"new.example"):
        assert main(["lists", "add", "--config", config, written(tmp_path, name)]) == 0
    lists = load(tmp_path / "state/lists")
    assert lists.find_name("new.example") is not None
    assert lists.find_name("old.example") is None


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
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    assert main(["lists", "add", "--config", config, written(tmp_path, b"old.example")]) == 0
    capsys.readouterr()
    assert main(["lists", "add", "--config", config, written(tmp_path, content)]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert one_sentence(told.err)
    assert told.out == ""
    assert load(tmp_path / "state/lists").find_name("old.example") is not None


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["lists", "add", "--config", config, str(tmp_path / name)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, config: str) -> None:
    """The state of an installed box is not for everybody."""
    (tmp_path / "state").mkdir(mode=0o500)
    file = written(tmp_path, b"bad.example")
    done = vigie("lists", "add", "--config", config, file, within=WITHOUT_RIGHTS)
    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    assert one_sentence(done.stderr)
