"""Starts the parts of the box as children, and starts again whichever ends.

For trials and development only (``vigie run``): on an installed box systemd does this, with
fixed rights for each. A machine that cannot be listened on gets the recorded practice day.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.config import Config
from appliance.demo import RECORDING, prepare
from appliance.sensor.card import default_card
from appliance.sensor.source import CaptureError
from appliance.store import StoreTrouble
from appliance.texts import say

AGAIN_AFTER = 1.0
"""Seconds before a part that ended is started again."""
TURN = 0.2
"""Seconds after which it is looked whether to stop."""
PATIENCE = 5.0
"""Seconds a part has to stop by itself."""


class CannotRun(Exception):  # noqa: N818 - says what is
    """The box cannot be started here; the text says why, in the language of the practice."""


def supervise(config: Config, config_file: Path | None, *, demo: bool) -> int:
    """Run the box until told to stop; gives the exit status. Raises CannotRun."""
    language = config.practice.language
    with _alone(config):
        _find_free(config)
        if not demo and (why := why_deaf(config)):
            print(say(language, why), flush=True)
            demo = True
        recording: list[str] = []
        if demo:
            config_file, recording = _prepared(config), ["--recording", str(RECORDING)]
        told = ["--config", str(config_file)] if config_file else []
        # Nobody is told of trouble that is played, and no port is shut for it.
        more = [] if demo else ["outputs", "switch"]
        _keep_running(_commands(told, recording, more))
    return 0


def _commands(told: list[str], recording: list[str], more: list[str]) -> dict[str, list[str]]:
    ours = [sys.executable, "-m", "appliance"]
    commands = {
        "panel": [*ours, "panel", *told],
        "probe": [*ours, "probe", *told],
        "sensor": [*ours, "sensor", *told, *recording],
        "web": [sys.executable, "-m", "web", *told],
    }
    return commands | {part: [*ours, part, *told] for part in more}


def why_deaf(config: Config) -> str:
    """Give the key of the text that says why no card can be listened on; empty when one can."""
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).close()
    except OSError:
        return "run.no_right"
    try:
        return "" if config.capture.card or default_card() else "run.no_card"
    except CaptureError:
        return "run.no_card"


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    """Be the only one that runs the box in this directory: two would fight for all it has."""
    folder = config.state
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "run.lock").open("w", encoding="ascii")
    except OSError as error:
        raise _no_folder(config, error) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            words = say(config.practice.language, "run.running", folder=folder)
            raise CannotRun(words) from None
        yield


def _prepared(config: Config) -> Path:
    try:
        return prepare(config)
    except (OSError, StoreTrouble) as error:
        raise _no_folder(config, error) from None


def _no_folder(config: Config, error: Exception) -> CannotRun:
    words = {"folder": config.state, "why": getattr(error, "strerror", None) or error}
    return CannotRun(say(config.practice.language, "run.no_folder", **words))


def _find_free(config: Config) -> None:
    """Make sure that the pages can have their address; else they would try for ever."""
    host, _, port = config.web.listen.rpartition(":")
    family = socket.AF_INET6 if "[" in host else socket.AF_INET
    try:
        socket.create_server((host.strip("[]"), int(port)), family=family).close()
    except OSError as error:
        words = {"address": config.web.listen, "why": os.strerror(error.errno or 0)}
        raise CannotRun(say(config.practice.language, "run.taken", **words)) from None


def _keep_running(commands: dict[str, list[str]]) -> None:
    """Start every command, and again when it ends, until a signal asks to stop; then end them."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: asked.append(number))
    children: dict[str, subprocess.Popen[bytes]] = {}
    due = dict.fromkeys(commands, 0.0)
    try:
        while not asked:
            now = time.monotonic()
            for name, command in commands.items():
                running = name in children and children[name].poll() is None
                if not running and now >= due[name]:
                    children[name] = subprocess.Popen(command)  # noqa: S603 - our own programs
                    due[name] = now + AGAIN_AFTER
            time.sleep(TURN)
    finally:
        _end(list(children.values()))


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
