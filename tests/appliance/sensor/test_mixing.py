"""Mixes of numbers stand for the numbers."""

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from appliance.sensor.mixing import mix, stir

WORDS = st.integers(0, 2**64 - 1)
NEAR = st.one_of(st.integers(0, 40), st.integers(2**64 - 40, 2**64 - 1), WORDS)


def column(*values: int) -> np.ndarray:
    return np.array(values, np.uint64)


@given(st.lists(NEAR, min_size=1))
def test_stirred_numbers_are_equal_only_if_the_numbers_are(values: list[int]):
    assert len(set(stir(column(*values)).tolist())) == len(set(values))


@given(st.lists(st.tuples(NEAR, NEAR), min_size=1))
def test_mixes_are_equal_only_if_both_numbers_are(pairs: list[tuple[int, int]]):
    """The order counts: the two ends of a conversation are not each other."""
    left, right = zip(*pairs, strict=True)
    assert len(set(mix(column(*left), column(*right)).tolist())) == len(set(pairs))


def test_a_million_neighbours_do_not_collide():
    """As the addresses and ports of a large scan are."""
    many = np.arange(1_000_000, dtype=np.uint64)
    assert len(np.unique(mix(many >> np.uint64(10), many & np.uint64(1023)))) == len(many)


def test_every_bit_of_a_number_changes_half_the_bits_of_its_mix():
    """So that any part of a mix is as good as another."""
    bits = np.uint64(1) << np.arange(64, dtype=np.uint64)
    changed = stir(bits ^ np.uint64(12345)) ^ stir(column(12345))
    counts = [int(each).bit_count() for each in changed]
    assert 28 < sum(counts) / len(counts) < 36
    assert min(counts) > 8


def test_the_columns_are_left_as_they_were():
    """They are read again by others."""
    left, right = column(1, 2), column(3, 4)
    mix(left, right)
    stir(left)
    assert (left.tolist(), right.tolist()) == ([1, 2], [3, 4])


def test_another_process_mixes_otherwise():
    """So nobody can prepare packets that collide."""
    program = (
        "import numpy; from appliance.sensor.mixing import stir;"
        "print(stir(numpy.zeros(1, numpy.uint64))[0])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert int(said.stdout) != stir(column(0))[0]
