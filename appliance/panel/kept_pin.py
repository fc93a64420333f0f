"""A pin of gpiozero on lgpio that leaves its line as it is until it is told what to be.

gpiozero's own makes every line an input as soon as it hears of it, and an output low before it gets
the level asked for. A relay that is driven would be let go of for those moments, whenever the panel
starts.

Source: gpiozero 2.0.1, gpiozero/pins/lgpio.py; seen in `tests/appliance/panel/test_simulated_pins`.
"""

from contextlib import suppress
from typing import Any

import lgpio
from gpiozero.pins.lgpio import LGPIOPin


class KeptPin(LGPIOPin):  # type: ignore[misc] # gpiozero has no types
    """See the text of the module."""

    def __init__(self, factory: Any, info: Any) -> None:
        """Touch no line: what is left out of the class above is that, and nothing else."""
        super(LGPIOPin, self).__init__(factory, info)
        self._pwm = self._bounce = self._callback = None
        self._edges = lgpio.BOTH_EDGES

    def output_with_state(self, state: Any) -> None:
        """Make it an output at the level *state*, in one step."""
        handle = self.factory._handle  # noqa: SLF001 - as in the class above
        lgpio.gpio_claim_output(handle, self._number, int(state))

    def close(self) -> None:
        """Give the line back, where it is ours: another program may hold it."""
        with suppress(lgpio.error):
            super().close()
