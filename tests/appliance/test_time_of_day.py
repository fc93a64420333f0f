"""The time of day that people are told."""

import subprocess
import sys
from datetime import datetime

import pytest

from appliance.time_of_day import tell

NOON = 1_793_620_800.0
"""In Greenwich, on the second of November 2026."""

HOUR_OF_IT = f"import time; print(time.localtime({NOON}).tm_hour)"


@pytest.mark.parametrize(("zone", "hour"), [("UTC", 12), ("Europe/Paris", 13), ("Asia/Tokyo", 21)])
def test_this_process_and_those_it_starts_tell_the_time_of_a_zone(zone: str, hour: int) -> None:
    tell(zone)
    assert datetime.fromtimestamp(NOON).astimezone().hour == hour
    told = subprocess.check_output([sys.executable, "-c", HOUR_OF_IT], text=True)
    assert int(told) == hour
