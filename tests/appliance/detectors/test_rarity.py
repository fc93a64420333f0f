"""Which calls are worth watching."""

import pytest

from appliance.detectors.rarity import Rarity
from appliance.model import Device, Ip, Mac
from tests.kit.check import flow

PC, OTHER, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "0b", "01"))
OUTSIDE = Ip("93.184.216.34")


class Practice:
    """What the inventory says."""

    learning = False

    def __init__(self, first_at: float = 1000.0) -> None:
        self.first_at = first_at

    def device(self, mac):
        return Device(mac=mac, first_at=self.first_at)

    def is_gateway(self, mac):
        return mac == ROUTER


def rarity(*, began: float = 1000.0) -> Rarity:
    made = Rarity(pairs=64, familiar=64, callers=2, relearn=3600)
    made.turn(began)
    return made


def watched(made: Rarity, host: str, at: float = 1001.0, *, practice=None, mac=PC, **how):
    port = how.pop("port", 443)
    delta = flow(at, mac, "192.168.1.10", OUTSIDE, port, **how)
    return made.watched(delta, host, practice or Practice())


def test_a_call_to_a_stranger_is_watched():
    pair = watched(rarity(), "stranger.example")
    assert (pair.nameless, pair.odd) == (False, False)


@pytest.mark.parametrize(
    ("host", "port", "seen"),
    [
        (OUTSIDE, 443, (True, True)),
        ("home.ddns.net", 443, (True, True)),
        ("stranger.example", 4782, (False, True)),
    ],
)
def test_what_has_no_name_of_its_own_or_an_odd_port_is_odd(host, port, seen):
    pair = watched(rarity(), host, port=port)
    assert (pair.nameless, pair.odd) == seen


@pytest.mark.parametrize(
    ("host", "how"),
    [
        ("update.eset.com", {}),
        ("www.doctolib.fr", {}),
        ("settings-win.data.microsoft.com", {}),
        ("imap.mail.example", {"port": 993}),
        (OUTSIDE, {"port": 123, "proto": 17}),
        (OUTSIDE, {"port": 53, "proto": 17}),
        (OUTSIDE, {"port": 3478, "proto": 17}),
        (OUTSIDE, {"port": 8883}),
        ("stranger.example", {"back": False}),
        ("stranger.example", {"payload": False}),
        ("stranger.example", {"flags_out": 0x18}),
        ("stranger.example", {"mac": ROUTER}),
    ],
)
def test_ordinary_services_and_what_is_no_call_are_not_watched(host, how):
    """Updates, the practice's own, mail, time, push; no answer, no data, an old conversation."""
    assert watched(rarity(), host, **how) is None


def test_mail_to_a_bare_address_is_watched():
    """A mail program asks for a name."""
    assert watched(rarity(), OUTSIDE, port=995) is not None


def test_what_is_called_while_the_box_learns_is_familiar_for_good():
    made, practice = rarity(), Practice()
    practice.learning = True
    assert watched(made, "stranger.example", practice=practice) is None
    assert watched(made, "stranger.example", 90_000.0) is None
    assert watched(made, "another.example", 90_000.0) is not None


def test_after_a_restart_devices_known_before_are_learnt_for_an_hour():
    """Of a device that is new, nothing is."""
    old = Practice(first_at=10.0)
    assert watched(rarity(), "stranger.example", practice=old) is None
    assert watched(rarity(), "stranger.example", practice=Practice()) is not None
    later = rarity()
    later.turn(5000.0)
    assert watched(later, "stranger.example", 5001.0, practice=old) is not None


def test_a_clock_that_was_wrong_is_a_restart():
    made = rarity(began=0.0)
    made.turn(1_800_000_000.0)
    old = Practice(first_at=1_700_000_000.0)
    assert watched(made, "stranger.example", 1_800_000_001.0, practice=old) is None


def test_a_name_that_two_devices_call_is_not_rare_but_an_address_is():
    for host, rare in (("stranger.example", False), (OUTSIDE, True)):
        made = rarity()
        pair = watched(made, host)
        assert made.is_rare(pair, host)
        watched(made, host, mac=OTHER)
        assert made.is_rare(pair, host) is rare


def test_hosts_called_just_before_and_after_a_first_call_are_its_company():
    made = rarity()
    watched(made, "www.page.example", 1000.0)
    pair = watched(made, "api.page.example", 1001.0)
    made.pairs.put((PC, "api.page.example"), pair)
    watched(made, "fonts.example", 1003.0)
    watched(made, "much.later.example", 1030.0)
    assert pair.company == {"www.page.example", "fonts.example"}


def test_the_answer_to_a_call_may_come_in_the_next_second():
    """The conversation's first second held only the question whether anybody is there."""
    made = rarity()
    assert watched(made, "stranger.example", payload=False, back=False) is None
    later = flow(1001.9, PC, "192.168.1.10", OUTSIDE, 443, opened=False)
    values = {name: getattr(later, name) for name in later.__struct_fields__}
    delta = type(later)(**(values | {"first_at": 1001.0}))
    assert made.watched(delta, "stranger.example", Practice()) is not None
