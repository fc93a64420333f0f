"""What people set on the pages: kept whole, joined with the installer's, bounded."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config import Config
from appliance.settings import (
    LARGEST,
    UnusableSettings,
    adjustable,
    allowed,
    folder,
    joined,
    load,
    save,
)
from appliance.waiting import stamp

TABLES = st.dictionaries(
    st.sampled_from(("practice", "home", "keep")),
    st.dictionaries(st.sampled_from("abc"), st.integers() | st.text(max_size=5), min_size=1),
)


def test_what_is_saved_is_what_is_found_again(tmp_path: Path) -> None:
    tables = {"practice": {"name": "Cabinet des Lilas", "hours": ["sat 09:00-12:00"]}}
    save(tmp_path / "settings.json", tables)
    assert load(tmp_path / "settings.json") == tables


def test_no_file_means_nothing_set(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == {}


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b"\xff", b'"practice"', b"[" * 100_000, b" " * (LARGEST + 1)],
    ids=["cut short", "a list", "no text", "a word", "too deep", "too large"],
)
def test_a_damaged_file_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    with pytest.raises(UnusableSettings, match=r"^\S+settings.json: it .+\.$"):
        load(file)


def test_what_is_the_installers_alone_is_not_taken_from_the_pages() -> None:
    """A way to make the cut a pretence must not lead over the pages."""
    document = {
        "panel": {"pins": "simulated", "technicians": ["me"], "cut": "wan"},
        "web": {"listen": "0.0.0.0:80"},
        "switch": {"community_file": "/etc/vigie/secrets/other", "uplink": "24"},
        "paths": {"state": "/tmp"},
        "home": 1,
    }
    assert allowed(document) == {"panel": {"cut": "wan"}, "switch": {"uplink": "24"}}
    assert "pins" not in adjustable()["panel"]


@given(installers=TABLES, pages=TABLES)
def test_the_installer_has_the_last_word_and_nothing_else_is_lost(installers, pages):
    both = joined(installers, pages)
    for name, table in installers.items():
        assert both[name].items() >= table.items()
    for name, table in pages.items():
        for key, value in table.items():
            assert both[name][key] == installers.get(name, {}).get(key, value)


def test_each_save_can_be_told_from_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    seen = [stamp(file)]
    for days in (7, 8, 7):
        save(file, {"keep": {"flow_days": days}})
        seen.append(stamp(file))
    assert all(one != next_ for one, next_ in pairwise(seen))
    assert seen[0] == ()


def test_the_file_is_for_the_group_and_nobody_else(tmp_path: Path) -> None:
    save(tmp_path / "settings.json", {})
    assert (tmp_path / "settings.json").stat().st_mode & 0o007 == 0
    assert json.loads((tmp_path / "settings.json").read_bytes()) == {}


def test_in_a_checkout_it_is_beside_the_databases(tmp_path: Path) -> None:
    assert folder(Config(state=tmp_path)) == tmp_path
    assert folder(Config(state=tmp_path, settings=tmp_path / "s")) == tmp_path / "s"
