"""Scapy takes the first packets of a capture apart.

python -m tests.bench.with_scapy FILE PACKETS
"""

import json
import sys
import time
from itertools import islice

import scapy.layers.all  # noqa: F401 - so that it knows what it reads
from scapy.utils import PcapReader


def main(capture: str, most: int) -> None:
    """Read at most *most* packets, and say what that took (`tests.bench.race.stretch`)."""
    cpu, wall = time.process_time(), time.monotonic()
    with PcapReader(capture) as packets:
        read = sum(1 for _ in islice(packets, most))
    took = {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall}
    print(json.dumps({"read": read, **took}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
