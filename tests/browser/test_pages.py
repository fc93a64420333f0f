"""Every page, in both languages, on a phone and a desk, by day and by night."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from appliance.model import Level
from tests.browser.conftest import sign_in
from tests.kit.people import ATTACKER, IMAGING, PRINTER, RECEPTION, TECHNICIAN
from tests.kit.site import Site
from tests.kit.watcher import Watcher

SCREENS = {"phone": (390, 844), "desk": (1280, 800), "small phone": (320, 568)}
PAGES = [
    "/",
    "/devices",
    f"/devices/{IMAGING}",
    f"/devices/{ATTACKER}",
    f"/devices/{RECEPTION}",
    f"/devices/{PRINTER}",
    "/devices/import",
    "/alerts?state=all",
    "/alerts/a-spoof",
    "/alerts/a-sensor",
    "/alerts/s-beacon",
    "/cases/c-story",
    "/isolation",
    "/incident",
    "/help",
    "/privacy",
    "/account",
]
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
SPILLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL = """[...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
    .filter((e) => e.checkVisibility() && !e.closest("p, dd, li.soft, .skip, .sr"))
    .filter((e) => e.getBoundingClientRect().height < 24)
    .map((e) => e.outerHTML)"""
"""What can be touched and is lower than 24 pixels (WCAG 2.2, 2.5.8)."""


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_complains_of_nothing(
    shared: tuple[Site, str], chromium: Browser, language: str, screen: str, scheme: str
) -> None:
    opened, url = shared
    width, height = SCREENS[screen]
    with chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme
    ) as context:
        page = context.new_page()
        watcher = Watcher.of(page)
        page.goto(f"{url}/setup?lang={language}")
        assert not page.evaluate(SPILLS)
        sign_in(page, url)
        opened.office.set_language(TECHNICIAN, language)
        for path in PAGES:
            page.goto(url + path)
            assert page.evaluate("document.documentElement.lang") == language
            assert not page.evaluate(SPILLS), path
            assert page.evaluate(SMALL) == [], path
        opened.panel.light = Level.DANGER
        page.goto(url)
        assert not page.evaluate(SPILLS)
        opened.panel.light = Level.WELL
    assert watcher.complaints == []


def test_a_cut_is_shown_as_well_on_every_screen(alone: tuple[Site, str], chromium: Browser) -> None:
    opened, url = alone
    opened.panel.isolate(who="@button")
    for width, height in SCREENS.values():
        with chromium.new_context(viewport={"width": width, "height": height}) as context:
            page = context.new_page()
            watcher = Watcher.of(page)
            sign_in(page, url)
            page.goto(f"{url}/isolation")
            assert not page.evaluate(SPILLS)
            assert watcher.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_told_from_their_ground(
    shared: tuple[Site, str], chromium: Browser, scheme: str
) -> None:
    """Contrast of 4.5 for every word, in every state (WCAG 2.2, 1.4.3)."""
    opened, url = shared
    with chromium.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        sign_in(page, url)
        for path in PAGES:
            page.goto(url + path)
            assert page.evaluate(CONTRAST) == [], path
        for level in Level:
            opened.panel.light = level
            page.goto(url)
            assert page.evaluate(CONTRAST) == [], level
