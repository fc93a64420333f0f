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
from tests.kit.site import served, site

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


@dataclass(frozen=True, slots=True)
class Slow:
    """The page of cuts, of a box that takes its time."""

    page: Page
    button: ElementHandle
    panel: SlowPanel


@pytest.fixture
def slow(tmp_path: Path, chromium: Browser) -> Iterator[Slow]:
    panel = SlowPanel()
    with (
        site(tmp_path, panel=panel) as made,
        served(made) as url,
        chromium.new_context(locale="fr-FR") as context,
    ):
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/isolation")
        page.click(".hold-other > summary")
        yield Slow(page, page.locator(".hold-other button").element_handle(), panel)
        panel.let.set()


def test_a_form_that_takes_long_says_so_and_is_sent_once(slow: Slow) -> None:
    with slow.page.expect_console_message(lambda said: said.text == f"said: {WORD} true"):
        slow.page.evaluate(WATCH, [slow.button, "again"])
    with slow.page.expect_navigation():
        slow.panel.let.set()
    expect(slow.page.locator("#working")).to_be_empty()
    assert [each.what for each in slow.panel.log] == ["isolated"]


def test_a_page_that_is_come_back_to_can_be_used_again(slow: Slow) -> None:
    """The browser may show it as it was left."""
    with slow.page.expect_console_message(lambda said: said.text == "said:  null"):
        slow.page.evaluate(WATCH, [slow.button, "back"])
