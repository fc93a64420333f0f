"""Starts panel, sensor and pages as children, and starts again whichever ends.

For trials and development only (``vigie run``): on an installed box systemd does this, with
fixed rights for each. A machine that may not capture gets the recorded practice day instead.
"""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from appliance.config import Config
from appliance.demo import RECORDING, prepare
from appliance.texts import say

AGAIN_AFTER = 1.0
"""Seconds before a part that ended is started again."""
PATIENCE = 5.0
"""Seconds a part has to stop by itself."""


class _Stopped(Exception):  # noqa: N818 - no error
    """Somebody asked us to stop."""


def supervise(config: Config, config_file: Path | None, *, demo: bool) -> int:
    """Run the box until told to stop; gives the exit status."""
    if not demo and not may_capture():
        print(say(config.practice.language, "run.no_right"), flush=True)
        demo = True
    recording: list[str] = []
    if demo:
        config, config_file = prepare(config)
        recording = ["--recording", str(RECORDING)]
    told = ["--config", str(config_file)] if config_file else []
    commands = {
        "panel": [sys.executable, "-m", "appliance", "panel", *told],
        "sensor": [sys.executable, "-m", "appliance", "sensor", *told, *recording],
        "web": [sys.executable, "-m", "web", *told],
    }
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        while True:
            for name, command in commands.items():
                child = children.get(name)
                if child is None or child.poll() is not None:
                    children[name] = subprocess.Popen(command)  # noqa: S603 - our own programs
            time.sleep(AGAIN_AFTER)
    except (KeyboardInterrupt, _Stopped):
        return 0
    finally:
        _end(list(children.values()))


def may_capture() -> bool:
    """Tell whether this process may listen to a network card."""
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).close()
    except OSError:
        return False
    return True


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
