"""A device calls one rare outside host, again and again, like a clock."""

import pytest

from appliance.decisions import Known, Standing
from appliance.detectors.beacon import Beacon, Limits
from appliance.facts import NameAnswered, Record, Tick
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow, inventory

PC, OTHER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "0b"))
OUTSIDE = Ip("93.184.216.34")
NAME = "stranger.example"
START = 1_800_000_000.0


def resolves(at: float, name: str = NAME, ip: str = OUTSIDE):
    return NameAnswered(
        at=START + at,
        mac=Mac("02:00:00:00:00:01"),
        src=Ip("192.168.1.1"),
        dst=Ip("192.168.1.10"),
        protocol="dns",
        name=name,
        type=1,
        code=0,
        records=(Record(name, 1, ip, 60),),
    )


def call(
    at: float, dst: str = OUTSIDE, *, mac: Mac = PC, port: int = 443, sent=400, got=900, **how
):
    """Give a new conversation, or with *began* an exchange in one."""
    began = how.pop("began", None)
    ip = f"192.168.1.{10 + int(mac[-1], 16)}"
    delta = flow(START + at, mac, ip, dst, port, opened=began is None, **how)
    values = {name: getattr(delta, name) for name in delta.__struct_fields__}
    first = at if began is None else began
    own = {"first_at": START + first, "payload_out": sent, "payload_in": got}
    return type(delta)(**(values | own))


def calls(times, **how):
    return [call(at, **how) for at in times]


def exchanges(times, **how):
    times = list(times)
    return [call(times[0], **how), *(call(at, began=times[0], **how) for at in times[1:])]


def every(seconds: float, count: int, jitter: float = 0.0, start: float = 10.0):
    """Give times that many seconds apart, each interval shorter by up to *jitter* of it."""
    at = start
    for number in range(count):
        yield at
        at += seconds * (1 - jitter * (number * 0.618 % 1))  # spread as evenly as chance is


def found(*told, learn: float = 0.0, standing: Standing | None = None, **limits):
    network = inventory(standing=standing, learn_until=START + learn)
    ticks = [Tick(float(int(fact.at))) for fact in told]
    facts = sorted((Tick(START), *ticks, *told), key=lambda fact: fact.at)
    return [
        (alert.about, alert.words["host"], alert.words["every"], alert.words["calls"])
        for alert in alerts(Beacon(Limits(**limits)), *facts, network=network)
    ]


def test_a_call_each_minute_is_found_after_six_intervals():
    assert found(resolves(0), *calls(every(60, 6))) == []
    assert found(resolves(0), *calls(every(60, 7))) == [(PC, NAME, "60 s", "7")]


@pytest.mark.parametrize("jitter", [0.1, 0.2, 0.3])
@pytest.mark.parametrize("seconds", [5, 10, 60, 600, 3600])
def test_a_jitter_does_not_hide_it(seconds, jitter):
    """Six intervals are enough, at any usual pace."""
    told = found(resolves(0), *calls(every(seconds, 7, jitter)))
    assert [host for _, host, *_ in told] == [NAME]


def test_a_bare_address_is_found_as_well():
    assert found(*calls(every(60, 7))) == [(PC, OUTSIDE, "60 s", "7")]


def test_fast_calls_must_last_a_while():
    """A page that is built up also calls each second."""
    assert found(resolves(0), *calls(every(2, 8))) == []
    assert len(found(resolves(0), *calls(every(2, 12)))) == 1


def test_a_person_is_no_clock():
    times = (5, 25, 31, 140, 150, 420, 440, 500, 900, 907, 1000, 1400)
    assert found(resolves(0), *calls(times)) == []


def test_calls_of_different_sizes_are_no_beacon():
    sizes = (400, 2000, 300, 9000, 500, 40_000, 700, 1200)
    told = [call(at, sent=size) for at, size in zip(every(60, 8), sizes, strict=True)]
    assert found(resolves(0), *told) == []


def test_large_answers_are_no_beacon():
    """Pictures of a camera, a film."""
    assert found(resolves(0), *calls(every(10, 30), got=200_000)) == []


def test_exchanges_in_one_conversation_count_for_a_bare_address_or_an_odd_port():
    assert len(found(*exchanges(every(30, 8)))) == 1
    assert len(found(resolves(0), *exchanges(every(30, 8), port=4782))) == 1
    assert found(resolves(0), *exchanges(every(30, 60))) == []


def test_a_dynamic_name_says_no_more_than_an_address():
    assert len(found(resolves(0, "camera.ddns.net"), *exchanges(every(30, 8)))) == 1


def test_keeping_a_conversation_alive_is_no_exchange():
    """One octet, of which nobody takes notice."""
    told = [call(10), *(call(10 + n * 60, began=10, sent=1, got=0) for n in range(1, 20))]
    assert found(*told) == []


def test_a_page_that_is_opened_and_asks_again_is_left_alone():
    """It came with its parts."""
    parts = [resolves(0)]
    for number in range(4):
        ip = f"93.184.216.{50 + number}"
        parts += [resolves(8, f"part{number}.example", ip), call(9 + number / 10, ip)]
    assert found(*parts, *calls(every(10, 30))) == []


def test_a_page_left_open_is_told_only_when_nobody_works_that_long():
    """In company, so that the slow rule alone may speak."""
    for hours, count in ((12, 0), (22, 1)):
        parts = [resolves(0)]
        for number in range(4):
            ip = f"93.184.216.{50 + number}"
            parts += [resolves(8, f"part{number}.example", ip), call(9 + number / 10, ip)]
        assert len(found(*parts, *calls(every(120, hours * 30)))) == count


def test_the_slow_rule_sees_a_wide_jitter_over_hours():
    """Eight of ten parts: too wide for the quick rule."""
    told = found(resolves(0), *calls(every(200, 300, 0.85)), intervals=60)
    assert [host for _, host, *_ in told] == [NAME]


def test_calls_of_a_few_hours_are_too_few_for_the_slow_rule():
    assert found(resolves(0), *calls(every(600, 30)), intervals=60) == []


def test_what_was_called_in_the_learning_time_is_ordinary():
    """A backup each quarter of an hour, since before the box was."""
    assert found(resolves(0), *calls(every(900, 40)), learn=1000) == []


def test_two_devices_that_call_one_name_are_ordinary():
    told = [*calls(every(60, 10)), *calls(every(60, 10, start=40), mac=OTHER)]
    assert found(resolves(0), *told) == []


def test_two_devices_that_call_one_address_are_not():
    told = [*calls(every(60, 10)), *calls(every(60, 10, start=40), mac=OTHER)]
    assert {mac for mac, *_ in found(*told)} == {PC, OTHER}


@pytest.mark.parametrize("role", ["printer", "camera", "nas", "phone"])
def test_heartbeats_of_things_are_left_alone(role):
    standing = Standing(known={PC: Known(approved=True, role=role)})
    assert found(resolves(0), *calls(every(60, 20)), standing=standing) == []


def test_a_panoramic_is_no_such_thing():
    standing = Standing(known={PC: Known(approved=True, role="panoramic")})
    assert len(found(resolves(0), *calls(every(60, 20)), standing=standing)) == 1


def test_a_host_that_the_technician_named_is_left_alone():
    standing = Standing(known={PC: Known(approved=True, role="workstation", hosts=(NAME,))})
    assert found(resolves(0), *calls(every(60, 20)), standing=standing) == []


def test_it_is_told_once_a_day():
    network, detector = inventory(), Beacon(Limits())
    facts = [Tick(START), resolves(0), *calls(every(600, 300))]
    (alert,) = alerts(detector, *facts, network=network)
    assert alert.count == 3


def test_udp_to_a_stranger_is_left_to_the_slow_rule():
    """Games and telephony send by the clock."""
    assert found(*calls(every(30, 60), proto=17, port=40_000)) == []
    assert len(found(*calls(every(200, 200), proto=17, port=40_000))) == 1
