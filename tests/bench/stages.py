"""Where the time of a replay goes: processor seconds of each stage, one after the other.

    python -m tests.bench.stages FILE

Each stage is run alone on what the one before gave, so that no clock is read per packet.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from appliance.decode import Decoder
from appliance.model import Frame
from appliance.pipeline import Pipeline, Setting
from appliance.sensor.capture_file import CaptureFile
from appliance.sensor.meter import Meter


def split(capture: Path) -> dict[str, float]:
    """Give the seconds that reading, metering, decoding and telling *capture* take."""
    took = {"start": time.process_time()}
    took["file"] = _timed(lambda: [None for _ in CaptureFile(capture)])[0]
    meter, heard = Meter(), []
    both, _ = _timed(lambda: heard.extend(meter.feed(block) for block in CaptureFile(capture)))
    took["meter"] = both - took["file"]
    heard.append(meter.finish())
    decoder, facts = Decoder(), []
    took["decode"], _ = _timed(lambda: facts.extend(_read(decoder, each) for each in heard))
    pipeline = Pipeline(Setting(without=frozenset({"new_device"})), fence=False)
    took["tell"], _ = _timed(lambda: [pipeline.tell(fact) for some in facts for fact in some])
    return took | {"packets": meter.counters.packets, "read": decoder.read_frames}


def _read(decoder: Decoder, heard: list[Any]) -> list[Any]:
    told = []
    for item in heard:
        told += decoder.read(item) if isinstance(item, Frame) else (item,)
    return told


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    done = work()
    return time.process_time() - began, done


if __name__ == "__main__":
    print(json.dumps(split(Path(sys.argv[1]))))
