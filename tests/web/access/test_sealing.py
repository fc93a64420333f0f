"""Secrets at rest."""

import pytest

from web.access.sealing import seal, unseal

KEY = b"k" * 32


def test_what_was_sealed_is_read_again() -> None:
    assert unseal(KEY, "camille", seal(KEY, "camille", "SECRET")) == "SECRET"


def test_the_same_secret_never_looks_the_same_and_is_not_in_it() -> None:
    first, second = (seal(KEY, "camille", "SECRET") for _ in range(2))
    assert first != second
    assert "SECRET" not in first


def test_nobody_is_given_the_secret_of_somebody_else() -> None:
    assert unseal(KEY, "accueil", seal(KEY, "camille", "SECRET")) is None


def test_another_key_opens_nothing() -> None:
    assert unseal(b"x" * 32, "camille", seal(KEY, "camille", "SECRET")) is None


@pytest.mark.parametrize("garbage", ["", "x", "AAAA", "é", "A" * 100, "=" * 8])
def test_garbage_opens_nothing(garbage: str) -> None:
    assert unseal(KEY, "camille", garbage) is None
