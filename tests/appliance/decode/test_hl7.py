"""HL7 heads, against an encoder that takes them from names of fields."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from appliance.decode import hl7
from appliance.decode.envelope import Envelope
from appliance.facts import Hl7Heard
from appliance.model import Ip, Mac

DESK, DESK_IP, LAB_IP = Mac("02:00:00:00:00:0d"), Ip("192.0.2.13"), Ip("192.0.2.30")
ENVELOPE = Envelope(1.0, DESK, Mac("02:00:00:00:00:1e"), DESK_IP, LAB_IP, 50_000, 2575)

TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N")), max_size=20)
MARKS = "|^~\\&#!$%*+,-/:;<=>?@[]`{}'\"()"
SEPARATORS = st.permutations(MARKS).map(lambda marks: "".join(marks[:5]))
FAMILY_NAMES = st.text("abcdefghijklmnopqrstuvwxyzéèçï", min_size=3, max_size=12).map(str.title)
"""Long enough, and with their small letters unlike anything else that is sent here."""

ADMISSION = r"""MSH|^~\&|ACCUEIL|CABINET|RADIO|CABINET|20260105083000||ADT^A01^ADT_A01|7|P|2.5^FRA
EVN|A01|20260105083000
PID|1||4711^^^CABINET||Exemple^Alice^^^Mme||19800229|F|||1 rue Basse^^Ville^^00000
PV1|1|O|FAUTEUIL2"""
RESULT = r"""MSH|^~\&|LABO|PROTHESE|ACCUEIL|CABINET|202601050830||ORU^R01|12|T|2.3.1
PID|||42||Modele^Bob
OBX|1|NM|1^TEINTE||3"""
RECEIPT = r"""MSH|^~\&|RADIO|CABINET|ACCUEIL|CABINET|20260105083001||ACK|8|P|2.5
MSA|AA|7"""


def wrapped(text: str) -> bytes:
    return b"\x0b" + text.replace("\n", "\r").encode() + b"\r\x1c\r"


def head(fields: dict[int, str | Sequence[str]], marks: str = "|^~\\&", code: str = "utf-8") -> str:
    """An MSH segment from its *fields* by number; their components are escaped."""
    written = ["MSH", marks[1:]]  # the first separator is field 1
    for number in range(3, max(fields, default=2) + 1):
        parts = fields.get(number, "")
        parts = [parts] if isinstance(parts, str) else parts
        written.append(marks[1].join(escaped(part, marks) for part in parts))
    return marks[0].join(written)


def escaped(part: str, marks: str) -> str:
    names = dict(zip(marks, "FSRET", strict=False))
    return "".join(f"{marks[3]}{names[char]}{marks[3]}" if char in names else char for char in part)


def read(message: bytes) -> Hl7Heard:
    (fact,) = hl7.read(message, ENVELOPE)
    assert isinstance(fact, Hl7Heard)
    return fact


def heard(sender: str, site: str, receiver: str, at: str, message: str, version: str) -> Hl7Heard:
    return Hl7Heard(
        at=1.0,
        mac=DESK,
        src=DESK_IP,
        dst=LAB_IP,
        sport=50_000,
        dport=2575,
        sender=sender,
        sender_site=site,
        receiver=receiver,
        receiver_site=at,
        message=message,
        version=version,
    )


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        (ADMISSION, heard("ACCUEIL", "CABINET", "RADIO", "CABINET", "ADT^A01", "2.5")),
        (RESULT, heard("LABO", "PROTHESE", "ACCUEIL", "CABINET", "ORU^R01", "2.3.1")),
        (RECEIPT, heard("RADIO", "CABINET", "ACCUEIL", "CABINET", "ACK", "2.5")),
    ],
)
def test_messages_of_a_practice(message: str, fact: Hl7Heard):
    """An admission, a result of the laboratory, a receipt."""
    assert hl7.begins(wrapped(message))
    assert read(wrapped(message)) == fact


@given(TEXTS, TEXTS, TEXTS, TEXTS, SEPARATORS)
def test_a_head_with_separators_of_its_own(
    sender: str, site: str, receiver: str, at: str, marks: str
):
    """A message says which bytes they are; what is told has always the same spelling."""
    fields = {
        3: sender,
        4: (site, "1.2.3", "ISO"),
        5: receiver,
        6: at,
        9: ("ADT", "A01"),
        12: "2.5",
    }
    message = wrapped(head(fields, marks) + marks[0] + "more")
    assert read(message) == heard(sender, site or "1.2.3", receiver, at, "ADT^A01", "2.5")


@given(st.text(MARKS + "AB", min_size=1, max_size=12), SEPARATORS)
def test_separators_inside_a_name_are_escaped(name: str, marks: str):
    """And are themselves again when they are told."""
    assert read(wrapped(head({3: name, 9: "ACK"}, marks))).sender == name


@given(FAMILY_NAMES, FAMILY_NAMES, st.sampled_from(("utf-8", "latin-1")), st.sampled_from("\r\n"))
def test_no_name_of_a_patient_or_user_is_told(family: str, given_: str, code: str, end: str):
    """In no segment behind the first, and in no field of it that is not read."""
    fields = dict.fromkeys((7, 8, 10, 11, 13, 14, 18, 25), f"{family} {given_}")
    named = fields | {3: "ACCUEIL", 4: "CABINET", 9: ("ADT", "A01", family), 12: ("2.5", given_)}
    segments = [f"{kind}|1||7^^^{given_}||{family}^{given_}" for kind in ("EVN", "PID", "NK1")]
    message = end.join([head(named), *segments]).encode(code)
    sent = b"\x0b" + message + b"\x1c\r\x0b" + message
    assert read(sent) == heard("ACCUEIL", "CABINET", "", "", "ADT^A01", "2.5")
    assert list(hl7.read(message, ENVELOPE)) == list(hl7.read(sent[40:], ENVELOPE)) == []


@given(FAMILY_NAMES)
def test_what_is_neither_a_code_nor_a_version_is_left_out(name: str):
    """It could be a segment that begins where the first should have ended."""
    fact = read(wrapped(head({3: "A", 9: ("ADT", f"A01\x85PID {name}"), 12: name})))
    assert (fact.message, fact.version) == ("", "")


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x0b",
        b"\x0bMSH",
        b"\x0bMSH|",
        b"\x0bMSH|^~\\&",
        b"MSH|^~\\&|A|B\r",  # not wrapped
        b"\x0bMSHA^~\\&A",
        b"\x0bMSH||^~\\&|",
        b"\x0bMSH|^~\\&*%|A|B\r",
        b"\x0bMSH|abcd|A|B\r",
        b"\x0bPID|^~\\&|A|B\r",
        b"\x0cMSH|^~\\&|A|B\r",
        b"\x0bmsh|^~\\&|A|B\r",
    ],
)
def test_what_does_not_begin_like_a_head_is_passed_over(message: bytes):
    """Nothing is wrong with it."""
    assert not hl7.begins(message)
    assert list(hl7.read(message, ENVELOPE)) == []


@given(
    st.sampled_from((b"", b"\x0bMSH", b"\x0bMSH|^~\\&|", b"\x0bMSH|^|")), st.binary(max_size=300)
)
def test_no_bytes_make_it_raise(start: bytes, rest: bytes):
    """At most one fact, of bounded texts that print."""
    facts = list(hl7.read(start + rest, ENVELOPE))
    assert len(facts) == hl7.begins(start + rest)
    for fact in facts:
        texts = [value for value in asdict(fact).values() if isinstance(value, str)]
        assert all(value.isprintable() and len(value) <= 64 for value in texts)


def test_a_field_that_is_cut_is_left_out():
    """As far as the head goes in this segment."""
    message = wrapped(ADMISSION)
    whole = asdict(read(message))
    told = 0
    for size in range(len(message)):
        for fact in hl7.read(message[:size], ENVELOPE):
            values = asdict(fact)
            assert all(
                values[name] in ("", whole[name]) for name in whole if name != "at" or not told
            )
            told += 1
    assert told > 100


def test_fields_have_at_most_64_characters():
    """A longer one is not normal; of a head without end 2 KiB are read."""
    fact = read(wrapped(head({3: "A" * 65, 4: "\x01" * 64, 5: "B" * 64, 9: "ACK"})))
    assert (fact.sender, fact.sender_site, fact.receiver) == ("A" * 64, "\\001" * 16, "B" * 64)
    assert read(wrapped(head({3: "A" * 3000, 9: "ACK"}))).message == ""


def test_a_head_may_be_short():
    """With as few fields as its sender has to say something in."""
    assert read(b"\x0bMSH|^~\\&|\r") == heard("", "", "", "", "", "")
    assert read(b"\x0bMSH|^~\\&|A") == heard("", "", "", "", "", "")
    assert read(b"\x0bMSH|^~|A\\T\\B||||||\r").sender == "A\\T\\B"
    assert read(b"\x0bMSH|^~\\|A\\T\\B||||||\r").sender == "A\\T\\B"
