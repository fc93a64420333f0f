"""What a device is: people first, then what was worked out, then what the record says."""

from dataclasses import replace

from appliance.exchange.portrait import portray
from appliance.model import Device, Mac, Sureness
from tests.kit.machines import IMAGING, devices

PARK = {device.mac: device for device in devices()}


def test_what_people_say_wins_and_what_was_seen_is_kept() -> None:
    told = portray(replace(PARK[IMAGING], given_kind="server"))
    assert (told.kind, told.seen.kind.value) == ("server", "acquisition_pc")


def test_without_a_word_of_people_the_signs_decide() -> None:
    told = portray(PARK[IMAGING])
    assert (told.kind, told.seen.kind.sure) == ("acquisition_pc", Sureness.CERTAIN)


def test_a_record_without_reasons_is_no_more_than_a_guess() -> None:
    old = Device(mac=Mac("02:00:00:00:00:01"), maker="Dell", kind="workstation", os="Windows")
    told = portray(old)
    assert (told.kind, told.seen.maker.value, told.seen.os.value) == (
        "workstation",
        "Dell",
        "Windows",
    )
    assert told.seen.kind.sure is Sureness.GUESS


def test_of_a_device_that_says_nothing_nothing_is_said() -> None:
    told = portray(Device(mac=Mac("02:00:00:00:00:01")))
    assert (told.kind, told.seen.kind.value, told.seen.maker.value) == ("unknown", "", "")
