"""How little a word looks like one."""

from random import Random
from string import ascii_lowercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.knowledge.letters import surprise

ODD = 6.0


@pytest.mark.parametrize(
    "word",
    [
        "chirurgien",
        "dentistes",
        "appointment",
        "mysmilelab",
        "mon-cabinet",
        "santeclair",
        "rdv2024",
    ],
)
def test_words_and_names_made_of_them_are_no_surprise(word):
    assert surprise(word) < ODD


@pytest.mark.parametrize("signs", [ascii_lowercase, ascii_lowercase + digits])
def test_signs_drawn_by_lot_mostly_are(signs):
    draw = Random(1)  # noqa: S311 - the same words in each run
    words = ["".join(draw.choices(signs, k=12)) for _ in range(1000)]
    assert sum(surprise(word) >= ODD for word in words) > 900


def test_a_number_behind_a_word_is_less_odd_than_digits_between_its_letters():
    assert surprise("cabinet2024") < surprise("c2ab0in2et4")


@given(st.text(max_size=255))
def test_any_word_has_a_surprise_within_bounds(word):
    """Whatever the wire holds."""
    assert 0 <= surprise(word) <= 30
