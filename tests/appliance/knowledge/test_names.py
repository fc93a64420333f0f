"""What names say of devices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.knowledge.hint import Source
from appliance.knowledge.names import LONGEST, descriptions, models, names


def kinds(name, where=Source.NAME):
    return {hint.kind.value for hint in names().hints(where, name)}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SRV-ROMEXIS", "acquisition_pc"),
        ("SRV-ROMEXIS", "server"),
        ("PC-RADIO", "acquisition_pc"),
        ("FAUTEUIL2", "workstation"),
        ("box 1", "workstation"),
        ("DESKTOP-4F7K2LM", "workstation"),
        ("iPad-de-l-accueil", "tablet"),
        ("BRW008092ABCDEF", "printer"),
        ("DiskStation", "nas"),
        ("livebox", "internet_box"),
        ("trios-4", "intraoral_scanner"),
    ],
)
def test_a_name_tells_a_kind(name, kind):
    """In upper or lower case."""
    assert kind in kinds(name)


@pytest.mark.parametrize(
    "name",
    [
        "meditation",  # not Medit
        "observer",  # not a server
        "kmartin",  # not a Kyocera
        "panoramix",  # not a panoramic
        "contact1",  # not a CT
        "iphone-julie",  # not Julie, the practice software
        "portable-de-julie",
        "resident",
        "boxer",
        "",
    ],
)
def test_a_word_inside_another_tells_nothing_of_it(name):
    """Names are hostile, or at least French."""
    assert kinds(name) <= {"phone"}


def test_software_names_no_maker_of_the_computer():
    """It runs on a computer that somebody else made."""
    assert {hint.maker for hint in names().hints(Source.NAME, "pc-sidexis")} == {""}
    assert {hint.maker for hint in names().hints(Source.NAME, "vatech-ezdent")} == {"Vatech", ""}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DCS-5222L", "camera"),
        ("DIR-868L", "internet_box"),
        ("DGS-1210-10P", "switch"),
        ("HS110(EU)", "iot"),
        ("TL-SG108E", "switch"),
        ("Archer C7", "internet_box"),
        ("IC-3116W", "camera"),
        ("wemo.Insight.221", "iot"),
        ("fritz.box", "internet_box"),
        ("axis-00408cabcdef", "camera"),
        ("Galaxy-S21", "phone"),
        ("Galaxy-Tab-A8", "tablet"),
        ("Annes-iPad", "tablet"),
        ("HP LaserJet M404", "printer"),
        ("DS218+", "nas"),
        ("MacBook-Pro-de-Paul", "workstation"),
        ("[TV]UE55", "television"),
        ("SEP001122334455", "phone"),
    ],
)
def test_a_model_tells_a_kind_wherever_it_stands(text, kind):
    """In the name of a host or service, or in a head."""
    assert {hint.kind.value for hint in models().hints(Source.SSDP, text)} == {kind}
    assert {hint.source_key for hint in models().hints(Source.SSDP, text)} == {Source.SSDP}


@pytest.mark.parametrize(
    "text", ["julie", "accueil-2", "L500", "marie-curie", "dchristine", "salle-2", "hlm", "archive"]
)
def test_an_ordinary_name_is_no_model(text):
    """However much it looks like one."""
    assert models().hints(Source.NAME, text) == ()


@pytest.mark.parametrize(("name", "kind"), [("pano", "panoramic"), ("pc-pano", "acquisition_pc")])
def test_a_panoramic_is_told_from_the_computer_beside_it(name, kind):
    """By habit one is called what it is, and the other a computer."""
    assert kind in {hint.kind.value for hint in names().hints(Source.NAME, name)}


def test_a_share_of_images_makes_a_server():
    """PDATA is what Sidexis shares; a host of that name is no server yet."""
    assert kinds("PDATA", Source.SHARE) == {"server"}
    assert kinds("PDATA") == set()


def test_what_a_share_is_for_tells_of_its_server():
    """By the keys that shares' names are put into; what Windows shares by itself tells nothing."""
    assert kinds("romexis", Source.SHARE) == kinds("domain", Source.SHARE) == {"server"}
    assert kinds("ipc", Source.SHARE) == kinds("other", Source.SHARE) == set()


def test_descriptions_are_found_where_they_stand():
    """The words of a banner say nothing in a head of HTTP."""
    (found,) = descriptions().hints(Source.BANNER, "SIP Yealink SIP-T46S")
    assert (found.kind, found.maker) == ("phone", "Yealink")
    assert descriptions().hints(Source.HTTP, "SIP Yealink SIP-T46S") == ()


def test_services_tell_too():
    """mDNS types and UPnP device types."""
    assert kinds("_ipp._tcp.local", Source.MDNS) == {"printer"}
    device = "urn:schemas-upnp-org:device:InternetGatewayDevice:1"
    assert kinds(device, Source.SSDP) == {"internet_box"}


def test_a_place_without_patterns_tells_nothing():
    """A port is no name."""
    assert names().hints(Source.PORT, "srv") == ()


@given(st.text(max_size=2 * LONGEST))
def test_any_name_may_be_asked(name):
    """Whatever the wire holds, only so much of it is looked at."""
    for where in (Source.NAME, Source.SHARE, Source.MDNS, Source.SSDP):
        assert names().hints(where, name) == names().hints(where, name[:LONGEST])
