"""The real panel with the lab's relay: ``python -m tests.lab.panel CONFIG SWITCH PORT [wrong]``.

Run in the namespace of the box in place of ``vigie panel``; SWITCH is the namespace of the switch,
or of the router, where the relay sits in the cable beyond it.
With ``wrong`` the relay is wired wrong: its coil moves, the uplink stays.
"""

import sys
from pathlib import Path

from appliance.config_file import load
from appliance.panel.service import serve
from tests.lab.relay import LabRelay
from tests.lab.wiring import FAR


def main(config: str, switch: str, port: str, wiring: str = "right") -> int:
    route = FAR if port == "wan" else ""
    relay = LabRelay(switch, port, wired_wrong=wiring == "wrong", route=route)
    return serve(load(Path(config)), pins=relay)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
