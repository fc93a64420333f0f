"""DICOM associations, against scapy's."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from appliance.decode import dicom
from appliance.decode.dicom_items import MOST_SYNTAXES
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.facts import DicomAssociated
from appliance.model import Ip, Mac
from tests.kit.associations import (
    ECHO,
    IMAGES,
    RELEASE,
    SOFTWARE,
    accepted,
    context,
    data,
    rejected,
    requested,
    saying,
)

SENSOR, SENSOR_IP, ARCHIVE_IP = Mac("02:00:00:00:00:0c"), Ip("192.0.2.12"), Ip("192.0.2.20")
ENVELOPE = Envelope(1.0, SENSOR, Mac("02:00:00:00:00:14"), SENSOR_IP, ARCHIVE_IP, 50_000, 104)

TITLES = st.text("ABCXYZ019_-. ", max_size=16).map(str.strip).filter(bool)
UIDS = st.lists(st.integers(0, 99_999), min_size=2, max_size=9).map(
    lambda it: ".".join(map(str, it))
)
FAMILY_NAMES = st.text("abcdefghijklmnopqrstuvwxyzéèçï", min_size=3, max_size=12).map(str.title)
"""Long enough, and with their small letters unlike anything else that is sent here."""

REJECTIONS = [(1, 1), (1, 2), (1, 3), (1, 7), (2, 1), (2, 2), (3, 1), (3, 2)]


def read(message: bytes) -> DicomAssociated:
    (fact,) = dicom.read(message, ENVELOPE)
    assert isinstance(fact, DicomAssociated)
    return fact


def understood(message: bytes) -> tuple[list[DicomAssociated], bool]:
    """Give the facts in *message*, and whether it is malformed."""
    facts = []
    try:
        for fact in dicom.read(message, ENVELOPE):
            facts.append(fact)  # noqa: PERF402 - what came before a malformed spot is kept
    except Malformed:
        return facts, True
    return facts, False


def strings(*facts: object) -> Iterator[str]:
    """Give every text in *facts*."""
    for value in facts:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple | list):
            yield from strings(*value)
        elif isinstance(value, DicomAssociated):
            yield from strings(*astuple(value))


def said(kind: str, **more: object) -> DicomAssociated:
    return DicomAssociated(
        at=1.0,
        mac=SENSOR,
        src=SENSOR_IP,
        dst=ARCHIVE_IP,
        sport=50_000,
        dport=104,
        kind=kind,
        **more,
    )


@given(TITLES, TITLES, st.lists(UIDS, min_size=1, max_size=8, unique=True), UIDS)
def test_a_request(called: str, calling: str, syntaxes: list[str], software: str):
    """Who calls whom, for what, and with what software."""
    message = requested(syntaxes, called=called, calling=calling, software=software)
    assert dicom.begins(message)
    assert read(message) == said(
        "requested",
        called=called,
        calling=calling,
        implementation=software,
        implementation_name=RELEASE,
        syntaxes=tuple(syntaxes),
    )


@given(TITLES, TITLES, st.lists(st.integers(0, 4), min_size=1, max_size=8), UIDS)
def test_an_acceptance(called: str, calling: str, results: list[int], software: str):
    """The software of the side that was called, and whether there is anything both can do."""
    message = accepted(results, called=called, calling=calling, software=software)
    assert dicom.begins(message)
    assert read(message) == said(
        "accepted",
        called=called,
        calling=calling,
        implementation=software,
        implementation_name=RELEASE,
        agreed=0 in results,
    )


@pytest.mark.parametrize("result", [1, 2])
@pytest.mark.parametrize(("source", "reason"), REJECTIONS)
def test_a_rejection(result: int, source: int, reason: int):
    """It names nobody; for any reason that PS3.8 knows."""
    message = rejected(result, source, reason)
    assert dicom.begins(message)
    assert read(message) == said("rejected")


@given(FAMILY_NAMES, FAMILY_NAMES, st.sampled_from(("utf-8", "latin-1")), st.booleans())
def test_no_name_of_a_patient_or_user_is_told(family: str, given_: str, code: str, follows: bool):
    """Whether data follow in the same segment or in one of their own, or items misuse theirs."""
    name = f"{family}^{given_}".encode(code)
    opened = requested([IMAGES], *saying(name)), accepted([0])
    sent = [opening + data(name) * follows for opening in opened] + [data(name), name]
    facts = [fact for message in sent for fact in dicom.read(message, ENVELOPE)]
    assert len(facts) == 2
    for value in strings(*facts):
        assert family not in value
        assert given_ not in value
    assert [*strings(facts[0])][-1] == IMAGES


@pytest.mark.parametrize("number", [4, 5, 6, 7])
def test_other_pdus_are_not_told_from_other_bytes(number: int):
    """Data, release and abort."""
    message = requested([IMAGES])
    other = bytes((number,)) + message[1:]
    assert not dicom.begins(other)
    assert list(dicom.read(other, ENVELOPE)) == []
    assert not dicom.begins(data(b"Alice"))


@pytest.mark.parametrize(
    ("at", "byte"),
    [
        (0, 0),
        (1, 1),
        (2, 1),
        (3, 4),
        (5, 60),
        (7, 2),
        (8, 1),
        (9, 1),
        (10, 9),
        (41, 127),
        (74, 0x30),
    ],
)
def test_bytes_that_no_association_begins_with(at: int, byte: int):
    """Type, reserved bytes, lengths beyond reason, version, titles, and the first item."""
    message = bytearray(requested([]))
    assert dicom.begins(bytes(message))
    message[at] = byte
    assert not dicom.begins(bytes(message))


@pytest.mark.parametrize(
    "message",
    [
        bytes.fromhex("03000000000400010108"),  # a reason that is reserved
        bytes.fromhex("03000000000400030101"),
        bytes.fromhex("0300000000040001010100"),  # more than a rejection
        bytes.fromhex("030000000004000101"),
        bytes.fromhex("0300001f1ae00000000000"),  # ISO transport, as remote desktops begin
        bytes.fromhex("000100000006010300000001"),  # Modbus
        bytes(200),
        b"\1" + bytes(200),
        b"\2" + bytes(200),
        b"",
    ],
)
def test_neighbours_that_begin_alike(message: bytes):
    """They are no DICOM."""
    assert not dicom.begins(message)
    assert list(dicom.read(message, ENVELOPE)) == []


STARTS = st.sampled_from((b"", b"\1\0\0\0", b"\2\0\0\0", b"\3\0\0\0\0\4\0"))


@given(STARTS, st.binary(max_size=300))
def test_random_bytes_do_not_begin_an_association(start: bytes, rest: bytes):
    """Of three bytes made up for a rejection one in 1,000,000 is right."""
    message = start + rest
    if dicom.begins(message):
        assert len(message) == 10
    assert len(list(dicom.read(message, ENVELOPE))) == dicom.begins(message)


LONG = requested([f"1.2.840.10008.5.1.4.1.1.9.{number}" for number in range(60)] * 2)
"""As long as the requests of programs that offer all they know."""


@given(st.integers(0, len(LONG) - 1))
def test_of_a_request_that_is_cut_what_is_there_is_told(size: int):
    """Nothing else: a UID that is cut is none."""
    whole = read(LONG)
    for fact in dicom.read(LONG[:size], ENVELOPE):
        assert isinstance(fact, DicomAssociated)
        assert (fact.called, fact.calling) == (whole.called, whole.calling)
        assert fact.syntaxes == whole.syntaxes[: len(fact.syntaxes)]
        assert fact.implementation in ("", SOFTWARE)
        assert fact.implementation_name in ("", RELEASE)


def test_a_long_request_is_put_together_from_its_segments():
    """The first promises how many bytes there are; the software is named in the last."""
    assert dicom.size_of(LONG) == len(LONG) > 5 * 1460
    parts = [LONG[at : at + 1460] for at in range(0, len(LONG), 1460)]
    assert len(parts) <= 8
    assert read(parts[0]).implementation == ""
    assert len(read(parts[0]).syntaxes) > 10
    grown = b""
    for part in parts:
        assert not dicom.is_complete(grown)
        grown += part
    assert dicom.is_complete(grown)
    assert read(grown).implementation == SOFTWARE
    assert not any(dicom.begins(part) for part in parts[1:])


def test_a_size_that_is_promised_and_not_kept_is_waited_for_only_so_far():
    """More than 16 KiB are neither waited for nor read."""
    promised = LONG[:2] + (200_000).to_bytes(4) + LONG[6:]
    assert dicom.begins(promised)
    assert dicom.size_of(promised) == 200_006
    assert not dicom.is_complete(promised)
    assert dicom.is_complete(promised.ljust(dicom.LONGEST, b"\0"))
    assert read(promised.ljust(20_000, b"\0")).implementation == SOFTWARE


def test_a_hundred_syntaxes_are_bounded():
    """The first 64 are told, each once."""
    many = [f"1.2.{number}" for number in range(100)]
    message = requested([], *(context(1, uid) for uid in many for _ in range(2)))
    assert read(message).syntaxes == tuple(many[:MOST_SYNTAXES])


@pytest.mark.parametrize("message", [requested([IMAGES]), accepted([0])])
def test_what_came_before_a_malformed_spot_is_told(message: bytes):
    """Its items claim more than it has; only the last is lost."""
    shorter = message[:2] + (len(message) - 6 - 4).to_bytes(4) + message[6:]
    facts, malformed = understood(shorter)
    (fact,) = facts
    assert malformed
    assert (fact.implementation, fact.implementation_name) == (SOFTWARE, "")


@given(st.sampled_from((LONG[:1500], requested([IMAGES, ECHO]), accepted([3, 0]))), st.data())
def test_no_changed_byte_makes_it_raise_anything_else(message: bytes, drawn: st.DataObject):
    """Any few bytes overwritten: at most one fact, of bounded texts, malformed or not."""
    changed = bytearray(message)
    places = st.dictionaries(st.integers(0, len(changed) - 1), st.integers(0, 255), max_size=8)
    for at, byte in drawn.draw(places).items():
        changed[at] = byte
    facts, malformed = understood(bytes(changed))
    assert len(facts) == dicom.begins(bytes(changed)) >= malformed
    assert all(value.isprintable() and len(value) <= 64 for value in strings(*facts))


@pytest.mark.parametrize(
    ("title", "spelt"),
    [
        (b"PANO1\0\0\0\0\0\0\0\0\0\0\0", "PANO1"),
        (b"  PANO 1        ", "PANO 1"),
        (b"PANO1\0\xff\xff".ljust(16), "PANO1\\000\ufffd\ufffd"),
        ("\u202eÉTAGE".encode().ljust(16), "\\226\\128\\174ÉTAGE"),
        (b" " * 16, ""),
    ],
)
def test_odd_titles_are_spelt_harmlessly(title: bytes, spelt: str):
    """Filled up with spaces or zeros, or in letters that titles must not have."""
    message = requested([IMAGES])
    assert read(message[:26] + title + message[42:]).calling == spelt
