"""Mixing numbers into well-spread ones, so that equality of mixes stands for equality."""

import secrets
from typing import Final

import numpy as np
from numpy.typing import NDArray

SEED: Final = np.uint64(secrets.randbits(64))
"""New for each process: nobody can prepare packets whose mixes are the same."""
_A: Final = np.uint64(0x9E3779B97F4A7C15)
_B: Final = np.uint64(0xBF58476D1CE4E5B9)
_C: Final = np.uint64(0x94D049BB133111EB)


def stir(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread each of *value* over all 64 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    value = value + SEED
    value ^= value >> np.uint64(30)
    value *= _B
    value ^= value >> np.uint64(27)
    value *= _C
    value ^= value >> np.uint64(31)
    return value


def mix(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix two columns into one; the order counts."""
    return stir(stir(left) * _A + right)
