"""The box of the live run: ring and whole pipeline, until its input is closed.

    python -m tests.bench.listener CARD

Says "listening" when it does; at its end, what it heard.
"""

import json
import os
import select
import sys
import time

from appliance.pipeline import Pipeline, Setting
from appliance.sensor.ring import LiveRing


def main(card: str) -> None:
    """Take in what passes, until nobody wants more and nothing more comes."""
    ring, pipeline = LiveRing(card), Pipeline(Setting(), fence=False)
    print("listening", flush=True)
    started = time.process_time()
    for block in ring:
        pipeline.feed(block)
        if not len(block.offsets) and _is_closed(sys.stdin.fileno()):
            break
    counters = pipeline.meter.counters
    heard = {
        "heard": counters.packets,
        "dropped": ring.dropped,
        "unread": counters.dropped.get("frames", 0),
        "cpu": time.process_time() - started,
    }
    ring.close()
    print(json.dumps(heard))


def _is_closed(file: int) -> bool:
    return bool(select.select([file], [], [], 0)[0]) and not os.read(file, 1)


if __name__ == "__main__":
    main(sys.argv[1])
