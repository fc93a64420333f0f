"""What a page says while the box takes its time to answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, ElementHandle, Page, expect

from appliance.panel.status import PanelStatus
from tests.browser.conftest import sign_in
from tests.kit.panel import FakePanel
from tests.kit.site import Site, served, site

WORD = "Un instant, le boîtier travaille…"

WATCH = """([button, then]) => {
  const word = document.getElementById("working");
  const look = () => {
    console.info(`said: ${word.textContent} ${button.getAttribute("aria-busy")}`);
    if (word.textContent && then === "again") button.click();
    if (word.textContent && then === "back")
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  };
  new MutationObserver(look).observe(word, { childList: true });
  button.click();
}"""
"""Presses a button, writes what is said into the console, and then does something more.

From outside nothing can be asked of a page that waits for the next one.
"""

WITHIN = 20.0


@dataclass
class SlowPanel(FakePanel):
    """Cuts when it is let."""

    let: Event = field(default_factory=Event)

    def isolate(self, who: str = "", why: str = "") -> PanelStatus:
        assert self.let.wait(WITHIN)
        return super().isolate(who, why)


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[tuple[Site, str, SlowPanel]]:
    panel = SlowPanel()
    with site(tmp_path, panel=panel) as made, served(made) as url:
        yield made, url, panel
        panel.let.set()


def test_a_form_that_takes_long_says_so_and_is_sent_once(
    slow: tuple[Site, str, SlowPanel], chromium: Browser
) -> None:
    _, url, panel = slow
    with chromium.new_context(locale="fr-FR") as context:
        page = context.new_page()
        button = _open(page, url)
        with page.expect_console_message(lambda said: said.text == f"said: {WORD} true"):
            page.evaluate(WATCH, [button, "again"])
        with page.expect_navigation():
            panel.let.set()
        expect(page.locator("#working")).to_be_empty()
    assert [each.what for each in panel.log] == ["isolated"]


def test_a_page_that_is_come_back_to_can_be_used_again(
    slow: tuple[Site, str, SlowPanel], chromium: Browser
) -> None:
    """The browser may show it as it was left."""
    _, url, panel = slow
    with chromium.new_context(locale="fr-FR") as context:
        page = context.new_page()
        button = _open(page, url)
        with page.expect_console_message(lambda said: said.text == "said:  null"):
            page.evaluate(WATCH, [button, "back"])
        panel.let.set()


def _open(page: Page, url: str) -> ElementHandle:
    """Open the page of cuts, and give the button of its form."""
    sign_in(page, url)
    page.goto(f"{url}/isolation")
    page.click(".hold-other > summary")
    return page.locator(".hold-other button").element_handle()
