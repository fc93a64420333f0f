"""What is told of the network: what is sent arrives, and nothing else is taken for it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.question import LENGTH, TEXTS, Told, from_json, to_json
from appliance.panel.request import LONGEST, parse
from appliance.panel.signs import Asked, Round

texts = st.lists(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=LENGTH),
    max_size=TEXTS,
).map(tuple)
rounds = st.builds(Round, asked=texts, answered=texts, controls=texts, sound=st.booleans())
told = st.builds(
    Told,
    near=st.booleans(),
    far=st.booleans(),
    number=st.none() | st.integers(0, (1 << 53) - 1),
    round=st.none() | rounds,
    asked=st.none() | st.builds(Asked, answered=texts, sent=texts),
)
ROUND = Round(asked=("192.168.1.1",))


@given(told)
def test_what_is_sent_arrives(sent: Told) -> None:
    assert from_json(json.loads(json.dumps(to_json(sent)))) == sent


def test_the_fullest_word_is_a_request_that_is_read() -> None:
    many = ("x" * 999,) * 99
    full = Told(
        near=True,
        far=True,
        number=(1 << 53) - 1,
        round=Round(asked=many, answered=many, controls=many),
        asked=Asked(answered=many, sent=many),
    )
    line = json.dumps({"do": "probe", **to_json(full)}).encode()
    assert len(line) < LONGEST
    found = parse(line)
    assert isinstance(found, Told)
    assert found.round == Round(**dict.fromkeys(("asked", "answered", "controls"), _cut(many)))  # type: ignore[arg-type] # sound is left


def _cut(many: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text[:LENGTH] for text in many[:TEXTS])


def wrong(**changed: Any) -> dict[str, Any]:
    return {**to_json(Told(near=True, far=True, number=1, round=ROUND)), **changed}


def wrong_round(**changed: Any) -> dict[str, Any]:
    return wrong(round={**wrong()["round"], **changed})


@pytest.mark.parametrize(
    "given_",
    [
        {},
        wrong(near=1),
        wrong(far=None),
        wrong(number=-1),
        wrong(number=True),
        wrong(number=1.0),
        wrong(number=1 << 53),
        wrong(number="1"),
        wrong(round=[]),
        wrong(round={}),
        wrong(round="silence"),
        wrong(asked={"sent": []}),
        wrong_round(sound="yes"),
        wrong_round(asked=None),
        wrong_round(asked="192.168.1.1"),
        wrong_round(asked=[1]),
        wrong_round(asked=[""]),
        wrong_round(asked=["x" * (LENGTH + 1)]),
        wrong_round(answered=["<b>\n"]),
        wrong_round(answered=["\u202e"]),
        wrong_round(controls=["192.168.1.1"] * (TEXTS + 1)),
    ],
)
def test_anything_else_is_refused(given_: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the one error for all of them
        from_json(given_)
