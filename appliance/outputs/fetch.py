"""Fetching a file over HTTPS, within bounds of size and time, and only when it has changed.

Proxies are those of the environment (``https_proxy``). A redirect is followed only to another
``https`` address. What fails half-way gives nothing: whoever asked keeps what they have.
"""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

SECONDS = 120.0
"""In which all must have come."""
PATIENCE = 20.0
"""Seconds without a byte after which the server is given up."""
_PIECE = 64 * 1024
_UNCHANGED = 304
_AGENT = "vigie"


class Unreachable(Exception):  # noqa: N818 - it says what the file is
    """The file did not come; the text says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came."""

    content: bytes
    etag: str = ""
    modified: str = ""
    """The server's words for this state of the file, to be told the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """How to fetch."""

    largest: int
    """Bytes beyond which a file is given up."""
    seconds: float = SECONDS
    trusted: ssl.SSLContext | None = None
    """Who is believed to be whom; None: as the system has it."""
    now: Callable[[], float] = time.monotonic

    def fetch(self, url: str, *, etag: str = "", modified: str = "") -> Fetched | None:
        """Give what is at *url*, or None when it is as it was; raises Unreachable."""
        if not url.startswith("https://"):
            raise Unreachable(f"{url}: only https is fetched")
        headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        request = Request(url, headers=headers)  # noqa: S310 - https, as was just made sure
        opener = build_opener(HTTPSHandler(context=self.trusted), _OnlyHttps())
        until = self.now() + self.seconds
        try:
            with opener.open(request, timeout=min(PATIENCE, self.seconds)) as answer:
                content = self._read(answer, until)
                told = answer.headers
        except HTTPError as refusal:
            refusal.close()
            if refusal.code == _UNCHANGED:
                return None
            raise Unreachable(f"{url}: the server answers {refusal.code}") from None
        except URLError as problem:
            raise Unreachable(f"{url}: {problem.reason}") from None
        except (OSError, HTTPException, ValueError) as problem:
            raise Unreachable(f"{url}: {problem or type(problem).__name__}") from None
        return Fetched(content, told.get("ETag") or "", told.get("Last-Modified") or "")

    def _read(self, answer: HTTPResponse, until: float) -> bytes:
        content = bytearray()
        while piece := answer.read1(_PIECE):
            content += piece
            if len(content) > self.largest:
                raise URLError(f"larger than {self.largest // 1024 // 1024} MiB")
            if self.now() > until:
                raise URLError(f"did not come within {self.seconds:.0f} s")
        if answer.length:
            raise URLError("the server hung up half-way")
        return bytes(content)


class _OnlyHttps(HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0913, PLR0917 - as the library calls it
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if not newurl.startswith("https://"):
            raise URLError(f"sends us on to {newurl[:60]}, which is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
