"""A bundle: only what was signed, only newer, only whole."""

import zipfile
from pathlib import Path

import pytest

from appliance.update.release import WORDS, CannotUse, judge, order, read, unpack, verify
from tests.kit.releases import TARGET, bundle, key_of, trusted

OURS, THEIRS = key_of(1), key_of(2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return bundle(tmp_path, OURS)


def refused(file: Path, key=OURS, here: str = "0.2.0", target: str = TARGET) -> str:
    try:
        with file.open("rb") as opened:
            manifest = read(opened, trusted(key))
            judge(manifest, here, target)
            verify(opened, manifest)
    except CannotUse as why:
        return why.key
    return ""


def changed(file: Path, name: str, content: bytes, *, new: str = "") -> Path:
    """Have the part *name* of a bundle hold *content*, or stand under a *new* name as well."""
    out = file.with_name(f"changed-{file.name}")
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.namelist():
            after.writestr(each, content if each == name else before.read(each))
        if new:
            after.writestr(new, content)
    return out


def test_what_was_signed_is_unpacked_and_nothing_else(tmp_path: Path, file: Path) -> None:
    file = changed(file, "", b"more", new="wheelhouse/more.whl")
    with file.open("rb") as opened:
        manifest = read(opened, trusted(OURS))
        judge(manifest, "0.2.0", TARGET)
        unpack(opened, manifest, tmp_path / "out")
    assert (tmp_path / "out/install.sh").stat().st_mode & 0o777 == 0o755
    assert sorted(path.name for path in (tmp_path / "out/wheelhouse").iterdir()) == [
        "requirements.txt",
        "some-1.0.whl",
    ]


def test_another_signature_is_refused(file: Path) -> None:
    assert refused(file, THEIRS) == "not_signed"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"version":"9.9.9"}'])
def test_a_manifest_that_was_changed_is_refused(file: Path, content: bytes) -> None:
    assert refused(changed(file, "manifest.json", content)) == "not_signed"


@pytest.mark.parametrize("content", [b"", b"wheel", b"wheel " * 20_000 + b"x"])
def test_a_file_that_was_changed_is_refused(tmp_path: Path, file: Path, content: bytes) -> None:
    """And nothing of the bundle stays on the box."""
    file = changed(file, "wheelhouse/some-1.0.whl", content)
    assert refused(file) == "changed"
    with file.open("rb") as opened, pytest.raises(CannotUse):
        unpack(opened, read(opened, trusted(OURS)), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_bundle_that_is_cut_off_is_refused(tmp_path: Path, file: Path, share: float) -> None:
    short = tmp_path / "short.bundle"
    content = file.read_bytes()
    short.write_bytes(content[: int(len(content) * share)])
    assert refused(short) == "no_bundle"


def test_a_bit_that_turned_is_noticed(tmp_path: Path, file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert refused(file) == "changed"


@pytest.mark.parametrize("here", ["9.0.0", "9.0.1", "10.0", "9.0.0.1"])
def test_an_older_version_is_refused_and_the_same_one_too(file: Path, here: str) -> None:
    assert refused(file, here=here) == "older"


def test_versions_are_compared_as_numbers() -> None:
    assert order("0.10.0") > order("0.9.9") > order("0.9") > order("0.2.0.dev1")


def test_another_kind_of_machine_is_told_as_such(file: Path) -> None:
    assert refused(file, target="3.13-aarch64") == "other_machine"


@pytest.mark.parametrize(
    "name", ["../etc/cron.d/x", "systemd/../../x", "/etc/x", "other/x", "wheelhouse/a/b.whl"]
)
def test_a_name_that_leads_elsewhere_is_refused_though_it_is_signed(file: Path, name: str) -> None:
    with zipfile.ZipFile(file) as packed:
        told = packed.read("manifest.json").replace(b"wheelhouse/some-1.0.whl", name.encode())
    file = changed(file, "manifest.json", told)
    file = changed(file, "manifest.sig", OURS.sign(WORDS + told))
    assert refused(file) == "no_bundle"
