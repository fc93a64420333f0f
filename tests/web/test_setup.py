"""The set-up code."""

from hypothesis import given
from hypothesis import strategies as st

from tests.kit.site import Site
from web.setup import KEPT, VALID, digest, offer


def test_each_start_makes_a_new_code_and_ends_the_old(fresh: Site) -> None:
    first, second = (
        offer(fresh.office, fresh.clock, fresh.state),
        offer(fresh.office, fresh.clock, fresh.state),
    )
    assert first
    assert second
    assert first != second
    assert not fresh.office.use_setup(digest(first))
    assert fresh.office.use_setup(digest(second))
    assert not fresh.office.use_setup(digest(second))


def test_there_is_no_code_once_there_are_accounts(opened: Site) -> None:
    assert offer(opened.office, opened.clock, opened.state) is None


def test_a_code_holds_fifty_bits_and_can_be_typed(fresh: Site) -> None:
    code = offer(fresh.office, fresh.clock, fresh.state)
    assert code is not None
    assert len(code.replace("-", "")) == 10
    assert not set(code) & set("018")


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=10, max_size=10))
def test_a_code_is_read_however_it_is_typed(letters: str) -> None:
    typed = f" {letters[:5].lower()} - {letters[5:].replace('O', '0').replace('I', '1')} "
    assert digest(typed) == digest(letters)


def test_the_code_that_came_with_the_card_is_good_until_it_is_used(fresh: Site) -> None:
    """Though the clock of the box was years behind when it was offered."""
    (fresh.state / KEPT).write_text("ABCDE-FGHIJ\n", "ascii")
    assert offer(fresh.office, fresh.clock, fresh.state) == "ABCDE-FGHIJ"
    fresh.clock.at += 1000 * VALID
    assert fresh.office.use_setup(digest("ABCDE-FGHIJ"))


def test_the_file_of_a_code_goes_once_there_are_accounts(opened: Site) -> None:
    (opened.state / KEPT).write_text("ABCDE-FGHIJ", "ascii")
    assert offer(opened.office, opened.clock, opened.state) is None
    assert not (opened.state / KEPT).exists()


def test_a_file_that_holds_no_code_is_as_good_as_none(fresh: Site) -> None:
    (fresh.state / KEPT).write_bytes(b"\xff\xfe")
    code = offer(fresh.office, fresh.clock, fresh.state)
    assert code
    assert fresh.office.use_setup(digest(code))
