"""What the steps of the set-up show: what the box sees and believes."""

from appliance.model import Health
from tests.kit.people import NOW
from web.settings import Field
from web.steps import CHECKED, judged, mirror


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


def card(key: str, value: str, *, fixed: bool = False) -> Field:
    return Field(key=key, control="line", value=value, fixed=fixed)


def test_the_card_that_listens_may_not_speak_unless_the_installer_says_so() -> None:
    listens, asks = card("capture.card", "eth0"), card("panel.management_card", "eth0")
    assert judged("card", (listens, asks), "en")[1].wrong
    assert not judged("card", (listens, card(asks.key, "eth1")), "en")[1].wrong
    assert not judged("card", (listens, card(asks.key, "")), "en")[1].wrong
    assert not judged("card", (listens, card(asks.key, "eth0", fixed=True)), "en")[1].wrong
