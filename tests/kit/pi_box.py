"""One box in an emulated Raspberry Pi: told and asked from outside, and cut off from power."""

import hashlib
import http.cookiejar
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

from tests.kit.pi import LAN, MIRROR, Pi, new_key, powered
from tests.kit.sd_card import Card, new_card
from tests.kit.vigie import ROOT
from tests.kit.wire import arp

LOG = ROOT / "build/image/test.log"
CODE = "CABIN-ET234"
MIRRORED = arp(0, "02:00:00:00:00:05", "192.168.1.5", wanted="192.168.1.1").data
# No button: the emulated pins have no pull-ups, so that an open one would read as held down.
SETTINGS = """
[practice]
language = "en"
[capture]
card = "{mirror}"
[panel]
management_card = "{lan}"
button = false
[first]
code = "{code}"
ssh_keys = ["{key}"]
"""


class Box:
    """The card, the box it is in, and what is to be told of both."""

    def __init__(self, folder: Path, *, log: Path = LOG, stick: Path | None = None) -> None:
        self.folder, self.log, self.stick = folder, log, stick
        self.card: Card = new_card(folder)
        _, line = new_key(folder)
        text = SETTINGS.format(code=CODE, key=line, lan=LAN, mirror=MIRROR)
        self.card.put("vigie.toml", text, folder / "vigie.toml")
        self.root_before = self.root()
        self._power = ExitStack()
        self._browser = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=ssl._create_unverified_context()),  # noqa: S323 - a certificate of its own
            urllib.request.HTTPCookieProcessor(_Loopback()),
        )
        log.write_text("", "utf-8")
        self.switch_on()

    def switch_on(self) -> None:
        self.pi: Pi = self._power.enter_context(powered(self.card, self.folder, self.stick))

    def cut_power(self) -> None:
        self.pi.cut_power()
        self._power.close()

    def note(self, line: str) -> None:
        print(line)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{line}\n")

    def root(self) -> str:
        """Give the digest of the read-only partition."""
        first, length = self.card.partition(2)
        with self.card.file.open("rb") as file:
            file.seek(first)
            return hashlib.sha256(file.read(length)).hexdigest()

    def page(self, path: str, **form: str) -> tuple[int, str]:
        """Ask for a page from outside; status 0 when nobody answers."""
        url = f"https://127.0.0.1:{self.pi.pages}{path}"
        request = urllib.request.Request(url, headers={"Host": "vigie.local"})
        data = urllib.parse.urlencode(form).encode() if form else None
        try:
            with self._browser.open(request, data, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def status(self) -> dict[str, Any]:
        """Give what the panel says; 1 means a cut that is not proven."""
        done = self.pi.run("vigie status --json")
        found: dict[str, Any] = json.loads(done.stdout) if done.stdout else {}
        return found


@contextmanager
def speaking(box: Box) -> Iterator[None]:
    """Have something to be heard on the mirror port until the block ends, whenever *box* is on."""
    over = Event()

    def speak() -> None:
        while not over.wait(0.5):
            with suppress(OSError):  # it has no power
                box.pi.say_at_the_mirror_port(MIRRORED)

    speaker = Thread(target=speak)
    speaker.start()
    try:
        yield
    finally:
        over.set()
        speaker.join()


class _Loopback(http.cookiejar.CookieJar):
    """Gives its cookies back whatever the name: the box is vigie.local behind a forwarded port."""

    def add_cookie_header(self, request: urllib.request.Request) -> None:
        request.add_unredirected_header("Cookie", "; ".join(f"{it.name}={it.value}" for it in self))
