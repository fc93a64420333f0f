"""What the steps of the set-up show: what the box sees and believes."""

from appliance.model import Health
from tests.kit.people import NOW
from web.steps import CHECKED, mirror


def test_while_the_sensor_is_silent_the_mirror_is_unknown() -> None:
    found = mirror("en", None, NOW)
    assert [check.says for check, _ in found] == ["no", *["unknown"] * len(CHECKED)]


def test_what_is_not_seen_comes_with_what_to_do() -> None:
    health = Health(at=NOW, seeing=True, unicast_of_others=True, dropped_by_kernel=3)
    found = mirror("en", health, NOW)
    assert [(check.says, remedy.rpartition(".")[2]) for check, remedy in found] == [
        ("yes", ""),
        ("yes", ""),
        ("no", "not_both"),
        ("no", "no_internet"),
        ("no", "loss"),
    ]
