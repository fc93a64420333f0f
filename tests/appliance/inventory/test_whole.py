"""Several hardware addresses, seen as one device."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.decisions import Known, Standing
from appliance.inventory.whole import gather, mains, settle
from appliance.model import Contact, Device, Evidence, Ip, Mac, Table, Trust

CABLE, WIRELESS, THIRD = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "0b", "0c"))
EVERY = (CABLE, WIRELESS, THIRD)


def evidence(says: str, at: float, weight: int = 35, **votes: str) -> Evidence:
    return Evidence(
        source=says.lower(), says=says, weight=weight, first_at=at, last_at=at + 1, **votes
    )


def contact(host: str, at: float, octets: int) -> Contact:
    return Contact(
        table=Table.HYGIENE, host=host, first_at=at, last_at=at, octets_in=octets, loaded_at=at
    )


ONE = Device(
    mac=CABLE,
    addresses=(Ip("192.168.1.10"),),
    names=("PC-7",),
    first_at=10,
    last_at=20,
    evidence=(evidence("A", 10, os="Windows"), evidence("B", 12)),
    contacts=(contact("windowsupdate.com", 12, 100),),
)
OTHER = Device(
    mac=WIRELESS,
    addresses=(Ip("192.168.1.11"),),
    names=("PC-7", "portable"),
    first_at=30,
    last_at=40,
    evidence=(evidence("A", 30, os="Windows"), evidence("C", 30, 60, kind="workstation")),
    trust=Trust.LEARNT,
    contacts=(contact("windowsupdate.com", 35, 7), contact("eset.com", 31, 1)),
)
JOINED = replace(ONE, also=(WIRELESS,))


def test_a_joined_device_has_all_that_is_known_of_its_addresses():
    """One row, of the address met first; the latest network address first."""
    (whole,) = gather([JOINED, OTHER], Standing())
    assert (whole.mac, whole.also) == (CABLE, (WIRELESS,))
    assert whole.addresses == ("192.168.1.11", "192.168.1.10")
    assert whole.names == ("PC-7", "portable")
    assert (whole.first_at, whole.last_at, whole.trust) == (10, 40, Trust.LEARNT)
    assert (whole.kind, whole.os) == ("workstation", "Windows")
    assert {(each.host, each.octets_in, each.loaded_at) for each in whole.contacts} == {
        ("windowsupdate.com", 107, 35),
        ("eset.com", 1, 31),
    }
    (seen_twice,) = (each for each in whole.evidence if each.says == "A")
    assert (seen_twice.first_at, seen_twice.last_at) == (10, 31)


def test_a_device_says_why_its_addresses_were_joined():
    """By evidence that votes for nothing; what people joined, their decision explains."""
    (whole,) = gather([JOINED, OTHER], Standing())
    (why,) = (each for each in whole.evidence if each.source == "joined")
    assert WIRELESS in why.says
    assert CABLE in why.says
    assert (why.kind, why.maker, why.model, why.os) == ("", "", "", "")
    (by_people,) = gather([ONE, OTHER], Standing(joined={WIRELESS: CABLE}))
    assert by_people.also == (WIRELESS,)
    assert not any(each.source == "joined" for each in by_people.evidence)


def test_what_was_parted_is_as_it_was():
    """People's word counts, whatever the evidence."""
    parted = gather([JOINED, OTHER], Standing(joined={WIRELESS: WIRELESS}))
    assert parted == [ONE, OTHER]


def test_what_people_said_of_a_device_holds_for_its_addresses():
    """Of the address that stands for it before that of another."""
    name = Known(approved=True, name="Portable")
    (whole,) = gather([JOINED, OTHER], Standing(known={WIRELESS: name}))
    assert (whole.given_name, whole.trust) == ("Portable", Trust.APPROVED)
    both = Standing(known={WIRELESS: name, CABLE: Known(name="Bureau")})
    (whole,) = gather([JOINED, OTHER], both)
    assert (whole.given_name, whole.trust) == ("Bureau", Trust.LEARNT)
    settled = settle(both, {WIRELESS: CABLE}, EVERY)
    assert settled.known[WIRELESS].name == "Bureau"


def test_an_address_that_has_no_row_any_more_is_still_listed():
    """Its row was forgotten."""
    assert gather([JOINED], Standing()) == [JOINED]


@pytest.mark.parametrize(
    ("seen", "said", "expected"),
    [
        ({WIRELESS: CABLE}, {}, {WIRELESS: CABLE}),
        ({WIRELESS: CABLE}, {CABLE: THIRD}, {WIRELESS: THIRD, CABLE: THIRD}),
        ({WIRELESS: CABLE}, {CABLE: WIRELESS}, {CABLE: WIRELESS}),
        ({WIRELESS: CABLE}, {CABLE: CABLE}, {WIRELESS: CABLE}),
        ({WIRELESS: CABLE}, {WIRELESS: THIRD}, {WIRELESS: THIRD}),
        ({}, {CABLE: WIRELESS, WIRELESS: CABLE}, {WIRELESS: CABLE}),
        ({}, {CABLE: Mac("02:00:00:00:00:99")}, {}),
    ],
)
def test_which_address_stands_for_a_device(seen, said, expected):
    """People win over evidence, in chains and in circles; nobody is part of one unknown."""
    assert mains(seen, said, EVERY) == expected


macs = st.sampled_from([*EVERY, Mac("02:00:00:00:00:0d"), Mac("02:00:00:00:00:0e")])


@given(st.dictionaries(macs, macs), st.dictionaries(macs, macs), st.sets(macs))
def test_every_device_is_listed_exactly_once(seen, said, there):
    """Whatever was joined with what."""
    found = mains(seen, said, there)
    assert not set(found.values()) & set(found)
    devices = [
        Device(mac=mac, also=tuple(part for part, main in seen.items() if main == mac))
        for mac in sorted(there)
    ]
    listed = [
        mac for each in gather(devices, Standing(joined=said)) for mac in (each.mac, *each.also)
    ]
    assert len(listed) == len(set(listed))
    assert there <= set(listed)
