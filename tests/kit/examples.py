"""How many examples a property is tried with, where the profile's own number does not fit it."""

from hypothesis import settings

USUAL = 50
"""Examples of the profile ``usual``."""


def usually(count: int) -> int:
    """Give *count*, or as many times more as the profile in force tries more than the usual one."""
    return max(1, count * settings().max_examples // USUAL)
