"""The meter alone, as a program: reads a capture, prints what it heard and how long it took.

python -m tests.bench.meter FILE
"""

import json
import sys
import time
from pathlib import Path

from appliance.sensor.capture_file import CaptureFile
from appliance.sensor.meter import Meter


def read(capture: Path) -> dict[str, float]:
    """Meter *capture*; give its packets, what was made of them, and the seconds it took."""
    began = time.perf_counter()
    meter, heard = Meter(), 0
    for block in CaptureFile(capture):
        heard += len(meter.feed(block))
    heard += len(meter.finish())
    return {
        "packets": meter.counters.packets,
        "heard": heard,
        "seconds": time.perf_counter() - began,
    }


if __name__ == "__main__":
    print(json.dumps(read(Path(sys.argv[1]))))
