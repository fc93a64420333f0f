"""Whose bundles are taken."""

from importlib import resources
from pathlib import Path

import pytest

from appliance.update.release import CannotUse
from appliance.update.trusted import SHIPPED, key
from tests.kit.releases import key_of, public


def test_the_boxs_own_key_goes_first(tmp_path: Path) -> None:
    own = tmp_path / "release.pem"
    own.write_bytes(public(key_of(1)))
    assert key(own).public_bytes_raw() == key_of(1).public_key().public_bytes_raw()


@pytest.mark.parametrize("content", [b"", b"junk"])
def test_a_key_that_is_none_trusts_nobody(tmp_path: Path, content: bytes) -> None:
    """Also not the one that is shipped: somebody wanted another."""
    own = tmp_path / "release.pem"
    own.write_bytes(content)
    with pytest.raises(CannotUse, match="no_key"):
        key(own)


def test_without_a_key_nobody_is_trusted(tmp_path: Path) -> None:
    """Or the one that is shipped, as soon as somebody makes releases."""
    if (resources.files("appliance.data") / SHIPPED).is_file():
        assert key(tmp_path / "nothing")
    else:
        with pytest.raises(CannotUse, match="no_key"):
            key(tmp_path / "nothing")
