"""Lines from the socket: a request, or malformed; never a traceback."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.countdown import Announcement
from appliance.panel.heartbeat import GATEWAYS, SHOUTS, to_json
from appliance.panel.lamp import Part
from appliance.panel.latch import Kind
from appliance.panel.request import LONGEST, Ask, Hush, Malformed, Stop, Try, Wanted, Wish, parse
from tests.kit.front_panel import beat, gateway

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
fields = st.sampled_from(
    [
        "do",
        "who",
        "why",
        "level",
        "seeing",
        "gateways",
        "lan_asks_at",
        "shouts",
        "detector",
        "alert",
    ]
)
dos = st.sampled_from(
    ["isolate", "reconnect", "status", "watch", "hush", "heartbeat", "stop", "announce", "lamp"]
)


def line(**request: object) -> bytes:
    return json.dumps(request).encode()


@pytest.mark.parametrize("kind", [Kind.ISOLATE, Kind.RECONNECT])
def test_a_wish_is_read_with_who_and_why(kind: Kind) -> None:
    wish = Wish(kind=kind, who="Alice", why="mail")
    assert parse(line(do=kind, who="Alice", why="mail")) == wish
    assert parse(line(do=kind)) == Wish(kind=kind, who="", why="")


def test_a_proof_test_is_asked_for_with_what_is_known_of_it() -> None:
    asked = parse(line(do="prooftest", who="Alice", learn=True, force=1, confirmed=True))
    assert asked == Wanted(who="Alice", learn=True, confirmed=True)
    for inner in ("test", "end_test"):
        with pytest.raises(Malformed):
            parse(line(do=inner))


def test_asking_once_and_asking_for_good_are_told_apart() -> None:
    assert parse(line(do="status")) == Ask(watch=False)
    assert parse(line(do="watch")) == Ask(watch=True)


def test_silence_is_asked_for_by_somebody() -> None:
    assert parse(line(do="hush", who="Alice")) == Hush(who="Alice")
    with pytest.raises(Malformed):
        parse(line(do="hush", who=7))


def test_a_colour_is_tried_by_its_name() -> None:
    assert parse(line(do="lamp", part="green")) == Try(Part.GREEN)
    for wrong in ({}, {"part": "amber"}, {"part": 7}):
        with pytest.raises(Malformed):
            parse(line(do="lamp", **wrong))


def test_the_longest_heartbeat_fits_in_a_line() -> None:
    """With as many gateways and alerts as there may be."""
    last = gateway(1_800_000_000.123456, ip="2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")
    most = beat(others=[last] * (GATEWAYS - 1), shouts=["f" * 16] * SHOUTS)
    assert parse(line(do="heartbeat", **to_json(most))) == most


def test_a_heartbeat_is_read_as_it_was_sent() -> None:
    assert parse(line(do="heartbeat", **to_json(beat()))) == beat()


def test_words_are_cut_and_made_harmless() -> None:
    """No line end forges a line of the journal, no escape sequence moves a cursor."""
    wish = parse(line(do="isolate", who="a" * 999, why="one\ntwo\x1b[2J\u202ethree\ud800 "))
    assert isinstance(wish, Wish)
    assert len(wish.who) == 64
    assert wish.why == "one two [2J three"


@pytest.mark.parametrize(
    "nonsense",
    [
        b"",
        b"isolate",
        b"[]",
        b"null",
        b"{}",
        b'{"do":"release"}',
        b'{"do":["isolate"]}',
        b'{"do":"isolate","who":3}',
        b'{"do":"heartbeat"}',
        b"[" * 4000,
        b"\xff\xff",
        line(do="isolate", why="x" * LONGEST),
    ],
)
def test_nonsense_is_malformed(nonsense: bytes) -> None:
    with pytest.raises(Malformed):
        parse(nonsense)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_request_or_malformed(data: bytes) -> None:
    with suppress(Malformed):
        parse(data)


@given(dos, st.dictionaries(fields, json_values))
def test_any_json_is_a_request_or_malformed(do: str, more: dict[str, object]) -> None:
    """And what is understood can be written in a journal."""
    with suppress(Malformed):
        found = parse(json.dumps({**more, "do": do}).encode())
        if isinstance(found, Wish):
            (found.who + found.why).encode()


def test_an_announcement_names_a_detector_and_an_alert_and_nothing_else() -> None:
    """Both are names of our own: nothing of the wire comes in by them."""
    asked = parse(line(do="announce", detector="ransomware", alert="00112233445566aa"))
    assert asked == Announcement(detector="ransomware", alert="00112233445566aa")
    for wrong in (
        {},
        {"detector": "ransomware"},
        {"detector": "Ransom <b>", "alert": "00112233445566aa"},
        {"detector": "ransomware", "alert": "x"},
        {"detector": 7, "alert": "00112233445566aa"},
    ):
        with pytest.raises(Malformed):
            parse(line(do="announce", **wrong))


def test_a_stop_is_somebodys() -> None:
    assert parse(line(do="stop", who="Alice")) == Stop("Alice")
