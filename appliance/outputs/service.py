"""The process of the outputs: alerts and what people decided -> plan -> outbox -> couriers.

It reads the box's database and writes only its own. Killed at any moment, it goes on where it was:
what is planned is the same again, and what was sent is marked.
"""

import logging
import signal
import time
from threading import Event

from appliance.config import Config
from appliance.hours import zone_of
from appliance.notify import READY, WORKING, notify
from appliance.outputs.desk import Desk, Monthly, no_report
from appliance.outputs.way import Clock
from appliance.outputs.ways import build

TURN = 0.5
"""Seconds between two looks: a danger is to be out within 2."""

GOODBYE = 5.0
"""Seconds that couriers have to finish what they are about."""


def serve(config: Config, now: Clock = time.time, monthly: Monthly = no_report) -> int:
    """Tell people until told to stop; gives the exit status. Raises CannotSend and StoreTrouble.

    It ends, to be started again, when a courier has died of a mistake of ours.
    """
    logging.basicConfig(format="vigie outputs: %(message)s", level=logging.INFO)
    asked = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    desk = Desk(config, build(config, now), now, zone_of(config.practice.timezone), monthly)
    threads = [courier.thread() for courier in desk.couriers]
    desk.turn()  # whether the uplink is cut is known before anything is tried
    for thread in threads:
        thread.start()
    notify(READY)
    try:
        while not asked.wait(TURN) and all(thread.is_alive() for thread in threads):
            if desk.turn():
                notify(WORKING)
    finally:
        desk.conditions.over = True
        desk.ring()
        until = time.monotonic() + GOODBYE
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
    if any(thread.is_alive() for thread in threads):
        return 0  # one hangs; what it sends now is sent again, under the same id
    desk.close()
    return 0 if asked.is_set() else 1
