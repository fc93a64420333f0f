"""What is remembered of a device and an outside host that it calls."""

from appliance.detectors.calling import (
    HOURS,
    SAMPLES,
    Pair,
    host_of,
    is_known_before,
    kind_of,
    spelt,
)
from appliance.model import Device, Ip, Mac
from tests.kit.check import flow

PC = Mac("02:00:00:00:00:0a")
OUTSIDE = Ip("93.184.216.34")


def talk(at: float, *, began: float | None = None, **more):
    """Give a delta of a conversation that began then, or now."""
    delta = flow(at, PC, "192.168.1.10", OUTSIDE, 443, **more)
    values = {name: getattr(delta, name) for name in delta.__struct_fields__}
    return type(delta)(**(values | {"first_at": at if began is None else began}))


def pair(*deltas):
    made = Pair(nameless=False, odd=False)
    return made, [made.add(delta) for delta in deltas]


def test_each_new_conversation_is_a_call():
    """With what was said in it."""
    made, begins = pair(talk(0), talk(60), talk(120))
    assert begins == [True] * 3
    assert [(each.at, each.new, each.sent, each.got) for each in made.samples] == [
        (at, True, 400, 400) for at in (0, 60, 120)
    ]


def test_several_conversations_at_once_are_one_call():
    """A program that opens two or three."""
    made, begins = pair(talk(0), talk(0.2), talk(0.5))
    assert begins == [True, False, False]
    assert made.samples[0].sent == 1200


def test_an_exchange_after_silence_is_a_call_in_the_same_conversation():
    """Facts of it come each second while it goes on."""
    made, begins = pair(talk(0), talk(1, began=0), talk(2, began=0), talk(30, began=0))
    assert begins == [True, False, False, True]
    assert [each.new for each in made.samples] == [True, False]


def test_the_end_of_a_conversation_is_no_call():
    """A goodbye comes when nobody has asked for long."""
    assert pair(talk(0), talk(60, began=0, flags_in=0x11))[1] == [True, False]


def test_only_the_last_calls_and_hours_are_remembered():
    made, _ = pair(*(talk(n * 1800.0) for n in range(100)))
    assert len(made.samples) == SAMPLES
    assert made.counts() == [2] * HOURS


def test_hours_without_a_call_are_counted_as_such():
    made, _ = pair(talk(0), talk(60), talk(3 * 3600))
    assert made.counts() == [2, 0, 0, 1]
    assert Pair(nameless=True, odd=True).counts() == []


def test_what_people_say_of_a_device_wins():
    class Known:
        def device(self, mac):
            return Device(mac=mac, kind="printer", role="camera", given_kind="server", first_at=5)

        def name_of(self, ip):
            return ""

    assert kind_of(PC, Known()) == "server"
    assert is_known_before(PC, 6, Known())
    assert not is_known_before(PC, 5, Known())
    assert host_of(OUTSIDE, Known()) == OUTSIDE


def test_lengths_of_time_are_written_as_both_languages_do():
    assert [spelt(each) for each in (9.6, 300, 7200)] == ["10 s", "5 min", "2 h"]
