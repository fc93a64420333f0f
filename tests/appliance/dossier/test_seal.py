"""The box's key is made once, and what it signed cannot be changed."""

from pathlib import Path

import pytest

from appliance.dossier.seal import KEY, fingerprint, is_signed, key_of, public


def test_the_key_is_made_once_and_for_nobody_else_to_read(tmp_path: Path) -> None:
    first, again = key_of(tmp_path), key_of(tmp_path)
    assert public(first) == public(again)
    assert (tmp_path / KEY).stat().st_mode & 0o077 == 0


def test_what_was_signed_and_changed_no_longer_matches(tmp_path: Path) -> None:
    key = key_of(tmp_path)
    signature = key.sign(b"as it was")
    assert is_signed(public(key), signature, b"as it was")
    assert not is_signed(public(key), signature, b"as it is")
    assert not is_signed(b"no key", signature, b"as it was")


def test_a_fingerprint_can_be_compared_by_people(tmp_path: Path) -> None:
    groups = fingerprint(public(key_of(tmp_path))).split()
    assert len(groups) == 16
    assert {len(group) for group in groups} == {4}


def test_a_file_that_holds_no_key_of_ours_is_refused(tmp_path: Path) -> None:
    """And is not overwritten."""
    (tmp_path / KEY).write_bytes(b"not a key")
    with pytest.raises(ValueError, match=r"."):
        key_of(tmp_path)
    assert (tmp_path / KEY).read_bytes() == b"not a key"
