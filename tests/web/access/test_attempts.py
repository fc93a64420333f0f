"""Whoever guesses is slowed down, and nobody else."""

from hypothesis import given
from hypothesis import strategies as st

from web.access.attempts import FORGOTTEN, FREE, FREE_PER_ADDRESS, LONGEST, REMEMBERED, Attempts

HERE, THERE = "192.168.1.20", "192.168.1.66"


def fail(attempts: Attempts, times: int, address: str = THERE, now: float = 0.0) -> float:
    """Try *times* in a row, and give how long the next try would have to wait."""
    for _ in range(times):
        attempts.begin(address, "camille", now)
    return attempts.begin(address, "camille", now)


def test_the_first_tries_are_free() -> None:
    assert fail(Attempts(), FREE - 1) == 0


def test_then_each_try_waits_longer_than_the_last() -> None:
    attempts, now, waits = Attempts(), 0.0, []
    fail(attempts, FREE)
    for _ in range(6):
        waits.append(attempts.begin(THERE, "camille", now))
        now += waits[-1]
        attempts.begin(THERE, "camille", now)
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] <= LONGEST


def test_somebody_elses_guesses_do_not_lock_the_technician_out() -> None:
    """An attacker who tries a thousand times for her name does not hold her up (W15)."""
    attempts = Attempts()
    assert fail(attempts, 1000) > 0
    assert attempts.begin(HERE, "camille", 1.0) == 0


def test_changing_the_name_does_not_help_the_guesser() -> None:
    attempts = Attempts()
    for number in range(FREE_PER_ADDRESS):
        attempts.begin(THERE, f"name{number}", 0.0)
    assert attempts.begin(THERE, "yet another", 0.0) > 0


def test_signing_in_clears_the_row() -> None:
    attempts = Attempts()
    fail(attempts, FREE - 1)
    attempts.succeeded(THERE, "camille")
    assert fail(attempts, FREE - 1) == 0


def test_after_an_hour_of_quiet_all_is_forgotten() -> None:
    attempts = Attempts()
    fail(attempts, 50)
    assert fail(attempts, FREE - 1, now=FORGOTTEN + 1) == 0


def test_a_refused_try_does_not_lengthen_the_wait() -> None:
    attempts = Attempts()
    first = fail(attempts, FREE)
    assert fail(attempts, 100) == first


def test_a_clock_that_steps_back_locks_nobody_out_for_ever() -> None:
    attempts = Attempts()
    fail(attempts, FREE, now=1_000_000.0)
    assert attempts.begin(THERE, "camille", 0.0) <= LONGEST


@given(st.lists(st.tuples(st.ip_addresses(v=4).map(str), st.text(max_size=5)), max_size=50))
def test_its_memory_has_a_maximum(tries: list[tuple[str, str]]) -> None:
    attempts = Attempts()
    for number in range(REMEMBERED):
        attempts.begin(f"10.0.{number // 250}.{number % 250}", "x", 0.0)
    for address, account in tries:
        attempts.begin(address, account, 1.0)
    assert len(attempts) <= REMEMBERED
