"""Leads a browser over every page, at the hands of whoever the page is for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from playwright.sync_api import Browser, BrowserContext, Page, Route

from appliance.texts import LANGUAGES
from tests.kit.pages import HALF, NOBODY, Visit, visitor, walk
from tests.kit.site import Site
from tests.kit.watcher import Watcher

SIZES = {"phone": (390, 844), "desk": (1280, 800), "paper": (1060, 660)}
"""In CSS pixels; the last is for pictures in papers only."""
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"
SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a page is looked at."""

    language: str
    size: str
    scheme: str

    def __str__(self) -> str:
        return f"{self.language}-{self.size}-{self.scheme}"


LOOKS = tuple(
    Look(language=language, size=size, scheme=scheme)
    for language, size, scheme in product(LANGUAGES, ("phone", "desk"), SCHEMES)
)


def _nothing_new(route: Route) -> None:
    """Answer a page that waits for changes: else it would load itself anew under our eyes."""
    route.fulfill(content_type="text/event-stream", body="retry: 3600000\n\n")


@dataclass(slots=True)
class Tour:
    """Browsers of several people over the same practice."""

    opened: Site
    url: str
    chromium: Browser
    complaints: list[str] = field(default_factory=list)
    _at: dict[tuple[str, str], Page] = field(default_factory=dict)

    def stops(self) -> Iterator[Visit]:
        """Yield every page."""
        yield from walk(self.opened)

    def show(self, visit: Visit, look: Look) -> Page:
        """Open the page as *look* says."""
        page = self.page(visit.who, look.language)
        width, height = SIZES[look.size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look.scheme)  # type: ignore[arg-type] # one of SCHEMES
        page.goto("about:blank")  # what was there before does nothing more
        page.goto(self.url + visit.path)
        assert page.url == self.url + visit.path, visit
        assert page.evaluate(STATUS) == visit.answers, visit
        assert page.evaluate("document.documentElement.lang") == look.language, visit
        return page

    def close(self) -> None:
        """Close the browsers."""
        for page in self._at.values():
            page.context.close()

    def page(self, who: str, language: str) -> Page:
        """Give the page that *who* looks at in *language*."""
        if who not in (NOBODY, HALF):
            self.opened.office.set_language(who, language)
        key = (who, language)
        if key not in self._at:
            context = self.chromium.new_context()
            context.route("**/events", _nothing_new)
            self._sign_in(context, who, language)
            page = context.new_page()
            watcher = Watcher.of(page)
            watcher.complaints = self.complaints
            self._at[key] = page
        return self._at[key]

    def _sign_in(self, context: BrowserContext, who: str, language: str) -> None:
        """Take over the cookie of a visitor who has signed in."""
        came = visitor(self.opened, who)
        with came.browser.session_transaction() as cookie:
            cookie["language"] = language
        held = came.browser.get_cookie("vigie")
        assert held is not None
        context.add_cookies([{"name": "vigie", "value": held.value, "url": self.url}])
