"""A program that saves batches of alerts, says each time that it has, and is killed meanwhile.

python -m tests.appliance.store.writes_until_killed DIRECTORY FIRST
"""

import sys
from itertools import count
from pathlib import Path

from appliance.config import Keep
from appliance.store import Watch
from tests.appliance.store.samples import NOON, alert, delta, device, numbered_mac, place

BATCH = 7
"""Alerts that are saved together."""


def main() -> None:
    directory, first = Path(sys.argv[1]), int(sys.argv[2])
    watch = Watch(directory, Keep(alerts=1_000_000), lambda: NOON)
    for number in count(first):
        watch.save_devices([device(numbered_mac(number))])
        watch.count_traffic([delta(NOON + 60 * number)], place)
        watch.flush(NOON + 60 * number + 64)
        watch.save_alerts(alert(number * BATCH + place_) for place_ in range(BATCH))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
