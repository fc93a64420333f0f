"""The set-up, as a technician's browser goes through it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from appliance import settings
from appliance.config_file import load
from appliance.model import Level
from tests.browser.conftest import sign_in
from tests.browser.test_pages import CONTRAST, SCREENS, SMALL, SPILLS
from tests.kit.panel import FakePanel
from tests.kit.people import TECHNICIAN
from tests.kit.site import Site, served, site
from tests.kit.watcher import Watcher
from web.progress import STEPS, Went
from web.progress import load as progress


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[tuple[Site, str]]:
    """A box whose settings can be made on its pages."""
    with site(tmp_path, panel=FakePanel(), installer="") as made, served(made) as url:
        yield made, url


def go_on(page: Page, url: str, after: str) -> None:
    page.click("#go-on")
    page.wait_for_url(f"{url}/wizard{after}")


def fill_in_the_practice(page: Page) -> None:
    page.fill("#practice-name", "Cabinet des Lilas")
    expect(page.locator("#practice-hours-mon-from")).to_be_hidden()
    page.select_option("#practice-hours-mon", "open")
    page.fill("#practice-hours-mon-from", "08:00")
    page.fill("#practice-hours-mon-until", "12:00")
    page.fill("#practice-hours-mon-from2", "14:00")
    page.fill("#practice-hours-mon-until2", "19:00")


def answer_for_the_colours(page: Page, answers: dict[str, str]) -> None:
    for part, answer in answers.items():
        page.click(f"#try-{part}")
        expect(page.locator(f"#colours .lamp[data-lit={part}]")).to_be_visible()
        page.click(f"#seen-{answer}")
        page.wait_for_url("**/wizard/panel#colours")


def try_light_and_relay(page: Page) -> None:
    answer_for_the_colours(page, {"red": "yes", "green": "yes", "blue": "yes"})
    expect(page.locator(".answer-yes")).to_have_count(3)
    expect(page.locator(".wizard .legend li")).to_have_count(len(Level) + 1)
    page.check("#test-confirmed")
    page.click("#try-relay")
    expect(page.locator("#relay .fact")).to_be_visible()
    page.check("#light-yes")


def have_marie_told(page: Page) -> None:
    page.fill("#host", "smtp.example.org")
    page.fill("#sender", "cabinet@example.org")
    page.fill("#name1", "Marie")
    page.fill("#mail1", "marie@example.org")
    page.click("#go-on")
    page.click("#try-messages")
    expect(page.locator("#trial .fact")).to_be_visible()


def test_the_whole_of_it_is_gone_through_and_left_in_the_middle(
    begun: tuple[Site, str], chromium: Browser
) -> None:
    opened, url = begun
    with chromium.new_context(locale="fr-FR") as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/wizard")
        page.click("a.button.main")
        page.wait_for_url(f"{url}/wizard/practice")
        fill_in_the_practice(page)
        go_on(page, url, "/account")
        go_on(page, url, "/card")
        page.check("#card-none")
        go_on(page, url, "/mirror")
        page.goto(f"{url}/")  # something else came up
    with chromium.new_context(locale="fr-FR") as context:
        page = context.new_page()
        watcher = Watcher.of(page)
        opened.clock.at += 1
        sign_in(page, url)
        page.click(".go-on a.button")
        page.click("a.button.main")
        page.wait_for_url(f"{url}/wizard/mirror")
        page.click("summary:has-text('Netgear')")
        expect(page.locator("details[open]")).to_contain_text("Mirroring")
        go_on(page, url, "/gateway")
        page.select_option("#panel-cut", "wan")
        go_on(page, url, "/panel")
        try_light_and_relay(page)
        go_on(page, url, "/topology")
        page.select_option("#practice-topology", "hybrid")
        go_on(page, url, "/remote")
        page.check("#practice-remote_tools-anydesk")
        go_on(page, url, "/told")
        have_marie_told(page)
        page.click(".step-choices a.button:last-child")
        page.wait_for_url(f"{url}/wizard/learning")
        page.fill("#home-learning_days", "5")
        go_on(page, url, "")
        expect(page.locator(".went-done")).to_have_count(len(STEPS))
        assert watcher.complaints == []
    found = load(opened.state / "vigie.toml")
    assert found.unusable == ()
    assert found.practice.hours == ("mon-fri 08:00-12:00", "mon-fri 14:00-19:00")
    assert (found.panel.cut, found.practice.topology) == ("wan", "hybrid")
    assert found.practice.remote_tools == ("anydesk",)
    assert found.outputs.person["marie"].warning == ("mail",)
    assert found.home.learning_days == 5.0
    assert progress(found).next == ""
    assert set(progress(found).lamp.values()) == {True}


def test_it_works_without_a_script(begun: tuple[Site, str], chromium: Browser) -> None:
    opened, url = begun
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/wizard/practice")
        page.select_option("#practice-hours-mon", "open")
        page.fill("#practice-hours-mon-from", "09:00")
        page.fill("#practice-hours-mon-until", "17:30")
        page.select_option("#practice-hours-wed", "closed")
        go_on(page, url, "/account")
        page.click("#later")
        page.wait_for_url(f"{url}/wizard/card")
        page.goto(f"{url}/wizard/panel")
        answer_for_the_colours(page, {"red": "no", "green": "no", "blue": "yes"})
        page.click("#colours .fact a")
        page.wait_for_url(f"{url}/settings/panel#panel-red")
        page.goto(f"{url}/wizard/learning")
        page.fill("#home-learning_days", "10")
        go_on(page, url, "")
    kept = settings.load(opened.state / settings.FILE)
    assert kept["practice"]["hours"] == ["mon-tue 09:00-17:30", "thu-fri 09:00-17:30"]
    assert progress(load(opened.state / "vigie.toml")).of("account") is Went.LATER


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_steps_fit_and_can_be_read(
    begun: tuple[Site, str], chromium: Browser, language: str, scheme: str
) -> None:
    opened, url = begun
    opened.office.set_language(TECHNICIAN, language)
    for width, height in SCREENS.values():
        with chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        ) as context:
            page = context.new_page()
            watcher = Watcher.of(page)
            opened.clock.at += 1
            sign_in(page, url)
            for path in ("", *(f"/{step}" for step in STEPS), "/panel?tried=red"):
                page.goto(f"{url}/wizard{path}")
                if path == "/practice":
                    page.select_option("#practice-hours-mon", "open")
                assert not page.evaluate(SPILLS), path
                assert page.evaluate(SMALL) == [], path
                assert page.evaluate(CONTRAST) == [], path
            assert watcher.complaints == []
