"""Which segments of file sharing are worth reading."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Frame
from appliance.sensor import headers, shares
from appliance.sensor.meter import Meter
from appliance.sensor.picker import PER_SECOND, SEGMENTS
from appliance.sensor.shares import BULK, NAMES, UNKNOWN
from tests.kit import files, wire
from tests.kit.capture import block, metered
from tests.kit.talk import ALICE, ALICE_IP, BOB, BOB_IP

OPENS, CLOSES = files.session(files.opens("a.txt")), files.session(files.closes())
WRITES = files.session(files.writes(bytes(3000)))
ECHO = files.session(bytes(files.head(13)) + bytes(4))
OLD = b"\0\0\0\x40\xffSMB\x07" + bytes(60)


def segments(*payloads: bytes, start: int = 1000, at: float = 1.0, port: int = 445) -> list[Frame]:
    """Give the segments of one side, one after the other."""
    made, number = [], start
    for place, payload in enumerate(payloads):
        made.append(
            wire.tcp(
                *(at + place / 1e6, ALICE, ALICE_IP, BOB_IP, 50_000, port, payload),
                seq=number % 2**32,
                to=BOB,
            )
        )
        number += len(payload)
    return made


def cut(stream: bytes, *places: int) -> list[bytes]:
    return [stream[low:high] for low, high in pairwise([0, *places, len(stream)])]


def kinds(frames: list[Frame], due: int = UNKNOWN) -> tuple[list[int], int]:
    many = block(frames)
    sides = shares.Sides(np.arange(len(frames)), np.array([0]), np.array([due]))
    found, after = shares.heads(many.buffer, headers.read(many), sides)
    return found.tolist(), int(after[0])


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (OPENS, NAMES),
        (files.session(files.opened(1)), NAMES),
        (files.session(files.renames("b")), NAMES),
        (CLOSES, NAMES),
        (WRITES[:1400], BULK),
        (files.session(files.reads()), BULK),
        (files.session(files.read(bytes(99))), BULK),
        (OLD, NAMES),
        (ECHO, 0),
        (files.session(bytes(files.head(9, answer=True)) + bytes(16)), 0),
        (b"GET / HTTP/1.1\r\nHost: nas\r\n\r\n", 0),
        (OPENS[:20], 0),
    ],
)
def test_a_message_at_the_beginning_of_a_segment(payload: bytes, kind: int):
    """By its command; answers only where they say something."""
    assert kinds(segments(payload))[0] == [kind]


def test_what_goes_on_is_left():
    assert kinds(segments(*cut(WRITES, 1000, 2000), CLOSES))[0] == [BULK, 0, 0, NAMES]


def test_a_message_inside_a_segment_is_found_by_the_length_of_the_one_before():
    """Also of the one behind that, and where numbers start over."""
    stream = WRITES + OPENS + WRITES + OLD
    parts = cut(stream, 1460, 2920, 4380, 5840)
    expected = [BULK, 0, NAMES, 0, NAMES]
    assert kinds(segments(*parts))[0] == expected
    assert kinds(segments(*parts, start=2**32 - 2000))[0] == expected


def test_what_is_lost_on_the_way_is_made_up_for_by_the_next_beginning():
    """The segment in which a message was due did not pass here."""
    first, _, third, *rest = segments(*cut(WRITES + OPENS, 1460, 2920), CLOSES)
    assert kinds([first, third])[0] == [BULK, NAMES]
    assert kinds([first, *rest])[0] == [BULK, NAMES]


def test_a_head_that_is_cut_is_missed_and_the_next_one_is_not():
    """Its length is here, its command is not."""
    stream = WRITES + OPENS + OLD
    parts = cut(stream, len(WRITES) + 8)
    assert kinds(segments(*parts))[0] == [BULK, NAMES]
    assert kinds(segments(*cut(WRITES + OPENS, len(WRITES) + 8)))[0] == [BULK, 0]


@given(st.lists(st.integers(1, 8000), max_size=12), st.lists(st.integers(0, 12), max_size=4))
def test_the_same_messages_are_found_for_any_batch_size(places, batches):
    stream = (WRITES + OPENS + ECHO + OLD) * 2 + CLOSES
    frames = segments(*(it for it in cut(stream, *sorted({p % len(stream) for p in places})) if it))
    whole, after = kinds(frames)
    found, due = [], UNKNOWN
    for low, high in pairwise([0, *sorted(it % (len(frames) + 1) for it in batches), len(frames)]):
        if frames[low:high]:
            part, due = kinds(frames[low:high], due)
            found += part
    assert (found, due) == (whole, after)


@given(st.binary(max_size=300), st.integers(0, 300))
def test_no_bytes_make_it_raise(payload: bytes, ahead: int):
    made = segments(payload or b"x")
    kinds(made, due=1000 + ahead)
    kinds([Frame(1.0, made[0].data[: 60 + ahead])], due=1000 + ahead)


def test_heads_are_read_wherever_in_a_conversation_they_come():
    """Long after the first segments, and on no other port."""
    many = [b"x"] * (2 * SEGMENTS)
    for port, expected in ((445, [OPENS]), (139, [OPENS]), (4450, [])):
        heard = metered(segments(*many, OPENS, *many, port=port), [5, 30])
        assert [it.data[-len(OPENS) :] for it in heard if isinstance(it, Frame)] == expected


def test_no_flood_of_one_kind_hides_the_other():
    """And what is too much is counted."""
    meter = Meter()
    filler, bulk = [b"x"] * SEGMENTS, [files.session(files.reads())] * (PER_SECOND + 50)
    heard = meter.feed(block(segments(*filler, *bulk, OPENS))) + meter.finish()
    frames = [it for it in heard if isinstance(it, Frame)]
    assert len(frames) == PER_SECOND + 1
    assert frames[-1].data.endswith(OPENS)
    assert meter.counters.dropped == {"frames": 50}
