"""Codes of a telephone (RFC 6238), and those for recovery."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from web.access import codes
from web.setup import digest

SECRET = base64.b32encode(b"12345678901234567890").decode()

VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
"""RFC 6238 appendix B, the last six figures of those with SHA-1."""


@pytest.mark.parametrize(("at", "code"), VECTORS)
def test_the_codes_of_the_standard_are_right(at: int, code: str) -> None:
    assert codes.step_of(SECRET, code, at) == at // codes.STEP


def test_a_clock_that_is_half_a_minute_off_does_no_harm_and_more_does() -> None:
    at, code = VECTORS[1]
    for late in (-30, 0, 30):
        assert codes.step_of(SECRET, code, at + late) == at // 30
    for late in (-90, 90):
        assert codes.step_of(SECRET, code, at + late) is None


def test_a_box_that_was_just_switched_on_without_a_clock_says_no() -> None:
    assert codes.step_of(SECRET, "000000", 0.0) is None


@pytest.mark.parametrize("typed", ["", "28708", "2870821", "abcdef", "٢٨٧٠٨٢", "-28708"])
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert not codes.is_code(typed)


def test_the_address_says_whose_it_is_and_holds_the_secret() -> None:
    parts = urlsplit(codes.address(SECRET, "camille", "Cabinet: des Tilleuls"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query)["secret"] == [SECRET]
    assert "camille" in parts.path


def test_secrets_have_160_bits_and_are_never_the_same() -> None:
    made = {codes.fresh_secret() for _ in range(50)}
    assert len(made) == 50
    assert all(len(base64.b32decode(secret)) == 20 for secret in made)


def test_recovery_codes_are_found_however_they_are_typed() -> None:
    fresh = codes.fresh_codes()
    assert len(set(fresh)) == codes.RECOVERY
    kept = codes.kept(fresh)
    for code, hash_ in zip(fresh, kept, strict=True):
        assert digest(code.lower().replace("-", " ")) == hash_
        assert not codes.is_code("".join(code.split()))
