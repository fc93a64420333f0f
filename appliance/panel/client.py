"""Talking to the panel from another process: `vigie isolate`, the pages, the sensor's heartbeat.

Light on purpose: nothing but the standard library and small values, so that an order is out
within some tens of milliseconds.
"""

import json
import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from appliance.panel import heartbeat, question, second, status
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.lamp import Part
from appliance.panel.question import Told
from appliance.panel.request import WHO_LENGTH, WHY_LENGTH
from appliance.panel.second import Said
from appliance.panel.status import PanelStatus

T = TypeVar("T")

ANSWER = 5.0
"""Seconds to wait for an answer."""


class PanelUnreachable(Exception):  # noqa: N818 - says what the panel is
    """The panel does not answer: it is not running, or we may not talk to it."""


class PanelRefused(Exception):  # noqa: N818 - a refusal is no error
    """The panel refused; `key` is that of the reason in ``[panel.error]``."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the panel refused: {key}")


class PanelClient:
    """The panel behind the socket *path*; each request has a connection of its own."""

    def __init__(self, path: Path, answer: float = ANSWER) -> None:
        self._path = path
        self._answer = answer

    def isolate(self, who: str = "", why: str = "") -> PanelStatus:
        """Cut the uplink; raises PanelUnreachable, and PanelRefused to a part that may not.

        *who* counts only when it is the box itself that speaks for somebody; else the panel
        takes the name of the system's user.
        """
        return self._ask({"do": "isolate", "who": who[:WHO_LENGTH], "why": why[:WHY_LENGTH]})

    def reconnect(self, who: str = "", why: str = "") -> PanelStatus:
        """Join the uplink again; raises PanelUnreachable and PanelRefused."""
        return self._ask({"do": "reconnect", "who": who[:WHO_LENGTH], "why": why[:WHY_LENGTH]})

    def hush(self, who: str = "") -> PanelStatus:
        """Silence the buzzer until there is something new; raises PanelUnreachable."""
        return self._ask({"do": "hush", "who": who[:WHO_LENGTH]})

    def announce(self, detector: str, alert: str) -> PanelStatus:
        """Ask for the count-down to a cut; raises PanelUnreachable and PanelRefused.

        *detector* found the danger, *alert* is its identifier; for the sensor.
        """
        return self._ask({"do": "announce", "detector": detector, "alert": alert})

    def stop(self, who: str = "") -> PanelStatus:
        """Stop the count-down to a cut; raises PanelUnreachable and PanelRefused."""
        return self._ask({"do": "stop", "who": who[:WHO_LENGTH]})

    def prooftest(  # noqa: PLR0913 - each is a word of the command
        self,
        who: str = "",
        why: str = "",
        *,
        learn: bool = False,
        force: bool = False,
        confirmed: bool = False,
        switch: bool = False,
    ) -> PanelStatus:
        """Begin a proof test of the cut; raises PanelUnreachable and PanelRefused.

        It takes some seconds: `PanelStatus.test` tells when it is over, and how it ended.
        """
        return self._ask(
            {
                "do": "prooftest",
                "who": who[:WHO_LENGTH],
                "why": why[:WHY_LENGTH],
                "learn": learn,
                "force": force,
                "confirmed": confirmed,
                "switch": switch,
            }
        )

    def try_lamp(self, part: Part) -> PanelStatus:
        """Have one colour shown for some seconds; raises PanelUnreachable and PanelRefused."""
        return self._ask({"do": "lamp", "part": part})

    def status(self) -> PanelStatus:
        """Ask how things are; raises PanelUnreachable."""
        return self._ask({"do": "status"})

    def status_if_any(self) -> PanelStatus | None:
        """Give how things are; None when the panel does not answer."""
        try:
            return self.status()
        except PanelUnreachable:
            return None

    def line(self) -> tuple[str, float]:
        """Give what was ordered of the line, and since when, 0: ever; raises PanelUnreachable.

        Nothing else is looked at: the build before an update asks the panel after it, which may
        say what is not known here.
        """
        return self._asked({"do": "status"}, _line)

    def heartbeat(self, beat: Heartbeat) -> PanelStatus:
        """Tell what the sensor sees; raises PanelUnreachable and PanelRefused."""
        return self._ask({"do": "heartbeat", **heartbeat.to_json(beat)})

    def switch(self, said: Said) -> PanelStatus:
        """Tell what a switch says of its port; raises PanelUnreachable and PanelRefused."""
        return self._ask({"do": "switch", **second.to_json(said)})

    def probe(self, told: Told) -> PanelStatus:
        """Tell what was found on the network; raises PanelUnreachable and PanelRefused."""
        return self._ask({"do": "probe", **question.to_json(told)})

    def watch(self) -> Iterator[PanelStatus]:
        """Give the status now and after each change, for ever; raises PanelUnreachable."""
        with self._connect() as connection, connection.makefile("rb") as lines:
            self._send(connection, {"do": "watch"})
            yield self._read(lines.readline, status.from_json)
            connection.settimeout(None)
            while True:
                yield self._read(lines.readline, status.from_json)

    def _ask(self, request: dict[str, Any]) -> PanelStatus:
        return self._asked(request, status.from_json)

    def _asked(self, request: dict[str, Any], read: Callable[[Mapping[str, Any]], T]) -> T:
        with self._connect() as connection, connection.makefile("rb") as lines:
            self._send(connection, request)
            return self._read(lines.readline, read)

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # Blocking, with the kernel's own time limit: else a crowd at the door is an error at once.
        limit = struct.pack("ll", int(self._answer), 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        try:
            connection.connect(str(self._path))
            connection.settimeout(self._answer)
        except OSError as error:
            connection.close()
            raise PanelUnreachable(_sentence(self._path, error)) from error
        return connection

    def _send(self, connection: socket.socket, request: dict[str, Any]) -> None:
        try:
            connection.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            raise PanelUnreachable(_sentence(self._path, error)) from error

    def _read(self, readline: Callable[[], bytes], read: Callable[[Mapping[str, Any]], T]) -> T:
        try:
            answer = json.loads(readline())
            if not answer["ok"]:
                raise PanelRefused(str(answer["error"]))
            return read(answer["status"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PanelUnreachable(_sentence(self._path, error)) from error


def _line(given: Mapping[str, Any]) -> tuple[str, float]:
    return str(given["state"]), float(given["since"] or 0.0)


def _sentence(path: Path, error: Exception) -> str:
    why = (isinstance(error, OSError) and error.strerror) or "it gave no answer"
    return f"The panel at {path} cannot be reached: {why}."
