"""Images or records of patients cross the uplink in clear, or somebody outside asks for them."""

import pytest

from appliance.decisions import Standing
from appliance.detectors.patient_data_outside import Limits, PatientDataOutside
from appliance.facts import AddressClaim, DicomAssociated, Hl7Heard
from appliance.model import Ip, Mac, Severity
from tests.kit.check import alerts, inventory

STATION, ROUTER = Mac("02:00:00:00:00:21"), Mac("02:00:00:00:00:01")
INSIDE, OUTSIDE, OTHER = Ip("192.168.1.21"), Ip("93.184.216.34"), Ip("192.168.1.5")
ECHO, STORE = "1.2.840.10008.1.1", "1.2.840.10008.5.1.4.1.1.7"
PORTS = (40_000, 104)
DANGER, WARNING = Severity.DANGER, Severity.WARNING


def dicom(kind: str, caller: Ip, called: Ip, *syntaxes: str, agreed: bool = True):
    answer = kind != "requested"
    src, dst = (called, caller) if answer else (caller, called)
    sport, dport = reversed(PORTS) if answer else PORTS
    said = {"kind": kind, "syntaxes": syntaxes, "agreed": agreed and kind == "accepted"}
    mac = STATION if src == INSIDE else ROUTER
    return DicomAssociated(at=1, mac=mac, src=src, dst=dst, sport=sport, dport=dport, **said)


def hl7(src: Ip, dst: Ip, message: str = "ADT^A04"):
    back = message == "ACK"
    sport, dport = reversed(PORTS) if back else PORTS
    said = {"sender": "", "sender_site": "", "receiver": "", "receiver_site": "", "version": ""}
    mac = STATION if src == INSIDE else ROUTER
    where = {"mac": mac, "src": src, "dst": dst, "sport": sport, "dport": dport}
    return Hl7Heard(at=1, message=message, **where, **said)


def found(*told):
    here = AddressClaim(
        at=0, mac=STATION, sender=STATION, ip=INSIDE, to=Mac("ff:ff:ff:ff:ff:ff"), answer=False
    )
    made = alerts(PatientDataOutside(Limits()), here, *told, network=inventory(standing=Standing()))
    words = ("caller", "called", "what")
    return [(alert.severity, alert.about, *(alert.words[word] for word in words)) for alert in made]


def test_an_image_that_the_internet_accepts_is_a_danger():
    told = [dicom(kind, INSIDE, OUTSIDE, STORE) for kind in ("requested", "accepted")]
    assert found(*told) == [(DANGER, STATION, STATION, OUTSIDE, "DICOM A-ASSOCIATE-AC")]


@pytest.mark.parametrize(
    ("answer", "syntax", "what"),
    [
        (None, STORE, "DICOM A-ASSOCIATE-RQ"),
        ("rejected", STORE, "DICOM A-ASSOCIATE-RJ"),
        ("accepted", ECHO, "DICOM C-ECHO A-ASSOCIATE-AC"),
    ],
)
def test_what_is_only_tried_from_inside_is_a_warning(answer, syntax, what):
    """Nothing of a patient has gone yet."""
    told = [dicom(kind, INSIDE, OUTSIDE, syntax) for kind in ("requested", answer) if kind]
    assert found(*told) == [(WARNING, STATION, STATION, OUTSIDE, what)]


def test_an_association_for_nothing_that_both_can_do_is_a_warning():
    told = [dicom("requested", INSIDE, OUTSIDE, STORE)]
    told += [dicom("accepted", INSIDE, OUTSIDE, agreed=False)]
    assert [severity for severity, *_ in found(*told)] == [WARNING]


@pytest.mark.parametrize("syntax", [ECHO, STORE])
@pytest.mark.parametrize("answer", [None, "accepted", "rejected"])
def test_somebody_outside_who_calls_a_device_is_a_danger(syntax, answer):
    """Also when it only knocks, or is turned away."""
    told = [dicom(kind, OUTSIDE, INSIDE, syntax) for kind in ("requested", answer) if kind]
    ((severity, about, caller, called, _),) = found(*told)
    assert (severity, about, caller, called) == (DANGER, STATION, OUTSIDE, STATION)


def test_a_refusal_alone_may_be_chance():
    """Ten bytes."""
    assert found(dicom("rejected", INSIDE, OUTSIDE), dicom("rejected", OUTSIDE, INSIDE)) == []


def test_an_acceptance_whose_request_was_not_heard_counts():
    assert [severity for severity, *_ in found(dicom("accepted", INSIDE, OUTSIDE))] == [DANGER]


def test_a_record_sent_out_is_a_danger_and_one_alert_with_its_receipt():
    told = [hl7(INSIDE, OUTSIDE), hl7(OUTSIDE, INSIDE, "ACK")]
    assert found(*told) == [(DANGER, STATION, STATION, OUTSIDE, "HL7 ADT^A04")]


def test_a_receipt_alone_tells_of_a_record():
    assert found(hl7(OUTSIDE, INSIDE, "ACK")) == [(DANGER, STATION, STATION, OUTSIDE, "HL7 ACK")]


def test_a_record_that_comes_from_outside_is_a_danger():
    told = found(hl7(OUTSIDE, INSIDE, "ORU^R01"))
    assert told == [(DANGER, STATION, OUTSIDE, STATION, "HL7 ORU^R01")]


@pytest.mark.parametrize("other", [OTHER, Ip("224.0.0.251"), Ip("10.1.2.3"), Ip("fe80::1")])
def test_what_stays_among_private_addresses_is_left_alone(other):
    told = [dicom(kind, INSIDE, other, STORE) for kind in ("requested", "accepted")]
    assert found(*told, hl7(INSIDE, other)) == []


def test_two_hosts_of_the_internet_are_not_the_practices_business():
    assert found(hl7(OUTSIDE, Ip("93.184.216.35"))) == []
