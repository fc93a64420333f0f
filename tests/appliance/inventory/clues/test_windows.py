"""What Windows says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.facts import NtlmHeard, ShareOpened, SmbSpoken
from appliance.inventory.clues.windows import (
    OFFERS,
    Dialects,
    read_encrypted,
    read_ntlm,
    read_share,
)
from tests.kit.made import ALICE_IP, BOB_IP, made, votes


def system(major: int, minor: int, build: int, *, server: bool = False):
    fact = made(NtlmHeard, major=major, minor=minor, build=build, server=server)
    return votes(read_ntlm(fact), "os")


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((10, 0, 19041), {"Windows 10 2004-22H2"}),
        ((10, 0, 20348), {"Windows Server 2022"}),
        ((6, 1, 7601), {"Windows 7 / Server 2008 R2"}),
        ((6, 1, 0), {"Samba"}),
        ((10, 0, 31000), {"Windows"}),
        ((6, 8, 46), {"Linux"}),
        ((0, 0, 0), set()),
        ((6, 1, 5), {"Linux"}),
    ],
)
def test_all_three_numbers_count(version, expected):
    """6.1 is Windows 7 with one build, Samba with another, Linux with a third."""
    assert system(*version) == expected


def test_a_server_with_a_kernels_numbers_is_nothing():
    """Only Linux's client shows them."""
    assert system(6, 8, 46, server=True) == set()


def test_the_machines_name_is_a_name():
    """In logon messages it stands in capitals."""
    first, *_ = read_ntlm(made(NtlmHeard, machine="fauteuil2"))
    assert (first.source, first.name) == ("ntlm", "fauteuil2")


@pytest.mark.parametrize(
    ("role", "kind"),
    [("sidexis", {"server"}), ("domain", {"server"}), ("other", set()), ("ipc", set())],
)
def test_a_share_tells_what_its_server_is_for(role, kind):
    """By the key that its name was put into."""
    assert votes(read_share(made(ShareOpened, role=role))) == kind


def offer(dialect: int, *, version: str = "3", sport: int = 50_000, **said):
    return made(SmbSpoken, version=version, dialect=dialect, sport=sport, dport=445, **said)


def choice(dialect: int, *, version: str = "3", dport: int = 50_000):
    return made(
        SmbSpoken,
        server=True,
        version=version,
        dialect=dialect,
        src=BOB_IP,
        dst=ALICE_IP,
        sport=445,
        dport=dport,
    )


def test_the_best_that_a_client_offers_hints_at_its_windows():
    """Others offer it, too."""
    (clue,) = Dialects().read(offer(0x0210, version="2"))
    assert (clue.os, clue.says, clue.weight) == ("Windows 7 / Server 2008 R2", "SMB 2.1", 15)


def test_a_server_that_chooses_less_than_offered_can_do_no_better():
    """One that takes the best offer says nothing of itself."""
    joined = Dialects()
    list(joined.read(offer(0x0311)))
    assert votes(joined.read(choice(0x0202, version="2")), "os") == {"Windows Vista / Server 2008"}
    list(joined.read(offer(0x0311)))
    assert list(joined.read(choice(0x0311))) == []
    list(joined.read(offer(0x0311)))
    assert votes(joined.read(choice(0, version="1")), "os") == {"Windows XP / Server 2003"}


def test_a_choice_without_an_offer_says_nothing():
    """The beginning was missed."""
    assert list(Dialects().read(choice(0x0202, version="2"))) == []


def test_encrypted_talk_tells_no_dialect():
    """It was told before."""
    assert list(Dialects().read(offer(0x0311, encrypted=True))) == []


@given(st.lists(st.integers(0, 65_535), max_size=50))
def test_offers_have_a_maximum(ports):
    """A scanner makes many."""
    joined = Dialects()
    for port in (*ports, *range(OFFERS)):
        list(joined.read(offer(0x0311, sport=port)))
    assert len(joined._offers) == OFFERS


def test_an_encrypted_talk_says_that_the_share_is_hidden_and_nothing_else():
    """A reader of the device's page must know what the box cannot see."""
    (clue,) = read_encrypted(made(SmbSpoken, version="3", encrypted=True))
    assert (clue.source, clue.says) == ("smb_encrypted", "SMB 3")
    assert votes([clue]) == votes([clue], "os") == set()
    assert list(read_encrypted(made(SmbSpoken, version="3", dialect=0x0311))) == []
