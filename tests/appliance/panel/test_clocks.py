"""The clocks: one that people set, one that never steps."""

import time

from appliance.panel.clocks import Clocks


def test_the_usual_clocks_are_those_of_the_machine() -> None:
    assert (Clocks().now, Clocks().steady) == (time.time, time.monotonic)
