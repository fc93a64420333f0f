"""Debian's Chromium over the real pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.kit.panel import FakePanel
from tests.kit.people import TECHNICIAN, TECHNICIAN_PHRASE
from tests.kit.site import Site, served, site
from tests.kit.story import tell_story

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""It runs as root in tests, and is to ask nobody outside for anything."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """The pages over the practice, to look at only."""
    state = tmp_path_factory.mktemp("shared")
    with site(state, panel=FakePanel(), step=0.001) as made, served(made) as url:
        tell_story(state)
        yield made, url


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[tuple[Site, str]]:
    """The same, for a test that changes something."""
    with site(tmp_path, panel=FakePanel()) as made, served(made) as url:
        yield made, url


def sign_in(page: Page, url: str, name: str = TECHNICIAN, phrase: str = TECHNICIAN_PHRASE) -> None:
    """Sign in as a person does."""
    page.goto(f"{url}/login")
    page.fill("#name", name)
    page.fill("#phrase", phrase)
    page.click("form button.main")
    page.wait_for_url(f"{url}/")
