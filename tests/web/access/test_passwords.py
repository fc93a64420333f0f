"""Pass-phrases at rest."""

import pytest

from web.access import passwords
from web.access.passwords import BusyError


def test_a_pass_phrase_is_found_again_and_another_is_not() -> None:
    kept = passwords.hashed("trois petits chats gris")
    assert kept.startswith("$argon2id$")
    assert "chats" not in kept
    assert passwords.matches(kept, "trois petits chats gris")
    assert not passwords.matches(kept, "trois petits chats noirs")


def test_an_account_that_does_not_exist_matches_nothing() -> None:
    """Not even the phrase of the hash that is computed in its place."""
    assert not passwords.matches(None, "anything at all")
    assert not passwords.matches(None, "nobody has this one")


@pytest.mark.parametrize("kept", ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$bad$bad"])
def test_a_damaged_hash_matches_nothing(kept: str) -> None:
    assert not passwords.matches(kept, "anything at all")


def test_it_takes_at_most_32_mebibytes() -> None:
    assert "m=19456,t=2,p=1" in passwords.hashed("trois petits chats gris")


def test_pass_phrases_have_a_length() -> None:
    assert not passwords.acceptable("onze signes")
    assert passwords.acceptable("douze signes")
    assert not passwords.acceptable("x" * 257)


def test_no_more_than_two_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood of sign-ins takes neither the memory nor both cores for ever (W14)."""
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    for _ in range(passwords.AT_ONCE):
        assert passwords._turn.acquire(blocking=False)
    try:
        with pytest.raises(BusyError):
            passwords.matches(None, "anything at all")
    finally:
        for _ in range(passwords.AT_ONCE):
            passwords._turn.release()
    assert not passwords.matches(None, "anything at all")
