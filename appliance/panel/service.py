"""The panel's process: the relay is put right first, then the door is opened, then it turns.

One thread, one loop. However it ends, the relay stays where it is.
"""

import fcntl
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from appliance import hours
from appliance.config import Config
from appliance.notify import READY, notify
from appliance.panel import latch_file
from appliance.panel.automatic import Automatic
from appliance.panel.clocks import Clocks
from appliance.panel.control import LATCH, Control
from appliance.panel.desk import Desk
from appliance.panel.door import Door
from appliance.panel.fitting import open_pins
from appliance.panel.pins import PinError, Pins
from appliance.panel.prooftest import TESTED, ProofTest
from appliance.panel.rights import Rights
from appliance.panel.second import Second
from appliance.panel.signs import Cut
from appliance.panel.watch import Watch

_log = logging.getLogger(__name__)


def serve(
    config: Config,
    pins: Pins | None = None,
    clocks: Clocks | None = None,
    until: Callable[[], bool] = lambda: False,
) -> int:
    """Run the panel until SIGTERM or SIGINT; give the exit status, 1 when it cannot start.

    *pins* are those of this machine when not given; *until* is asked before each turn whether to
    end.
    """
    try:
        with _alone(config.run / "panel.lock"), _signals() as ended:
            desk = _begin(config, pins, clocks or Clocks())
            notify(READY)
            try:
                while not (ended.is_set() or until()):
                    desk.turn()
            finally:
                desk.close()
    except (OSError, PinError) as error:
        _log.error("The panel cannot run: %s.", error)
        return 1
    return 0


def _begin(config: Config, pins: Pins | None, clocks: Clocks) -> Desk:
    """Put the relay where it belongs, then open the door."""
    folder = config.latch or config.state
    folder.mkdir(parents=True, exist_ok=True)
    latch = latch_file.take_up(folder / LATCH, clocks.now())
    if pins is None:
        pins = open_pins(config.panel, latch.isolated, steady=clocks.steady)
    watch = Watch(Cut(config.panel.cut))
    test = ProofTest(watch, folder / TESTED, config.panel, clocks.now(), _busy(config))
    control = Control(latch, folder, pins, test, clocks)
    control.second = Second(
        fitted=bool(config.switch.address),
        alone=config.panel.relay_kind == "none",
        steady=clocks.steady(),
    )
    if config.panel.reconnect_by_button:
        control.let_the_button_reconnect()
    control.let_it_cut(Automatic(folder, clocks, config.automatic))
    rights = Rights(technicians=config.panel.technicians)
    desk = Desk(control, Door(config.run / "panel.sock"), rights, clocks)
    _log.info("The panel is up: %s%s.", control.status().state, ", simulated" * pins.simulated)
    return desk


def _busy(config: Config) -> Callable[[float], bool]:
    """Tell whether people may be at work at a time; where no hours are set, they always may."""
    opening = hours.read(config.practice.hours, config.practice.timezone)
    return lambda at: opening is None or not opening.empty_at(at)


def _alone(path: Path) -> IO[str]:
    """Hold the lock *path* while the file given is open: two panels would fight for the relay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("w", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise PinError("another panel is running here") from error
    return file


@contextmanager
def _signals() -> Iterator[threading.Event]:
    """Give an event that SIGTERM and SIGINT set; in another program's thread nothing does."""
    ended = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield ended
        return
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: ended.set()) for number in numbers]
    try:
        yield ended
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
