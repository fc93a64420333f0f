"""A device sends out far more than it ever did."""

import pytest

from appliance.decisions import Known, Standing
from appliance.detectors.exfiltration import Exfiltration, Limits
from appliance.facts import NameAnswered, Record, Tick
from appliance.model import Device, Ip, Mac, Severity
from tests.kit.check import NEVER_OPEN, alerts, flow, inventory

PC, ROUTER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01")
INSIDE, OUTSIDE = Ip("192.168.1.10"), Ip("93.184.216.34")
DAY = 86_400.0
START = 20_000 * DAY + 8 * 3600
MEGA = 1_000_000


def resolves(at: float, name: str, ip: str = OUTSIDE):
    return NameAnswered(
        at=START + at,
        mac=ROUTER,
        src=Ip("192.168.1.1"),
        dst=INSIDE,
        protocol="dns",
        name=name,
        type=1,
        code=0,
        records=(Record(name, 1, ip, 60),),
    )


def sends(at: float, megabytes: int, *, back: float = 1, seconds: int = 10, **how):
    """Give what a conversation does that sends so much, and is sent *back* megabytes."""
    return list(_sends(at, megabytes, back, seconds, how))


def _sends(at, megabytes, back, seconds, how):
    mac, dst = how.pop("mac", PC), how.pop("dst", OUTSIDE)
    port = how.pop("port", 443)
    for second in range(seconds):
        delta = flow(START + at + second, mac, INSIDE, dst, port, opened=second == 0, **how)
        values = {name: getattr(delta, name) for name in delta.__struct_fields__}
        own = {
            "payload_out": megabytes * MEGA // seconds,
            "payload_in": int(back * MEGA / seconds),
        }
        yield type(delta)(**(values | own))


def found(*told, **how):
    return [
        (alert.words["host"], alert.words["megabytes"], alert.count) for alert in made(*told, **how)
    ]


def made(
    *told, role: str = "", hosts=(), learn: float = 0.0, old: bool = False, night=None, **limits
):
    known = {PC: Known(approved=True, role=role, hosts=hosts)} if role or hosts else {}
    network = inventory(standing=Standing(known=known), learn_until=START + learn)
    if old:
        network.restore([Device(mac=PC, first_at=START - 99 * DAY)])
    facts = [Tick(START)]
    for each in told:
        facts += [each] if isinstance(each, NameAnswered) else each
    facts += [Tick(float(int(fact.at))) for fact in facts]
    facts.sort(key=lambda fact: fact.at)
    return alerts(Exfiltration(Limits(**limits)), *facts, network=network, hours=night)


def test_two_hundred_megabytes_to_an_unknown_host_are_found_while_they_are_sent():
    """In the second in which the floor is passed."""
    told = sends(1, 200, seconds=20)
    assert found(resolves(0, "drop.example"), told) == [("drop.example", "150", 1)]


def test_a_bare_address_counts_as_unknown():
    assert found(sends(1, 200)) == [(OUTSIDE, "160", 1)]


def test_as_much_as_letters_and_pictures_need_is_left_alone():
    assert found(resolves(0, "drop.example"), sends(1, 100)) == []


def test_file_sharing_and_tunnels_weigh_more():
    for name in ("gfs1.userstorage.mega.co.nz", "transfer.sh", "a.trycloudflare.com"):
        assert found(resolves(0, name), sends(1, 25)) == [(name, "20", 1)]


def test_images_to_a_well_known_cloud_and_a_first_synchronisation_are_left_alone():
    for name in ("eu.meditlink.com", "www.julie.fr"):
        assert found(resolves(0, name), sends(1, 500)) == []
    for name in ("cabinet.sharepoint.com", "p42-content.icloud.com", "www.wetransfer.com"):
        assert found(resolves(0, name), sends(1, 9000)) == []


def test_even_there_is_a_limit():
    assert found(resolves(0, "eu.meditlink.com"), sends(1, 3000)) != []
    assert found(resolves(0, "cabinet.sharepoint.com"), sends(1, 30_000)) != []


def test_what_comes_back_as_well_is_no_theft():
    """A speed test, and a call with pictures."""
    assert found(resolves(0, "speed.example"), sends(1, 600, back=500)) == []
    assert found(sends(1, 900, back=20, proto=17, port=40_000)) == []


def test_films_over_the_web_port_of_udp_count():
    assert found(sends(1, 200, proto=17)) == [(OUTSIDE, "160", 1)]


def test_a_backup_as_large_as_every_night_is_left_alone():
    """The first night was in the learning time."""
    nights = [sends(night * DAY, 400 + 50 * night) for night in range(5)]
    assert found(resolves(0, "backup.example"), *nights, learn=DAY / 2) == []


def test_a_night_that_is_three_times_as_large_is_found():
    nights = [sends(night * DAY, size) for night, size in enumerate((400, 420, 410, 1300))]
    ((_, megabytes, _),) = found(resolves(0, "backup.example"), *nights, learn=DAY / 2)
    assert int(megabytes) >= 3 * 420


def test_a_declared_backup_host_does_not_alarm_even_the_first_time():
    told = (resolves(0, "s3.backup.example"), sends(1, 5000))
    assert found(*told, hosts=("backup.example",)) == []
    assert found(*told) != []


def test_each_doubling_is_told_again_in_the_same_alert():
    ((_, megabytes, count),) = found(sends(1, 1000, seconds=100))
    assert (int(megabytes), count) == (600, 3)


def test_a_device_that_has_little_to_send_is_measured_with_a_tenth():
    assert found(sends(1, 16), role="card_reader") != []
    assert found(sends(1, 16), role="workstation") == []


def test_a_telephone_may_send_its_pictures():
    assert found(sends(1, 900, back=1), role="phone", spread=100_000) == []


def test_many_hosts_in_small_parts_are_found_together():
    parts = [sends(1 + n * 60, 90, dst=f"93.184.217.{n}") for n in range(15)]
    ((host, megabytes, _),) = found(*parts)
    assert host == "93.184.217.11 (+11)"
    assert int(megabytes) >= 1000


def test_what_is_sent_inside_counts_for_nothing():
    assert found(sends(1, 5000, dst="192.168.1.5")) == []


def test_what_somebody_outside_fetches_counts():
    inward = [
        type(delta)(
            **{name: getattr(delta, name) for name in delta.__struct_fields__}
            | {
                "mac": ROUTER,
                "peer_mac": PC,
                "src": OUTSIDE,
                "dst": INSIDE,
                "payload_out": 1000,
                "payload_in": 20 * MEGA,
            }
        )
        for delta in sends(1, 1)
    ]
    assert found(inward) == [(OUTSIDE, "160", 1)]


def test_after_a_restart_backups_are_learnt_again():
    """Of a device known before; not to hosts of file sharing, nor to a bare address."""
    nights = [sends(night * DAY, 400) for night in range(3)]
    assert found(resolves(0, "backup.example"), *nights, old=True) == []
    assert found(resolves(0, "transfer.sh"), sends(1, 25), old=True) != []
    assert found(sends(1, 200), old=True) != []


@pytest.mark.parametrize("learn", [0.0, DAY])
def test_nothing_is_told_while_the_box_learns(learn):
    assert bool(found(sends(1, 200), learn=learn)) is not bool(learn)


def test_it_is_normal_with_one_host_and_not_with_another():
    """But what goes to many in small parts has no other side."""
    (alert,) = made(resolves(0, "drop.example"), sends(1, 200))
    assert alert.peers == ("drop.example",)
    (bare,) = made(sends(1, 200))
    assert bare.peers == (OUTSIDE,)


def test_at_night_a_backup_stays_a_warning_and_file_sharing_is_a_danger():
    """Backups run at night, but none to hosts where anybody leaves files."""
    (backup,) = made(resolves(0, "backup.example"), sends(1, 200), night=NEVER_OPEN)
    assert (backup.severity, backup.at_night) == (Severity.WARNING, True)
    (theft,) = made(resolves(0, "transfer.sh"), sends(1, 25), night=NEVER_OPEN)
    assert (theft.severity, theft.at_night) == (Severity.DANGER, True)
    (by_day,) = made(resolves(0, "transfer.sh"), sends(1, 25))
    assert (by_day.severity, by_day.at_night) == (Severity.WARNING, False)
