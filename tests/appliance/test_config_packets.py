"""Headers of packets are kept only where somebody turned that on, and never without bounds."""

import pytest

from appliance.config import Config
from appliance.config_file import ConfigError, read
from appliance.config_packets import Packets
from appliance.lists.index import Lists
from appliance.sensing import configured


def test_off_is_the_default() -> None:
    assert not Packets().keep
    assert configured(Config(), Lists()).recent_octets == 0


def test_what_is_set_is_what_the_sensor_takes() -> None:
    config = read({"packets": {"keep": True, "mib": 4}}, "x", {})
    assert configured(config, Lists()).recent_octets == 4 * 1024 * 1024


@pytest.mark.parametrize("what", [{"mib": 33}, {"mib": 0}, {"minutes": 0}, {"minutes": 1441}])
def test_more_than_a_small_box_can_hold_is_refused(what: dict[str, int]) -> None:
    with pytest.raises(ConfigError):
        read({"packets": what}, "x", {})
