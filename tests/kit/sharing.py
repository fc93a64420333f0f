"""A client at work on a share, told as facts: what is opened is answered, names are numbers."""

from itertools import count
from typing import Any

from appliance.decode.smb_content import sample
from appliance.decode.smb_names import named
from appliance.facts import FileTouched
from appliance.model import Ip, Mac

PC, NAS = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:10")
PC_IP, NAS_IP = Ip("192.168.1.10"), Ip("192.168.1.2")
DICE = bytes((7 + number * 167 + number * number * 13 // 7) % 256 for number in range(512))
TEXT = b"Une lettre sans importance. " * 30
PHOTO = b"\xff\xd8\xff\xe0\0\x10JFIF" + DICE


class Work:
    """Gives facts; each file takes a hundredth of a second."""

    def __init__(self, at: float = 1000.0, mac: Mac = PC, ip: Ip = PC_IP, sport: int = 50_000):
        self.at, self._mac, self._ip, self._sport = at, mac, ip, sport
        self._numbers = count(1)

    def open(self, path: str, result: str = "opened") -> tuple[int, list[FileTouched]]:
        """Give the number of a file, and how it came to be open."""
        number = next(self._numbers)
        self.at += 0.01
        told = named(path, 1)._asdict()
        return number, [
            self.asks("opens", number, **told),
            self.answers(result, number, file=number),
        ]

    def read(self, path: str, content: bytes = TEXT, offset: int = 0) -> list[FileTouched]:
        file, facts = self.open(path)
        message = next(self._numbers)
        told = sample(content, 0)._asdict()
        return [
            *facts,
            self.asks("reads", message, file=file, offset=offset),
            self.answers("read", message, size=len(content), **told),
            self.asks("closes", message, file=file),
        ]

    def write(
        self, path: str, content: bytes = DICE, offset: int = 0, result: str = "opened"
    ) -> list[FileTouched]:
        file, facts = self.open(path, result)
        told = sample(content, offset)._asdict()
        more = {"offset": offset, "size": len(content), **told}
        return [
            *facts,
            self.asks("writes", 0, file=file, **more),
            self.asks("closes", 0, file=file),
        ]

    def rename(self, path: str, to: str) -> list[FileTouched]:
        file, facts = self.open(path)
        return [*facts, self.asks("renames", 0, file=file, **named(to, 1)._asdict())]

    def delete(self, path: str) -> list[FileTouched]:
        """As it is asked for in the message that opens the file."""
        number = next(self._numbers)
        self.at += 0.01
        opens = self.asks("opens", number, **named(path, 1)._asdict())
        return [opens, self.asks("deletes", number), self.answers("opened", number, file=number)]

    def asks(self, action: str, message: int, **more: Any) -> FileTouched:
        return FileTouched(
            at=self.at,
            mac=self._mac,
            src=self._ip,
            dst=NAS_IP,
            sport=self._sport,
            dport=445,
            action=action,
            message=message,
            **more,
        )

    def answers(self, action: str, message: int, **more: Any) -> FileTouched:
        return FileTouched(
            at=self.at,
            mac=NAS,
            src=NAS_IP,
            dst=self._ip,
            sport=445,
            dport=self._sport,
            action=action,
            message=message,
            **more,
        )
