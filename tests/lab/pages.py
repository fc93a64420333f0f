"""A browser without a screen: signs in on the box's pages, and asks its API."""

import json
import re
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

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

    def sign_in(self, name: str, phrase: str) -> None:
        """Sign in by the form, as people do."""
        self._ask("GET", "/login", expected=200)
        form = {"name": name, "phrase": phrase, "csrf_token": self.token}
        self._ask("POST", "/login", urlencode(form), expected=303)

    def get(self, path: str) -> Any:
        """Give what the API says at *path*."""
        return json.loads(self._ask("GET", f"/api/v1/{path}", expected=200))

    def page(self, path: str) -> str:
        """Give a page."""
        return self._ask("GET", path, expected=200)

    def _ask(self, method: str, path: str, body: str | None = None, *, expected: int) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Cookie": "; ".join(f"{one.key}={one.value}" for one in self.cookies.values())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with inside(self.namespace):
            connection.connect()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status != expected:
            raise PageError(f"{method} {path}: {answer.status}, {text[:300]}")
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        if found := _TOKEN.search(text):
            self.token = found[1]
        return text
