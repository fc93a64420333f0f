"""How old a device is, and whether it is worth replacing."""

from datetime import date

import pytest

from appliance.config import Renewal
from appliance.renewal import age

TODAY = date(2026, 9, 21)
LIMITS = Renewal()


@pytest.mark.parametrize(
    ("bought", "counted"),
    [
        ("2026-09-21", ("months", 0)),
        ("2026-08-22", ("months", 0)),
        ("2026-08-21", ("months", 1)),
        ("2025-09-22", ("months", 11)),
        ("2025-09-21", ("years", 1)),
        ("2014-06-02", ("years", 12)),
        ("2030-01-01", ("months", 0)),
    ],
)
def test_an_age_is_in_whole_months_then_years(bought: str, counted: tuple[str, int]) -> None:
    found = age(bought, "printer", LIMITS, TODAY)
    assert found is not None
    assert (found.counted, found.due) == (counted, "")


@pytest.mark.parametrize("bought", ["", "soon", "2021-13-01", "0"])
def test_without_a_day_there_is_no_age(bought: str) -> None:
    assert age(bought, "workstation", LIMITS, TODAY) is None


@pytest.mark.parametrize("kind", ["workstation", "acquisition_pc", "server", "nas"])
def test_computers_and_servers_are_due_after_five_years_and_announced_after_three(
    kind: str,
) -> None:
    def due(bought: str) -> str:
        found = age(bought, kind, LIMITS, TODAY)
        assert found is not None
        return found.due

    assert due("2023-09-22") == ""
    assert due("2023-09-21") == "soon"
    assert due("2021-09-22") == "soon"
    assert due("2021-09-21") == "due"


def test_an_installer_may_change_the_years() -> None:
    strict = Renewal(hint_years=1, workstation_years=2, server_years=8)
    found = age("2024-01-01", "workstation", strict, TODAY)
    server = age("2019-01-01", "server", strict, TODAY)
    assert found is not None
    assert server is not None
    assert (found.due, server.due) == ("due", "soon")
