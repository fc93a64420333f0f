"""Signed bundles, made with openssl as their makers do."""

import json
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from appliance.lists import bundle
from appliance.lists.entry import ListError
from tests.kit.bundles import key_pair, packed


@pytest.fixture
def key(tmp_path):
    return key_pair(tmp_path)


def read(file: Path, public: Path) -> bundle.Bundle:
    return bundle.read(file, bundle.key_in(public))


def test_a_signed_bundle_is_read_with_its_last_days(tmp_path, key):
    lists = {"a": "bad.example,why,1970-01-02\nworse.example\n", "b": "203.0.113.66\n"}
    found = read(packed(tmp_path, key.private, lists, expires="1970-01-03"), key.public)
    assert found.manifest.serial == 1
    assert [each.name for each in found.manifest.lists] == ["a", "b"]
    untils = [(each.text, each.until / 86_400) for each in found.entries(0)]
    assert untils == [("bad.example", 2), ("worse.example", 3)]
    assert [each.text for each in found.entries(1)] == ["203.0.113.66"]


def test_a_bundle_that_another_key_signed_is_refused(tmp_path, key):
    other = key_pair(tmp_path / "other")
    with pytest.raises(ListError, match="not signed by the key"):
        read(packed(tmp_path, other.private, {"a": "bad.example\n"}), key.public)


def _again(file: Path, **changed: bytes | None) -> None:
    """Write *file* anew, with other parts or without them."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts.update({name.replace("_", "."): part for name, part in changed.items()})
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"a_csv": b"other.example\n"}, "not the one that was signed"),
        ({"a_csv": None}, "no bundle of lists"),
        ({"manifest_sig": None}, "no bundle of lists"),
        ({"manifest_sig": b"short"}, "not signed"),
        ({"manifest_sig": bytes(64)}, "not signed"),
        ({"manifest_sig": bytes(1000)}, "larger than it may be"),
        ({"manifest_json": b"{}"}, "not signed"),
        ({"manifest_json": bytes(1_000_000)}, "larger than it may be"),
        ({"a_csv": bytes(65 * 1024 * 1024)}, "larger than it may be"),
    ],
    ids=range(9),
)
def test_a_bundle_that_was_changed_on_its_way_is_refused(tmp_path, key, changed, said):
    """A list that unpacks to far more than it weighs, too."""
    file = packed(tmp_path, key.private, {"a": "bad.example\n"})
    _again(file, **changed)
    with pytest.raises(ListError, match=said):
        read(file, key.public)


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": 0},
        {"serial": "1"},
        {"lists": []},
        {"date": None},
        {"lists": [{"name": "a", "file": "a.csv", "sha256": "", "expires": "soon"}]},
        {"lists": [{"name": "a", "file": "a.csv", "sha256": ""}] * 65},
    ],
    ids=range(6),
)
def test_a_signed_manifest_that_makes_no_sense_is_refused(tmp_path, key, changes):
    file = packed(tmp_path, key.private, {"a": "bad.example\n"}, **changes)
    with pytest.raises(ListError, match="manifest of the bundle cannot be used"):
        read(file, key.public)


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"\0" * 1000])
def test_what_is_no_zip_file_is_refused(tmp_path, key, content):
    file = tmp_path / "bundle.zip"
    file.write_bytes(content)
    with pytest.raises(ListError, match="no bundle of lists"):
        read(file, key.public)
    with pytest.raises(ListError, match="cannot be read"):
        read(tmp_path / "none.zip", key.public)


def test_only_a_public_key_of_the_right_kind_is_taken(tmp_path, key):
    other = tmp_path / "rsa.pem"
    openssl = ["openssl", "genpkey", "-algorithm", "X25519", "-outpubkey", other]
    subprocess.run([*openssl, "-out", tmp_path / "x.key"], check=False, capture_output=True)
    if not other.exists():  # an older openssl writes it in a second step
        made = ["openssl", "genpkey", "-algorithm", "X25519", "-out", tmp_path / "x.key"]
        subprocess.run(made, check=True, capture_output=True)
        out = ["openssl", "pkey", "-in", tmp_path / "x.key", "-pubout", "-out", other]
        subprocess.run(out, check=True, capture_output=True)
    with pytest.raises(ListError, match="another kind than Ed25519"):
        bundle.key_in(other)
    with pytest.raises(ListError, match="no public key"):
        bundle.key_in(key.private)
    with pytest.raises(ListError, match="cannot be read"):
        bundle.key_in(tmp_path / "none.pem")


def test_a_key_is_known_again_by_its_fingerprint(tmp_path, key):
    public = bundle.key_in(key.public)
    assert len(bundle.fingerprint(public)) == 19
    assert bundle.fingerprint(public) != bundle.fingerprint(
        bundle.key_in(key_pair(tmp_path / "other").public)
    )
    assert bundle.spelt(public) == key.public.read_bytes()


def test_the_sum_in_the_manifest_is_that_of_the_list(tmp_path, key):
    """What `docs/lists.md` tells a maker to write."""
    file = packed(tmp_path, key.private, {"a": "bad.example\n"})
    with zipfile.ZipFile(file) as packed_:
        manifest = json.loads(packed_.read("manifest.json"))
        assert manifest["lists"][0]["sha256"] == sha256(packed_.read("a.csv")).hexdigest()
