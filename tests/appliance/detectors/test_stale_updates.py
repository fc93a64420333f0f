"""A computer is not seen fetching updates, although it could have."""

from dataclasses import replace

import pytest

from appliance.detectors.stale_updates import Limits, StaleUpdates
from appliance.facts import Tick
from appliance.model import Contact, Device, Ip, Mac, Table
from tests.kit.check import flow

DAY = 86_400.0
START = 20_000 * DAY + 8 * 3600
"""Eight in the morning."""
PC, OTHER, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "0b", "01"))
INSIDE, OUTSIDE = Ip("192.168.1.10"), Ip("93.184.216.34")
WINDOWS = Device(mac=PC, os="Windows 10 1803+ / 11", first_at=START)


class Practice:
    """What the inventory says of these devices."""

    def __init__(self, *devices: Device) -> None:
        self.devices = {device.mac: device for device in devices}
        self.holders: dict[Ip, Mac] = {}

    def device(self, mac):
        return self.devices.get(mac)

    def holder(self, ip):
        return self.holders.get(ip)

    def is_outside(self, ip):
        return not ip.startswith("192.168.")

    def is_gateway(self, mac):
        return mac == ROUTER


def call(at: float, mac: Mac = PC, dst: str = OUTSIDE, **more):
    return flow(at, mac, INSIDE, dst, 443, **more)


def days(first: int, last: int, *macs: Mac, **more):
    """Give days of work: a device calls out in the morning, and the clock ticks on."""
    for day in range(first, last):
        morning = START + day * DAY
        yield Tick(morning)
        for mac in macs or (PC,):
            yield call(morning + 1, mac, **more)
        for hour in range(1, 24, 6):
            yield Tick(morning + hour * 3600)


def tell(detector: StaleUpdates, practice: Practice, facts):
    return [finding for fact in facts for finding in detector.see(fact, practice)]


def found(facts, *devices: Device, **limits):
    """Give how many days into it, of whom, what is said."""
    return [
        (int((each.at - START) // DAY), each.about, each.words["what"], each.words["days"])
        for each in tell(StaleUpdates(Limits(**limits)), Practice(*devices or (WINDOWS,)), facts)
    ]


def contact(host: str, last: float, *, first: float = 0, loaded: float | None = None, **more):
    """Give a contact first and last had so many days into it."""
    return Contact(
        **{"table": Table.HYGIENE, "host": host} | more,
        first_at=START + first * DAY,
        last_at=START + last * DAY,
        loaded_at=0.0 if loaded is None else START + loaded * DAY,
    )


def with_contacts(*contacts: Contact, device: Device = WINDOWS, **more) -> Device:
    return replace(device, contacts=contacts, **more)


def test_a_computer_of_which_no_update_is_seen_for_two_weeks_is_found():
    """Though it reached the outside every day."""
    assert found(days(0, 16)) == [(14, PC, "Windows", "14")]


def test_nothing_is_said_before_the_box_has_watched_that_long():
    """Also of a device that was there long before, in a box that was not."""
    assert found(days(0, 14)) == []
    assert found(days(0, 14), replace(WINDOWS, first_at=START - 99 * DAY)) == []


def test_nothing_is_said_of_a_device_before_it_was_there_that_long():
    """The box has watched for a month."""
    newcomer = replace(WINDOWS, first_at=START + 20 * DAY)
    quiet = (fact for fact in days(0, 20) if isinstance(fact, Tick))
    assert found([*quiet, *days(20, 33)], newcomer) == []


def test_a_download_of_the_last_days_is_enough():
    assert found(days(0, 16), with_contacts(contact("windowsupdate.com", 10, loaded=4))) == []


@pytest.mark.parametrize(
    "host", ["update.microsoft.com", "ctldl.windowsupdate.com", "windowsupdate.com", "unheard.of"]
)
def test_asking_for_updates_and_small_talk_are_no_download(host):
    """A question whether there are any, a list of certificates, a call that brought nothing."""
    assert found(days(0, 16), with_contacts(contact(host, 15))) == [(14, PC, "Windows", "14")]


def test_updates_from_a_neighbour_count():
    """Delivery Optimization: one computer fetches for all."""
    assert found(days(0, 16), with_contacts(contact("lan:7680", 10, loaded=10))) == []


def test_a_host_of_another_table_is_no_update():
    """The practice's own software may share a name with nothing here."""
    listed = contact("windowsupdate.com", 10, loaded=10, table=Table.PRACTICE)
    assert found(days(0, 16), with_contacts(listed)) != []


def test_an_antivirus_program_that_fell_silent_is_found_by_its_name():
    """The system goes on fetching."""
    device = with_contacts(contact("windowsupdate.com", 15, loaded=14), contact("eset.com", 1))
    assert found(days(0, 17), device) == [(15, PC, "ESET", "14")]


def test_one_antivirus_program_in_place_of_another_is_enough():
    """Whichever was at work last counts."""
    device = with_contacts(
        contact("windowsupdate.com", 15, loaded=14),
        contact("eset.com", 1),
        contact("wdcp.microsoft.com", 15),
    )
    assert found(days(0, 17), device) == []


def test_an_antivirus_program_never_seen_is_not_missed():
    """It may be managed from inside the practice."""
    device = with_contacts(contact("windowsupdate.com", 15, loaded=14))
    assert found(days(0, 17), device) == []


def test_both_are_two_findings():
    """Each with a key of its own."""
    device = with_contacts(contact("windowsupdate.com", 1, loaded=1), contact("eset.com", 1))
    assert [what for _, _, what, _ in found(days(0, 17), device)] == ["Windows", "ESET"]


def test_a_device_that_is_away_most_of_the_time_is_left_alone():
    """Four days of two weeks; the fifth is one too many."""
    ticks = [fact for fact in days(0, 16) if isinstance(fact, Tick)]
    for count, expected in ((4, 0), (5, 1)):
        calls = [call(START + (10 + n) * DAY + 1) for n in range(count)]
        facts = sorted([*ticks, *calls], key=lambda fact: fact.at)
        assert len(found(facts)) == expected


def test_a_device_that_no_outside_host_answers_is_left_alone():
    """It could not fetch anything: silence, a neighbour, and a call from outside."""
    assert found(days(0, 20, back=False)) == []
    assert found(days(0, 20, dst="192.168.1.5")) == []


def test_traffic_that_passes_through_is_not_the_senders_own():
    """The address is another device's, or the sender is the gateway."""
    practice = Practice(WINDOWS, replace(WINDOWS, mac=ROUTER, kind="workstation"))
    practice.holders[INSIDE] = OTHER
    detector = StaleUpdates(Limits())
    assert tell(detector, practice, days(0, 20, PC, ROUTER)) == []


@pytest.mark.parametrize(
    ("known", "judged"),
    [
        ({"kind": "workstation"}, True),
        ({"kind": "server"}, True),
        ({"role": "acquisition_pc"}, True),
        ({"given_kind": "workstation", "kind": "printer"}, True),
        ({"os": "macOS 10.13+"}, True),
        ({"os": "Windows 11", "role": "other"}, True),
        ({}, False),
        ({"os": "Linux"}, False),
        ({"kind": "printer"}, False),
        ({"kind": "workstation", "given_kind": "panoramic"}, False),
        ({"os": "Windows 7", "kind": "panoramic"}, False),
    ],
)
def test_computers_are_judged_and_equipment_is_not(known, judged):
    """What people say wins; where nobody knows the kind, the system decides."""
    assert bool(found(days(0, 16), Device(mac=PC, first_at=START, **known))) is judged


def test_what_is_updated_is_named_as_far_as_it_is_known():
    """By family: a release is often a guess."""
    for os, name in (("macOS 12+", "macOS"), ("Ubuntu", "Ubuntu"), ("", "Windows / macOS / Linux")):
        ((_, _, what, _),) = found(days(0, 16), replace(WINDOWS, os=os, kind="server"))
        assert what == name


def test_it_is_repeated_only_after_as_many_days():
    """As long as it lasts."""
    assert [day for day, *_ in found(days(0, 45))] == [14, 28, 42]


def test_a_new_episode_is_told_again():
    """An update came in between."""
    practice, detector = Practice(WINDOWS), StaleUpdates(Limits(days=3, present=1))
    first = tell(detector, practice, days(0, 5))
    practice.devices[PC] = with_contacts(contact("windowsupdate.com", 5, loaded=5))
    second = tell(detector, practice, days(5, 9))
    assert [int((each.at - START) // DAY) for each in [*first, *second]] == [3, 8]


def test_after_a_restart_the_noted_contacts_say_how_long_the_box_has_watched():
    """The days of presence begin anew: on the fifth, enough is known again."""
    old = replace(WINDOWS, first_at=START - 99 * DAY)
    device = with_contacts(contact("data.microsoft.com", 5, first=-90), device=old)
    assert found(days(0, 7), device) == [(4, PC, "Windows", "94")]


def test_a_clock_that_was_wrong_is_not_time_watched():
    """A box that starts in 1970, or a week behind, and then learns the time."""
    for wrong in (0.0, START - 12 * DAY):
        facts = [Tick(wrong), call(wrong + 1), Tick(wrong + 2), *days(0, 14)]
        assert found(facts, replace(WINDOWS, first_at=0.0)) == []


def test_one_device_is_judged_at_each_tick():
    """So that a large practice is no burden on one second."""
    macs = [Mac(f"02:00:00:00:01:{end:02x}") for end in range(20)]
    practice = Practice(*(replace(WINDOWS, mac=mac) for mac in macs))
    detector = StaleUpdates(Limits())
    told = len(tell(detector, practice, days(0, 15, *macs)))
    ticks = [Tick(START + 17 * DAY + second) for second in range(60)]
    per_tick = [len(list(detector.see(tick, practice))) for tick in ticks]
    assert max(per_tick) == 1
    assert told + sum(per_tick) == 20


def test_a_device_the_inventory_forgot_is_forgotten():
    """There is nothing to judge by."""
    detector = StaleUpdates(Limits())
    assert tell(detector, Practice(), days(0, 16)) == []
