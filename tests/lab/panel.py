"""The real panel with the lab's relay: ``python -m tests.lab.panel CONFIG SWITCH PORT WIRING``.

Run in the namespace of the box in place of ``vigie panel``; SWITCH is the namespace of the switch,
or of the router, where the relay sits in the cable beyond it. WIRING is `tests.lab.relay.Wiring`
spelled. SIGUSR1 holds the button down, SIGUSR2 lets go of it.
"""

import json
import signal
import sys
import time
from pathlib import Path

from appliance.config_file import load
from appliance.panel import latch_file
from appliance.panel.control import LATCH
from appliance.panel.service import serve
from tests.lab.relay import Cable, LabPins, Wiring
from tests.lab.wiring import FAR


def main(config: str, switch: str, port: str, spelled: str) -> int:
    wiring, settings = Wiring(**json.loads(spelled)), load(Path(config))
    cable = Cable(switch, port, FAR if wiring.beyond else "")
    settings.state.mkdir(parents=True, exist_ok=True)
    latch = latch_file.take_up(settings.state / LATCH, time.time())
    pins = LabPins(settings.panel, latch.isolated, cable, wiring)
    signal.signal(signal.SIGUSR1, lambda *_: pins.hold_button(True))
    signal.signal(signal.SIGUSR2, lambda *_: pins.hold_button(False))
    return serve(settings, pins=pins)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
