"""The pages over a filled store and a panel to play with: for clients without and with a screen."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import TestResponse

from appliance.config import Config, Panel, Practice, Web
from appliance.config_file import load
from appliance.standing import Standing
from appliance.store import Office, Reader, StoreTrouble, Trouble
from tests.kit import people
from tests.kit.panel import FakePanel
from tests.kit.people import NOW
from web import create_app
from web.box import Box
from web.events import Streams

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is set, or runs a little each time it is read."""

    at: float = NOW
    step: float = 0.0
    """Seconds that pass with each look."""

    def __call__(self) -> float:
        self.at += self.step
        return self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The application and all that it stands on."""

    app: Flask
    state: Path
    office: Office
    reader: Reader
    panel: FakePanel
    clock: Clock

    def client(self, name: str = "") -> "Visitor":
        """Give a browser without a screen, signed in when a *name* is given.

        Signed in as `web.access.sessions.sign_in` does it, without the tenth of a second that
        checking a pass-phrase takes; that has its own tests.
        """
        visitor = Visitor(self.app.test_client())
        if name:
            user = next(user for user in self.office.users() if user.name == name)
            with visitor.browser.session_transaction() as session:
                session.update(token=self.office.open_session(name), seen=self.clock())
                session.update(name=name, role=user.role.value, language=user.language)
        return visitor

    def break_card(self) -> None:
        """Have every further question to the database fail."""
        self.break_reading()
        self.office.close()
        self.office._writer = _BrokenCard()  # type: ignore[assignment] # a fake

    def break_reading(self) -> None:
        """Have every further question fail, while what people write is still kept."""
        self.reader.close()
        self.reader._ask = lambda question, otherwise: _BrokenCard().read(question)  # type: ignore[method-assign] # a fake

    def technician(self) -> "Visitor":
        return self.client(people.TECHNICIAN)

    def staff(self) -> "Visitor":
        return self.client(people.STAFF)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a browser without a screen, who takes the token from a form before sending it."""

    browser: FlaskClient

    def get(self, path: str, **headers: str) -> TestResponse:
        headers = {"Accept": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.browser.get(path, headers=headers, buffered=True)

    def post(
        self, path: str, *, headers: dict[str, str] | None = None, **form: str
    ) -> TestResponse:
        return self.browser.post(path, data=form | {"csrf_token": self.token()}, headers=headers)

    def token(self) -> str:
        """Give the token of a form that this visitor may see."""
        for path in ("/account", "/login", "/setup", "/kiosk"):
            found = TOKEN.search(self.browser.get(path).text)
            if found:
                return found[1]
        raise AssertionError("no form anywhere")


@contextmanager
def site(
    state: Path,
    *,
    filled: bool = True,
    panel: FakePanel | None = None,
    web: Web | None = None,
    step: float = 0.0,
    buzzer: int | None = None,
    installer: str | None = None,
) -> Iterator[Site]:
    """Open the pages over a store in *state*; the clock runs by *step* with each look.

    *installer* is what ``vigie.toml`` sets; then the configuration is read, and read anew when
    something is set on the pages.
    """
    clock, panel = Clock(step=step), panel or FakePanel()
    if filled:
        people.fill(state)
    office, reader = Office(state, clock), Reader(state)
    if filled:
        people.settle_in(office)
    config = Config(
        state=state,
        run=state,
        web=web or Web(),
        practice=Practice(name="Cabinet des Tilleuls"),
        panel=Panel(buzzer=buzzer),
    )
    box = Box(
        standing=Still(config) if installer is None else _read_anew(state, installer),
        reader=reader,
        office=office,
        panel=panel,  # type: ignore[arg-type] # a fake
        now=clock,
    )
    app = create_app(box)
    app.testing = False  # errors are told as they are to visitors
    try:
        yield Site(app=app, state=state, office=office, reader=reader, panel=panel, clock=clock)
    finally:
        reader.close()
        office.close()


class Still(Standing):
    """Stands for a configuration that nobody changes."""

    def __init__(self, config: Config) -> None:
        self._stands = config

    def look(self) -> Config:
        return self._stands

    def installers(self) -> dict[str, object]:
        return {}


def _read_anew(state: Path, installer: str) -> Standing:
    file = state / "vigie.toml"
    file.write_text(f'[paths]\nstate = "{state}"\nrun = "{state}"\n{installer}', "utf-8")
    return Standing(file, load(file))


class _BrokenCard:
    """Stands for a memory card that gives up."""

    def read(self, work: object) -> NoReturn:
        raise StoreTrouble(Trouble.FAILING, OSError("input/output error"))

    write = read

    def close(self) -> None:
        """Nothing is open."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""


def _until(over: Event) -> Callable[[float], None]:
    """Give a wait that ends a stream with its server, which would else go round without a pause."""

    def wait(seconds: float) -> None:
        if over.wait(min(seconds, 0.1)):
            raise ConnectionAbortedError("the server is gone")

    return wait


@contextmanager
def served(opened: Site) -> Iterator[str]:
    """Serve *opened* on loopback; give its address."""
    over = Event()
    opened.app.extensions["streams"] = Streams(wait=_until(over))
    server = make_server("127.0.0.1", 0, opened.app, threaded=True, request_handler=_Quiet)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
