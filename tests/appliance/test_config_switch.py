"""The switch whose port is shut: every mistake in its settings is one clear sentence."""

from pathlib import Path
from typing import Any

import pytest

from appliance.config import Config
from appliance.config_file import ConfigError, read
from appliance.config_switch import Switch, mistakes

V3 = {
    "address": "192.168.1.2",
    "uplink": "24",
    "user": "vigie",
    "auth_file": "/a",
    "privacy_file": "/b",
}
V2C = {"address": "192.168.1.2", "uplink": "24", "version": "2c", "community_file": "/c"}


def said(relay_kind: str = "plain", **given: Any) -> list[str]:
    return [f"[{table}] {sentence}" for table, sentence in mistakes(Switch(**given), relay_kind)]


@pytest.mark.parametrize("given", [{}, V3, V2C, {**V3, "auth": "sha", "privacy": "des"}])
def test_what_can_be_used_is_no_mistake(given: dict[str, Any]) -> None:
    assert said(**given) == []


def test_no_switch_is_asked_unless_one_is_set_up() -> None:
    assert Config().switch.address == ""


@pytest.mark.parametrize("missing", ["uplink", "user", "auth_file", "privacy_file"])
def test_what_version_3_needs_is_said(missing: str) -> None:
    assert said(**{**V3, missing: ""}) == [f"[switch] {missing} must be set"]


def test_what_version_2c_needs_is_said() -> None:
    assert said(**{**V2C, "community_file": ""}) == ["[switch] community_file must be set"]


def test_what_is_of_the_other_version_is_said() -> None:
    assert said(**V3, community_file="/c") == [
        '[switch] community_file is of version 2c; version is "3"'
    ]
    assert said(**V2C, user="vigie") == ['[switch] user is of version 3; version is "2c"']


def test_settings_of_a_switch_without_an_address_are_a_mistake() -> None:
    assert said(uplink="24") == ["[switch] uplink is set and address is not: no switch is asked"]


def test_an_installer_may_name_the_secrets_and_leave_the_rest_to_the_pages() -> None:
    assert said(auth_file="/a", privacy_file="/b") == []
    assert said(community_file="/c") == []


def test_a_box_without_a_relay_needs_a_switch() -> None:
    assert said("none") == [
        '[panel] relay_kind = "none" needs a [switch]: nothing else would cut the line'
    ]
    assert said("none", **V3) == []


def test_a_mistake_in_the_file_is_told_with_its_table() -> None:
    document = {"switch": {**V3, "address": "the switch", "privacy": "rot13"}}
    with pytest.raises(ConfigError) as caught:
        read(document, "vigie.toml", {})
    told = str(caught.value)
    assert "[switch] address must be an address such as 192.168.1.2, or empty" in told
    assert "[switch] privacy must be aes or aes256 or des, not 'rot13'" in told


def test_a_file_with_a_switch_is_read() -> None:
    assert read({"switch": V3}, "vigie.toml", {"state": Path()}).switch == Switch(**V3)
