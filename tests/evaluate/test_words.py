"""What words mean; the phrases are made up."""

import pytest

from appliance.knowledge.kinds import Kind
from tests.evaluate.words import Claim, understand


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("Acme outdoor video camera X-200", {Kind.CAMERA}),
        ("smart plug", {Kind.IOT}),
        ("kitchen water leak sensor", {Kind.IOT}),
        ("colour laser printer", {Kind.PRINTER}),
        ("resin 3D printer", {Kind.PRINTER_3D}),
        ("old print server", {Kind.SERVER}),
        ("desk phone", {Kind.PHONE}),
        ("Apple TV", {Kind.TELEVISION}),
        ("AP", {Kind.ACCESS_POINT}),
        ("Windows PC", {Kind.WORKSTATION}),
        ("lighting bridge", {Kind.IOT}),
        ("WeMo insight switch", {Kind.IOT}),
        ("coffee machine", {Kind.IOT}),
        ("game console", {Kind.TELEVISION}),
        ("viewer", {Kind.WORKSTATION, Kind.ACQUISITION_PC}),
    ],
)
def test_a_word_for_a_kind_is_understood(phrase: str, kinds: set[Kind]) -> None:
    assert understand(phrase).kinds == kinds


@pytest.mark.parametrize(
    "phrase",
    ["DHCP server", "gateway", "bridge", "sensor", "client", "switch", "WORKSTATION7", "apparatus"],
)
def test_a_word_that_may_mean_two_things_means_none(phrase: str) -> None:
    """A server may be any machine; a sensor an X-ray sensor, or one for doors."""
    assert not understand(phrase)


@pytest.mark.parametrize(
    "phrase", ["printer discovery", "print job", "Windows logon", "phone apps", "Mac session"]
)
def test_a_doing_is_no_device(phrase: str) -> None:
    assert not understand(phrase)


@pytest.mark.parametrize(
    ("phrase", "makers"),
    [
        ("a Synology box", ("synology",)),
        ("DLink thing", ("d-link", "dlink")),
        ("ASUS box", ("asus", "asustek")),
        ("somebody's iPad", ("apple",)),
        ("Canon/Epson thing", ()),
        ("shp", ()),
    ],
)
def test_one_maker_is_understood_and_two_are_none(phrase: str, makers: tuple[str, ...]) -> None:
    assert understand(phrase).makers == makers


@pytest.mark.parametrize(
    ("phrase", "system"),
    [
        ("Win10 laptop", ("windows", "10")),
        ("Windows XP machine", ("windows", "xp")),
        ("Windows machine", ("windows", "")),
        ("Android 12 tablet", ("android", "12")),
        ("iMac", ("macos", "")),
        ("Mac and Linux", ("", "")),
        ("host linux3", ("", "")),
    ],
)
def test_a_system_is_understood_with_its_release(phrase: str, system: tuple[str, str]) -> None:
    claim = understand(phrase)
    assert (claim.system, claim.release) == system


def test_what_stands_in_brackets_or_is_a_given_name_says_nothing() -> None:
    """People call their telephones all sorts of things."""
    assert understand("phone 'my printer' (was a camera)").kinds == {Kind.PHONE}


@pytest.mark.parametrize("phrase", ["switches", "two printers", "7 Acme devices", "PCs"])
def test_a_plural_speaks_of_several(phrase: str) -> None:
    assert understand(phrase).of_several


def test_two_kinds_in_one_phrase_are_none() -> None:
    assert understand("printer camera").kinds == set()


def test_a_claim_takes_from_another_only_what_it_lacks() -> None:
    claim = Claim(kinds=frozenset({Kind.PHONE}), system="android")
    more = Claim(kinds=frozenset({Kind.IOT}), makers=("acme",), system="android", release="9")
    assert claim.with_more(more) == Claim(
        kinds=frozenset({Kind.PHONE}), makers=("acme",), system="android", release="9"
    )
    assert claim.with_more(Claim(system="ios", release="9")).release == ""
