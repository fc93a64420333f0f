"""Who made a device."""

import pytest

from appliance.knowledge.hint import LOW
from appliance.knowledge.makers import Maker, hints, is_randomised, makers


@pytest.mark.parametrize(
    ("mac", "name", "bits"),
    [
        ("00:19:35:01:02:03", "Dürr Dental", 24),
        ("00:09:21:00:00:01", "Planmeca", 24),
        ("54:91:af:91:23:45", "Asiga", 28),
        ("8c:1f:64:b7:71:23", "Carestream Dental", 36),
        ("00:11:32:aa:bb:cc", "Synology Incorporated", 24),
    ],
)
def test_makers_are_found_by_prefixes_of_three_lengths(mac, name, bits):
    """More than half of the dental makers own no whole 24-bit block."""
    maker = makers().find(mac)
    assert (maker.name, maker.bits) == (name, bits)


def test_the_owner_of_a_small_block_wins_over_that_of_the_whole():
    """8c:1f:64 as a whole belongs to the registry itself."""
    assert makers().find("8c:1f:64:b7:71:23").category
    assert makers().find("8c:1f:64:b7:61:23") != makers().find("8c:1f:64:b7:71:23")


def test_a_made_up_address_has_no_maker():
    """Whatever its first bytes say."""
    assert is_randomised("02:19:35:00:00:01")
    assert makers().find("02:19:35:00:00:01") is None


def test_an_unregistered_prefix_has_no_maker():
    """Nothing is guessed."""
    assert makers().find("00:00:5f:ff:ff:ff") is None or makers().find("fc:ff:ff:ff:ff:ff") is None


def test_small_blocks_of_any_maker_are_found():
    """Also of those that make nothing for dentists."""
    maker = makers().find("00:1b:c5:00:11:11")
    assert (maker.name, maker.bits) == ("OpenRB.com, Direct SIA", 36)


def test_the_dental_table_names_an_owner_as_it_is_called_today():
    """The registry still has the name of the day on which the block was given away."""
    assert makers().find("70:b3:d5:3f:71:23").name.startswith("Cefla (NewTom")


def said(mac):
    return [
        (hint.kind, hint.maker, hint.weight)
        for hint in hints(makers().find(mac))
        if hint.source_key == "hardware_address"
    ]


def test_a_dental_maker_says_its_name_and_what_it_makes():
    """The name for certain, the kind as far as the range of products tells."""
    assert said("f4:90:cb:b0:00:01") == [("unknown", "A-dec", 60), ("unit", "", 35)]


def test_the_maker_of_a_part_is_not_the_maker_of_the_device():
    """A network module sits in anything."""
    assert said("00:08:dc:00:00:01") == []
    assert said("00:07:02:00:00:01") == [("sensor", "", 15)]


def test_a_maker_of_one_thing_gives_its_kind():
    """By a pattern on its registered name."""
    assert said("00:11:32:aa:bb:cc") == [("unknown", "Synology Incorporated", 60), ("nas", "", 35)]


def test_a_maker_of_several_things_shares_the_weight_among_them():
    """A firm of a maker of computers and a maker of cameras may make both."""
    both = hints(Maker(name="Lenovo Hikvision", bits=24))
    assert {(hint.kind, hint.weight) for hint in both[1:]} == {("camera", 17), ("workstation", 7)}


@pytest.mark.parametrize(
    "name",
    [
        "Apple, Inc.",
        "ASUSTek COMPUTER INC.",
        "D-Link International",
        "Edimax Technology Co. Ltd.",
        "NETGEAR",
        "Samsung Electronics Co.,Ltd",
        "TP-LINK TECHNOLOGIES CO.,LTD.",
        "Xiaomi Communications Co Ltd",
    ],
)
def test_a_maker_of_nearly_everything_says_its_name_only(name):
    """Whether it is a plug, a camera or a router, other signs must tell."""
    (only,) = hints(Maker(name=name, bits=24))
    assert (only.maker, only.kind) == (name, "unknown")


@pytest.mark.parametrize(
    "name",
    [
        "Espressif Inc.",
        "AzureWave Technology Inc.",
        "Murata Manufacturing Co., Ltd.",
        "Hon Hai Precision Ind. Co.,Ltd.",
        "Hi-flying electronics technology Co.,Ltd",
        "Intel Corporate",
        "VMware, Inc.",
        "Private",
    ],
)
def test_who_only_made_a_part_is_a_guess_that_gives_way_to_any_other(name):
    """Modules, chips, contract makers, programs that play computers."""
    made = next(hint for hint in hints(Maker(name=name, bits=24)) if hint.maker)
    assert made.weight < LOW


def test_a_maker_of_unheard_things_gives_its_name_only():
    """Nothing is guessed."""
    (only,) = hints(Maker(name="Nobody & Sons", bits=24))
    assert (only.maker, only.kind) == ("Nobody & Sons", "unknown")


def test_two_classes_of_one_kind_are_one_hint():
    """Schneider Electric makes power supplies and controllers: small things, both."""
    (_, kind) = hints(Maker(name="Schneider Electric", bits=24))
    assert (kind.kind, kind.weight) == ("iot", 35)


@pytest.mark.parametrize(
    "name", ["ORANGE MICRO, INC.", "Okidoki Games", "Terragene S.A", "SonoSite"]
)
def test_a_name_that_only_begins_alike_is_another_maker(name):
    """Terragene makes indicators for sterilisers, SonoSite ultrasound."""
    assert [hint.kind for hint in hints(Maker(name=name, bits=24))] == ["unknown"]


@pytest.mark.parametrize("mac", ["00:00:5e:00:01:07", "00:00:0c:07:ac:01", "00:00:0c:9f:f0:01"])
def test_an_address_that_routers_share_was_made_by_nobody(mac):
    """VRRP and HSRP: the block's owner made no such device."""
    assert makers().find(mac) is None
