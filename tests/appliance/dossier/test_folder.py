"""Files that are on the card when a call returns."""

from hashlib import sha256
from pathlib import Path

from appliance.dossier import folder


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    here = folder.make(tmp_path / "incidents" / "x")
    for content in (b"old", b"new"):
        folder.write(here / "a", content)
    assert [each.name for each in here.iterdir()] == ["a"]
    assert (here / "a").read_bytes() == b"new"


def test_a_file_grows_at_its_end(tmp_path: Path) -> None:
    for content in (b"one\n", b"two\n"):
        folder.append(tmp_path / "a", content)
    assert (tmp_path / "a").read_bytes() == b"one\ntwo\n"


def test_a_value_comes_back_as_it_was_and_a_torn_one_not_at_all(tmp_path: Path) -> None:
    folder.save(tmp_path / "a", {"one": 1})
    assert folder.load(tmp_path / "a", dict[str, int]) == {"one": 1}
    assert folder.load(tmp_path / "a", list[int]) is None
    (tmp_path / "a").write_bytes(b'{"one"')
    assert folder.load(tmp_path / "a", dict[str, int]) is None
    assert folder.load(tmp_path / "none", dict[str, int]) is None


def test_others_may_not_read_it(tmp_path: Path) -> None:
    here = folder.make(tmp_path / "incidents" / "x")
    folder.write(here / "a", b"")
    folder.append(here / "b", b"")
    assert {each.stat().st_mode & 0o007 for each in (here, here / "a", here / "b")} == {0}


def test_the_hashes_are_those_of_every_file_but_the_list(tmp_path: Path) -> None:
    folder.write(tmp_path / "b", b"2")
    folder.write(tmp_path / "a", b"1")
    for _ in range(2):
        folder.seal(tmp_path)
    lines = (tmp_path / folder.MANIFEST).read_text().splitlines()
    assert lines == [f"{sha256(content).hexdigest()}  {name}" for name, content in _files()]


def _files() -> list[tuple[str, bytes]]:
    return [("a", b"1"), ("b", b"2")]


def test_a_large_file_is_hashed_in_pieces(tmp_path: Path) -> None:
    content = bytes(3 * folder.PIECE + 1)
    (tmp_path / "a").write_bytes(content)
    assert folder.hashed(tmp_path / "a") == sha256(content).hexdigest()
