"""Every page, in both languages, on a phone and a desk, by day and by night."""

import pytest
from playwright.sync_api import Browser

from appliance.model import Level
from tests.browser.conftest import sign_in
from tests.kit.people import ATTACKER, IMAGING, TECHNICIAN
from tests.kit.site import Site
from tests.kit.watcher import Watcher

SCREENS = {"phone": (390, 844), "desk": (1280, 800), "small phone": (320, 568)}
PAGES = [
    "/",
    "/devices",
    f"/devices/{IMAGING}",
    f"/devices/{ATTACKER}",
    "/alerts?state=all",
    "/alerts/a-spoof",
    "/isolation",
    "/help",
    "/account",
]
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
        for level in (Level.WELL, Level.DANGER):
            opened.panel.light = level
            for path in PAGES:
                page.goto(url + path)
                assert page.evaluate("document.documentElement.lang") == language
                assert not page.evaluate(SPILLS), (path, screen)
                assert page.evaluate(SMALL) == [], path
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
        for level in Level:
            opened.panel.light = level
            for path in PAGES:
                page.goto(url + path)
                assert page.evaluate(CONTRAST) == [], (path, level)


CONTRAST = """() => {
  const parse = (text) => {
    const found = text.match(/[\\d.]+/g).map(Number);
    if (text.startsWith("color(srgb")) return [...found.slice(0, 3).map((c) => c * 255), found[3] ?? 1];
    return [found[0], found[1], found[2], found[3] ?? 1];
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.unshift(parse(getComputedStyle(e).backgroundColor));
    return chain.reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const wrong = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest(".sr, .skip, option, svg")) continue;
    const under = ground(element);
    const ink = over(parse(getComputedStyle(element).color), under);
    const [high, low] = [light(ink), light(under)].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) wrong.push(element.outerHTML.slice(0, 120) + " " + contrast.toFixed(2));
  }
  return wrong;
}"""
