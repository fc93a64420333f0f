"""Services announced by mDNS."""

import pytest

from appliance.facts import NameAnswered, Record
from appliance.inventory.clues.dns_sd import read
from tests.kit.made import ALICE_IP, made, says, texts, votes

PTR, A = 12, 1


def heard(*records: Record, protocol: str = "mdns"):
    return list(read(made(NameAnswered, protocol=protocol, records=records)))


def offers(service: str, instance: str = "x") -> Record:
    return Record(f"{service}.local", PTR, f"{instance}.{service}.local", 60)


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        ("_ipp._tcp", "printer"),
        ("_printer._tcp", "printer"),
        ("_pdl-datastream._tcp", "printer"),
        ("_uscan._tcp", "printer"),
        ("_googlecast._tcp", "television"),
        ("_formlabs_formule._tcp", "printer_3d"),
    ],
)
def test_a_service_tells_a_kind(service, kind):
    """And is what was seen, without the name that somebody gave it."""
    clues = heard(offers(service, "chambre de marie"))
    assert votes(clues) == {kind}
    assert says(clues) == [("mdns", service)]


def test_a_model_in_the_name_of_a_service_tells_and_is_not_shown():
    """For others may have put their own names there."""
    clues = heard(offers("_http._tcp", "DCS-5030L\\032de\\032marie"))
    assert votes(clues) == {"camera"}
    assert says(clues) == [("mdns", "_http._tcp")]


def test_services_are_found_in_lists_and_behind_subtypes():
    """Both point to services."""
    assert votes(heard(Record("_services._dns-sd._udp.local", PTR, "_ipp._tcp.local", 60))) == {
        "printer"
    }
    assert votes(heard(offers("_universal._sub._ipp._tcp"))) == {"printer"}


def test_a_printer_says_its_maker_and_model():
    """In the texts of its service."""
    clues = heard(
        texts("x._ipp._tcp.local", "ty=Laser 5", "usb_MFG=Brother", "note=salle 2", "Color=T")
    )
    assert votes(clues, "model") == {"Laser 5"}
    assert votes(clues, "maker") == {"Brother"}
    assert ("mdns", "_ipp._tcp ty=Laser 5") in says(clues)
    assert not any("salle" in seen for _, seen in says(clues))


def test_a_computer_that_shares_a_printer_is_none():
    """CUPS adds keys that printers do not have."""
    record = texts("x._ipp._tcp.local", "ty=Laser 5", "printer-type=0x801046")
    assert heard(record, offers("_ipp._tcp")) == []


@pytest.mark.parametrize(
    ("service", "text", "kind", "system"),
    [
        ("_device-info._tcp", "model=MacBookPro18,3", "workstation", "macOS"),
        ("_airplay._tcp", "model=AppleTV6,2", "television", "tvOS"),
        ("_raop._tcp", "am=AudioAccessory5,1", "iot", ""),
        ("_device-info._tcp", "model=Xserve", "nas", ""),
        ("_hap._tcp", "ci=17", "camera", ""),
        ("_hap._tcp", "ci=7", "iot", ""),
    ],
)
def test_models_and_categories_tell_kinds(service, text, kind, system):
    """Apple's model identifiers, and HomeKit's categories."""
    clues = heard(texts(f"x.{service}.local", text))
    assert kind in votes(clues)
    assert votes(clues, "os") == ({system} if system else set())


def test_the_name_that_a_person_gave_a_device_is_not_kept():
    """``fn`` of Google Cast: "Salon de Marie"."""
    clues = heard(texts("x._googlecast._tcp.local", "fn=Salon de Marie", "md=Chromecast"))
    assert not any("Marie" in clue.says for clue in clues)
    assert votes(clues, "model") == {"Chromecast"}


def test_a_proxy_that_speaks_of_other_addresses_is_not_what_it_speaks_of():
    """Its own address among them makes the answer its own."""
    other = Record("x.local", A, "192.168.1.99", 60)
    own = Record("y.local", A, ALICE_IP, 60)
    assert heard(offers("_ipp._tcp"), other) == []
    assert votes(heard(offers("_ipp._tcp"), other, own)) == {"printer"}


def test_a_service_taken_back_says_nothing():
    """With a life of zero."""
    assert heard(Record("_ipp._tcp.local", PTR, "x._ipp._tcp.local", 0)) == []


def test_only_mdns_announces():
    """A name server may know services of others."""
    assert heard(offers("_ipp._tcp"), protocol="dns") == []
