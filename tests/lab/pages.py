"""A browser without a screen: signs in on the box's pages, and asks its API."""

import json
import re
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.lab.forms import Forms
from tests.lab.namespaces import inside

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class PageError(AssertionError):
    """A page answered something else than was expected."""


@dataclass(slots=True)
class Pages:
    """The pages on loopback port *port* of the namespace *namespace*."""

    namespace: str
    port: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    token: str = ""
    shown: str = ""
    """The page that was fetched last."""
    leads: str = ""
    """Where the last answer sends the browser."""

    def sign_in(self, name: str, phrase: str) -> None:
        """Sign in by the form, as people do."""
        self._ask("GET", "/login", expected=200)
        form = {"name": name, "phrase": phrase, "csrf_token": self.token}
        self._ask("POST", "/login", urlencode(form), expected=303)

    def get(self, path: str) -> Any:
        """Give what the API says at *path*."""
        return json.loads(self._ask("GET", f"/api/v1/{path}", expected=200))

    def file(self, path: str) -> bytes:
        """Give what is downloaded from *path*."""
        return self._fetch("GET", path, None, expected=200)

    def page(self, path: str) -> str:
        """Give a page."""
        self.shown = self._ask("GET", path, expected=200)
        return self.shown

    def press(self, words: str, **filled: str) -> str:
        """Press the button that says *words* on the page shown; give where that leads."""
        form = Forms(self.shown).with_button(words)
        if form is None:
            raise PageError(f"no button says {words!r}: {self.shown[:2000]}")
        body = urlencode({**form.fields, **filled})
        self._ask("POST", form.action, body, expected=303)
        leads = self.leads
        self.page(leads)
        return leads

    def _ask(self, method: str, path: str, body: str | None = None, *, expected: int) -> str:
        text = self._fetch(method, path, body, expected=expected).decode()
        if found := _TOKEN.search(text):
            self.token = found[1]
        return text

    def _fetch(self, method: str, path: str, body: str | None, *, expected: int) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{one.key}={one.value}" for one in self.cookies.values())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with inside(self.namespace):
            connection.connect()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status != expected:
            raise PageError(f"{method} {path}: {answer.status}, {content[:300]!r}")
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        self.leads = answer.headers.get("Location", "")
        return content
