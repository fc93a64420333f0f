"""Patients who do not exist, each with a place where names of patients pass on a network.

Every place has a patient of its own: a name that is found somewhere tells where it leaked from. All
names begin alike, and like nothing else, so that gigabytes can be searched for all of them at once.
"""

from itertools import product

STEM = "Qwylverdu"
PLACES = (
    "a data set of DICOM",
    "a user identity of DICOM",
    "a patient segment of HL7",
    "a result of HL7",
    "a file name of SMB",
    "a new file name of SMB",
    "a share of SMB",
    "a file that is copied",
    "a user who logs on",
    "a path and a query of HTTP",
    "a cookie and a password of HTTP",
    "a form that is sent by HTTP",
    "an answer of HTTP",
    "a mail",
    "a download by FTP",
    "a mailbox",
    "a document that is printed",
    "a job of IPP",
    "a queue of LPD",
    "a screen that is taken over",
    "a directory",
    "a database",
    "a telephone call",
    "a message of MQTT",
    "a contact of SNMP",
    "a file of TFTP",
    "a log line",
    "a protocol that nobody knows",
    "an echo",
)
_ENDINGS = (
    "".join(parts)
    for parts in product(("ba", "ki", "mo", "tu", "zé", "rô"), ("l", "x"), ("ane", "ide", "ore"))
)
PATIENTS = {
    place: f"{STEM}{ending} {STEM}{ending[::-1]}"
    for place, ending in zip(PLACES, _ENDINGS, strict=False)
}
"""By place, a family name and a given name."""


def names() -> dict[str, str]:
    """Give each name with its place."""
    return {name: place for place, whole in PATIENTS.items() for name in whole.split()}
